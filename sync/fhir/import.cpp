#include "sync/fhir/import.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>

#include "sync/fhir/appointment_reader.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/limits.h"
#include "sync/fhir/patient_reader.h"

namespace foyer {

namespace {

using nlohmann::json;

bool is_type_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

/// Kept whole, for lookups by type and id.
bool is_kept_whole(std::string_view type) {
    constexpr std::string_view kept[] = {
        "Practitioner", "PractitionerRole", "Location",     "HealthcareService",
        "Slot",         "Schedule",         "Questionnaire"};
    return std::find(std::begin(kept), std::end(kept), type) != std::end(kept);
}

bool is_used(std::string_view type) {
    return type == "Patient" || type == "Appointment" || is_kept_whole(type);
}

/// One import: its report, its open batch, and what one file must remember of itself.
class Import final : public BundleListener {
public:
    Import(Store& store, const ImportSettings& settings)
        : store_(store),
          settings_(settings),
          today_(settings.time.day_of(settings.now)),
          window_(schedule_window(settings.time, settings.now)) {}

    void read(std::istream& in, const std::string& name, Layout layout);
    void unreadable(const std::string& name, std::string why);
    ImportReport finish();

    bool stopped() const { return report_.stopped.has_value(); }
    std::int64_t bytes_before = 0, bytes_total = 0;  ///< of all files, for the progress

    Result<void> on_resource(const RawResource& raw) override;
    void on_refused(const FilePlace& place, std::string why) override;
    void on_broken(const FilePlace& place, std::string why) override;
    void on_progress(std::int64_t bytes_done) override;

private:
    /// A resource being looked at; for messages.
    struct Subject {
        FilePlace place;
        std::string type, id;
    };
    /// The latest version of a resource seen in this file.
    struct Seen {
        FilePlace place;
        std::optional<Instant> updated;
    };
    struct Waiting {
        Subject subject;
        ReadAppointment appointment;
    };

    void find(Finding::Kind kind, const FilePlace& place, std::string resource,
              std::string what);
    void refuse(const Subject& subject, std::string why);
    void remark(const Subject& subject, std::string what);
    void count_unused(const std::string& type);

    bool is_outdated(const Subject& subject, const json& resource);
    Result<void> take(const Subject& subject, const json& resource,
                      std::string_view text);
    Result<void> take_patient(const Subject& subject, const json& resource);
    Result<void> take_appointment(const Subject& subject, ReadAppointment appointment,
                                  bool file_is_over);
    Result<void> take_late_ones();
    Result<void> take_times_from_store(ReadAppointment& appointment);
    Result<bool> is_held(const ReadAppointment& appointment);
    bool resolve(Reference& reference) const;
    std::optional<std::string> resolve_all(ReadAppointment& appointment, bool& wait);

    template <class... What>
    Result<void> put(const Subject& subject, const What&... what);
    Result<void> commit();

    Store& store_;
    const ImportSettings& settings_;
    const Date today_;
    const ScheduleWindow window_;
    ImportReport report_;
    std::string file_;
    std::optional<Store::Batch> batch_;
    int in_batch_ = 0;

    // Of the file being read.
    std::unordered_map<std::size_t, Seen> seen_;
    std::unordered_map<std::string, Reference> addresses_;
    std::unordered_map<std::string, Service> services_;  ///< by HealthcareService id
    std::vector<Waiting> waiting_;
};

// --- telling
// ---------------------------------------------------------------------------

void Import::find(Finding::Kind kind, const FilePlace& place, std::string resource,
                  std::string what) {
    auto& count = kind == Finding::Kind::refused  ? report_.refused
                  : kind == Finding::Kind::remark ? report_.remarks
                                                  : report_.unreadable;
    ++count;
    if (report_.findings.size() < import_limits::findings)
        report_.findings.push_back(
            {kind, file_, place, std::move(resource), std::move(what)});
}

/// "Patient/p1", or the type alone.
std::string label(const std::string& type, const std::string& id) {
    return id.empty() ? type : type + "/" + id;
}

void Import::refuse(const Subject& subject, std::string why) {
    ++report_.types[subject.type].refused;
    find(Finding::Kind::refused, subject.place, label(subject.type, subject.id),
         std::move(why));
}

void Import::remark(const Subject& subject, std::string what) {
    find(Finding::Kind::remark, subject.place, label(subject.type, subject.id),
         std::move(what));
}

void Import::count_unused(const std::string& type) {
    const bool room = report_.unused.size() < import_limits::unused_kinds ||
                      report_.unused.count(type) > 0;
    ++report_.unused[room ? type : "of other types"];
}

void Import::on_refused(const FilePlace& place, std::string why) {
    find(Finding::Kind::refused, place, {}, std::move(why));
}

void Import::on_broken(const FilePlace& place, std::string why) {
    find(Finding::Kind::unreadable, place, {},
         std::move(why) + " (line " + std::to_string(place.line) + ", byte " +
             std::to_string(place.offset) + ")");
}

void Import::on_progress(std::int64_t bytes_done) {
    report_.bytes = bytes_before + bytes_done;
    if (settings_.progress) settings_.progress(report_.bytes, bytes_total);
}

void Import::unreadable(const std::string& name, std::string why) {
    file_ = name;
    ++report_.unreadable;
    report_.findings.push_back(
        {Finding::Kind::unreadable, file_, std::nullopt, {}, std::move(why)});
}

// --- storing
// ---------------------------------------------------------------------------

template <class... What>
Result<void> Import::put(const Subject& subject, const What&... what) {
    if (!batch_) batch_.emplace(TRY(store_.begin(settings_.now)));
    const auto taken = batch_->put(what...);
    if (!taken) {
        const auto code = taken.error().code;
        if (code != Error::Code::bad_input && code != Error::Code::refused)
            return tl::unexpected<Error>(taken.error());
        refuse(subject, taken.error().what);
        return {};
    }
    auto& counts = report_.types[subject.type];
    ++(*taken == Taken::added     ? counts.added
       : *taken == Taken::changed ? counts.changed
                                  : counts.unchanged);
    if (++in_batch_ >= import_limits::batch) return commit();
    return {};
}

Result<void> Import::commit() {
    if (!batch_) return {};
    auto done = batch_->commit();
    batch_.reset();
    in_batch_ = 0;
    return done;
}

// --- reading
// ---------------------------------------------------------------------------

Result<void> Import::on_resource(const RawResource& raw) {
    Subject subject{raw.place, {}, {}};
    if (is_type_name(raw.type) && !is_used(raw.type) && raw.type != "Bundle") {
        count_unused(std::string(raw.type));
        return {};
    }
    const auto parsed = parse_json(raw.json);
    if (!parsed) {
        find(Finding::Kind::refused, raw.place, {},
             parsed.error().what + " (" + std::to_string(parsed.error().offset) +
                 " bytes into it)");
        return {};
    }
    subject.type = text_of(*parsed, "resourceType");
    if (!is_type_name(subject.type)) {
        find(Finding::Kind::refused, raw.place, {},
             subject.type.empty() ? "resourceType: missing"
                                  : "resourceType: is no FHIR type");
        return {};
    }
    if (subject.type == "Bundle") {
        find(Finding::Kind::refused, raw.place, "Bundle",
             "a Bundle inside a Bundle is not read");
        return {};
    }
    if (!is_used(subject.type)) {
        count_unused(subject.type);
        return {};
    }
    const auto id = text_of(*parsed, "id");
    if (!is_fhir_id(id)) {
        refuse(subject, id.empty() ? "id: missing"
                                   : "id: not a FHIR id (1 to 64 of A-Z a-z 0-9 - .)");
        return {};
    }
    subject.id = id;
    if (!raw.full_url.empty() && addresses_.size() < import_limits::addresses &&
        !reference_of(raw.full_url).address.empty())
        addresses_[std::string(raw.full_url)] = {subject.type, subject.id, {}};
    if (is_outdated(subject, *parsed)) return {};
    return take(subject, *parsed, raw.json);
}

/// Whether the file already held a newer version. Of two without a telling
/// meta.lastUpdated the later in the file counts.
bool Import::is_outdated(const Subject& subject, const json& resource) {
    Seen now{subject.place, std::nullopt};
    if (const json* meta = object_of(resource, "meta"))
        if (const auto at = parse_instant(text_of(*meta, "lastUpdated")))
            now.updated = *at;
    const auto key = std::hash<std::string>{}(label(subject.type, subject.id));
    const auto [before, first] = seen_.try_emplace(key, now);
    if (first) return false;
    const bool older =
        now.updated && before->second.updated && *now.updated < *before->second.updated;
    remark(subject, "id: also at " + describe(before->second.place) +
                        (older ? ", which is newer and counts" : "; this one counts"));
    if (!older) before->second = now;
    return older;
}

Result<void> Import::take(const Subject& subject, const json& resource,
                          std::string_view text) {
    if (subject.type == "Patient") return take_patient(subject, resource);
    if (subject.type == "Appointment") {
        auto read = read_appointment(resource, settings_.service_codes);
        if (!read) {
            refuse(subject, read.error());
            return {};
        }
        return take_appointment(subject, std::move(*read), false);
    }
    if (subject.type == "HealthcareService")
        services_[subject.id] = service_of(resource, settings_.service_codes);
    if (subject.type == "Slot") {
        const auto start = text_of(resource, "start");
        const auto at = parse_instant(start);
        if (!at) {
            refuse(subject, start.empty()
                                ? "start: missing"
                                : "start: " + shown(start) + " is not a FHIR instant");
            return {};
        }
        if (!window_.holds(settings_.time.day_of(*at))) {
            ++report_.outside_window;
            return {};
        }
    }
    const std::string compact = compact_json(text);
    return put(subject, std::string_view(subject.type), std::string_view(subject.id),
               std::string_view(compact));
}

Result<void> Import::take_patient(const Subject& subject, const json& resource) {
    auto read = read_patient(resource, today_);
    for (auto& each : read.remarks) remark(subject, std::move(each));
    return put(subject, read.patient);
}

// --- appointments
// ----------------------------------------------------------------------

/// Turns an address into type and id; false if no resource of this file has it (yet).
bool Import::resolve(Reference& reference) const {
    if (reference.address.empty()) return true;
    const auto found = addresses_.find(reference.address);
    if (found == addresses_.end()) return false;
    reference = found->second;
    return true;
}

/// Follows all addresses; `wait` if one may still come. The answer is why the
/// appointment has no patient left.
std::optional<std::string> Import::resolve_all(ReadAppointment& appointment,
                                               bool& wait) {
    std::vector<Reference> patients;
    std::string unknown;
    for (Reference& each : appointment.patients) {
        if (!resolve(each)) {
            wait = true;
            unknown = shown(each.address) + " is in no fullUrl of the file";
            continue;
        }
        Reference* place =
            each.type == "Practitioner" || each.type == "PractitionerRole"
                ? &appointment.practitioner
            : each.type == "Location"          ? &appointment.location
            : each.type == "HealthcareService" ? &appointment.healthcare_service
                                               : nullptr;
        if (each.type == "Patient") {
            const bool known =
                std::any_of(patients.begin(), patients.end(),
                            [&](const Reference& p) { return p.id == each.id; });
            if (!known) patients.push_back(each);
        } else if (place && place->empty()) {
            *place = each;
        }
    }
    for (Reference* each : {&appointment.practitioner, &appointment.location,
                            &appointment.healthcare_service})
        if (!resolve(*each)) wait = true;
    if (wait) return std::nullopt;
    if (patients.empty()) return "participant: no Patient takes part";
    appointment.patients = std::move(patients);
    return std::nullopt;
}

/// Whether the store has any part of the appointment.
Result<bool> Import::is_held(const ReadAppointment& appointment) {
    const auto held = store_.visit_of(appointment.id, "");
    if (held) return true;
    if (held.error().code == Error::Code::not_found) return false;
    if (held.error().code == Error::Code::bad_input) return true;  // several patients
    return tl::unexpected<Error>(held.error());
}

/// A cancelled Appointment may come without its times: then it keeps those it had.
Result<void> Import::take_times_from_store(ReadAppointment& appointment) {
    for (const Reference& patient : appointment.patients) {
        const auto held = store_.visit_of(appointment.id, patient.id);
        if (!held) {
            if (held.error().code == Error::Code::not_found) continue;
            return tl::unexpected<Error>(held.error());
        }
        appointment.starts = held->starts;
        appointment.ends = held->ends;
        return {};
    }
    return {};
}

Result<void> Import::take_appointment(const Subject& subject,
                                      ReadAppointment appointment, bool file_is_over) {
    bool wait = false;
    std::optional<std::string> fault = resolve_all(appointment, wait);
    if (wait && !file_is_over && waiting_.size() < import_limits::waiting) {
        waiting_.push_back({subject, std::move(appointment)});
        return {};
    }
    if (wait) {
        // Nothing more can come: the unexplained addresses are left out.
        auto& patients = appointment.patients;
        std::erase_if(patients, [&](Reference& each) {
            const bool known = resolve(each);
            if (!known)
                appointment.remarks.push_back("participant: " + shown(each.address) +
                                              " is in no fullUrl of this file");
            return !known;
        });
        for (Reference* each : {&appointment.practitioner, &appointment.location,
                                &appointment.healthcare_service})
            if (!resolve(*each)) *each = {};
        if (patients.empty()) {
            refuse(subject, appointment.remarks.back());
            return {};
        }
        wait = false;
        fault = resolve_all(appointment, wait);
    }
    if (fault) {
        refuse(subject, *fault);
        return {};
    }
    for (auto& each : appointment.remarks) remark(subject, std::move(each));

    if (!appointment.starts) TRY(take_times_from_store(appointment));
    if (!appointment.starts) {
        ++report_.without_time;
        return {};
    }
    // One that the store holds is told to it even when it has left the window: nobody
    // may be checked in for a visit that was moved.
    if (!window_.holds(settings_.time.day_of(*appointment.starts)) &&
        !TRY(is_held(appointment))) {
        ++report_.outside_window;
        return {};
    }
    Store::Batch::Appointment stored;
    stored.id = appointment.id;
    for (const Reference& patient : appointment.patients)
        stored.patients.push_back(patient.id);
    stored.starts = *appointment.starts;
    stored.ends = *appointment.ends;
    stored.status = appointment.status;
    stored.service = appointment.service;
    if (!appointment.practitioner.empty())
        stored.practitioner = appointment.practitioner.text();
    stored.location = appointment.location.id;
    stored.healthcare_service = appointment.healthcare_service.id;
    if (stored.service == Service::other)
        if (const auto known = services_.find(stored.healthcare_service);
            known != services_.end())
            stored.service = known->second;
    return put(subject, stored);
}

Result<void> Import::take_late_ones() {
    for (auto& each : std::exchange(waiting_, {})) {
        const auto key =
            std::hash<std::string>{}(label(each.subject.type, each.subject.id));
        // A newer version further down the file has taken its place.
        if (seen_.at(key).place.offset != each.subject.place.offset) continue;
        TRY(take_appointment(each.subject, std::move(each.appointment), true));
    }
    return {};
}

// --- the whole
// -------------------------------------------------------------------------

void Import::read(std::istream& in, const std::string& name, Layout layout) {
    file_ = name;
    auto done = read_bundle(in, layout, *this);
    if (!done && done.error().code == Error::Code::bad_input) {
        unreadable(name, done.error().what);
        done = {};
    }
    if (done) done = take_late_ones();
    if (done) done = commit();
    if (!done) report_.stopped = done.error();
    batch_.reset();
    in_batch_ = 0;
    seen_ = {};
    addresses_ = {};
    services_ = {};
    waiting_ = {};
}

ImportReport Import::finish() {
    if (!stopped()) {
        const auto drop = [this]() -> Result<void> {
            auto batch = TRY(store_.begin(settings_.now));
            report_.orphans = TRY(batch.drop_orphans());
            return batch.commit();
        };
        if (auto done = drop(); !done) report_.stopped = done.error();
    }
    return std::move(report_);
}

Layout layout_of(const std::filesystem::path& file) {
    const auto extension = file.extension();
    return extension == ".ndjson" || extension == ".jsonl" ? Layout::lines
                                                           : Layout::guess;
}

}  // namespace

ScheduleWindow schedule_window(const SiteTime& time, Instant now) {
    const auto today = std::chrono::sys_days(time.day_of(now));
    return {today - std::chrono::days(1), today + std::chrono::days(14)};
}

ImportReport import_stream(std::istream& in, const std::string& name, Layout layout,
                           Store& store, const ImportSettings& settings) {
    Import import(store, settings);
    import.read(in, name, layout);
    return import.finish();
}

ImportReport import_files(const std::vector<std::filesystem::path>& files, Store& store,
                          const ImportSettings& settings) {
    Import import(store, settings);
    const auto size_of = [](const std::filesystem::path& file) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(file, ignored);
        return ignored ? std::int64_t{0} : std::int64_t(size);
    };
    for (const auto& file : files) import.bytes_total += size_of(file);
    for (const auto& file : files) {
        if (import.stopped()) break;
        std::error_code ignored;
        if (std::filesystem::is_directory(file, ignored)) {
            import.unreadable(file.string(), "is a directory");
            continue;
        }
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            import.unreadable(file.string(), std::strerror(errno));
            continue;
        }
        import.read(in, file.string(), layout_of(file));
        import.bytes_before += size_of(file);
    }
    return import.finish();
}

}  // namespace foyer
