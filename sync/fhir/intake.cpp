#include "sync/fhir/intake.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/limits.h"
#include "sync/fhir/patient_reader.h"

namespace foyer {

namespace {

using nlohmann::json;

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::size_t key_of(const Subject& subject) {
    return std::hash<std::string>{}(subject.label());
}

}  // namespace

bool is_type_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

ScheduleWindow schedule_window(const SiteTime& time, Instant now) {
    const auto today = std::chrono::sys_days(time.day_of(now));
    return {today - std::chrono::days(1), today + std::chrono::days(14)};
}

Result<void> IntakeListener::on_appointment(const Subject&,
                                            const Store::Batch::Appointment&) {
    return {};
}

Intake::Intake(Store& store, const Settings& settings, IntakeListener& listener)
    : store_(store),
      settings_(settings),
      listener_(listener),
      today_(settings.time.day_of(settings.now)),
      window_(schedule_window(settings.time, settings.now)) {}

/// Kept whole, for lookups by type and id.
bool Intake::is_kept_whole(std::string_view type) const {
    return is_one_of(
        type, {"Practitioner", "PractitionerRole", "Location", "HealthcareService",
               "Slot", "Schedule", "Questionnaire", "Consent", "Task"});
}

bool Intake::is_used(std::string_view type) const {
    return is_one_of(type, {"Patient", "Appointment", "Encounter"}) ||
           is_kept_whole(type);
}

void Intake::refuse(const FilePlace& place, std::string type, std::string why) {
    listener_.on_refused({place, std::move(type), {}}, std::move(why));
}

template <class... What>
Result<void> Intake::put(const Subject& subject, const What&... what) {
    const auto taken = TRY(listener_.batch())->put(what...);
    if (taken) return listener_.on_taken(subject, *taken);
    const auto code = taken.error().code;
    if (code != Error::Code::bad_input && code != Error::Code::refused)
        return tl::unexpected<Error>(taken.error());
    listener_.on_refused(subject, taken.error().what);
    return {};
}

// --- one resource
// --------------------------------------------------------------------------

Result<void> Intake::take(const RawResource& raw) {
    if (is_type_name(raw.type) && !is_used(raw.type) && raw.type != "Bundle") {
        listener_.on_left_out({raw.place, std::string(raw.type), {}},
                              IntakeListener::LeftOut::unused);
        return {};
    }
    const auto parsed = parse_json(raw.json);
    if (!parsed) {
        refuse(raw.place, {},
               parsed.error().what + " (" + std::to_string(parsed.error().offset) +
                   " bytes into it)");
        return {};
    }
    Subject subject{raw.place, std::string(text_of(*parsed, "resourceType")), {}};
    if (!is_type_name(subject.type)) {
        refuse(raw.place, {},
               subject.type.empty() ? "resourceType: missing"
                                    : "resourceType: is no FHIR type");
        return {};
    }
    if (subject.type == "Bundle") {
        refuse(raw.place, "Bundle", "a Bundle inside a Bundle is not read");
        return {};
    }
    if (!is_used(subject.type)) {
        listener_.on_left_out(subject, IntakeListener::LeftOut::unused);
        return {};
    }
    const auto id = text_of(*parsed, "id");
    if (!is_fhir_id(id)) {
        refuse(raw.place, subject.type,
               id.empty() ? "id: missing"
                          : "id: not a FHIR id (1 to 64 of A-Z a-z 0-9 - .)");
        return {};
    }
    subject.id = id;
    if (!raw.full_url.empty() && addresses_.size() < import_limits::addresses &&
        !reference_of(raw.full_url).address.empty())
        addresses_[std::string(raw.full_url)] = {subject.type, subject.id, {}};
    return take(subject, *parsed, raw.json);
}

/// Whether the file already held a newer version. Of two without a telling
/// meta.lastUpdated the later in the file counts.
bool Intake::is_outdated(const Subject& subject, const json& resource) {
    Seen now{subject.place, std::nullopt};
    if (const json* meta = object_of(resource, "meta"))
        if (const auto at = parse_instant(text_of(*meta, "lastUpdated")))
            now.updated = *at;
    const auto [before, first] = seen_.try_emplace(key_of(subject), now);
    if (first) return false;
    const bool older =
        now.updated && before->second.updated && *now.updated < *before->second.updated;
    listener_.on_remark(
        subject, "id: also at " + describe(before->second.place) +
                     (older ? ", which is newer and counts" : "; this one counts"));
    if (!older) before->second = now;
    return older;
}

Result<void> Intake::take(const Subject& subject, const json& resource,
                          std::string_view text) {
    if (is_outdated(subject, resource)) {
        listener_.on_left_out(subject, IntakeListener::LeftOut::older);
        return {};
    }
    if (subject.type == "Patient") return take_patient(subject, resource);
    if (subject.type == "Encounter") return take_begun(subject, resource);
    if (subject.type == "Appointment") {
        auto read = read_appointment(resource, *settings_.service_codes);
        if (!read) {
            listener_.on_refused(subject, read.error());
            return {};
        }
        return take_appointment(subject, std::move(*read), false);
    }
    if (subject.type == "HealthcareService")
        services_[subject.id] = service_of(resource, *settings_.service_codes);
    if (subject.type == "Slot" && !TRY(is_in_window(subject, resource))) return {};
    const std::string compact = compact_json(text);
    return put(subject, std::string_view(subject.type), std::string_view(subject.id),
               std::string_view(compact));
}

Result<bool> Intake::is_in_window(const Subject& subject, const json& slot) {
    const auto start = text_of(slot, "start");
    const auto at = parse_instant(start);
    if (!at) {
        listener_.on_refused(subject, start.empty() ? "start: missing"
                                                    : "start: " + shown(start) +
                                                          " is not a FHIR instant");
        return false;
    }
    if (window_.holds(settings_.time.day_of(*at))) return true;
    listener_.on_left_out(subject, IntakeListener::LeftOut::outside_window);
    return false;
}

Result<void> Intake::take_patient(const Subject& subject, const json& resource) {
    auto read = read_patient(resource, today_);
    for (auto& each : read.remarks) listener_.on_remark(subject, std::move(each));
    return put(subject, read.patient);
}

/// Of Encounters only when visits of today began: how long people wait.
Result<void> Intake::take_begun(const Subject& subject, const json& resource) {
    if (auto read = read_begun(resource))
        begun_.push_back({subject, *std::move(read)});
    else
        listener_.on_left_out(subject, IntakeListener::LeftOut::unused);
    return {};
}

Result<void> Intake::put_begun(const Subject& subject, ReadBegun begun) {
    if (!resolve(begun.appointment) || !resolve(begun.patient) ||
        begun.appointment.type != "Appointment" || begun.patient.type != "Patient") {
        listener_.on_left_out(subject, IntakeListener::LeftOut::unused);
        return {};
    }
    return put(subject, BegunVisit{.appointment = std::move(begun.appointment.id),
                                   .patient = std::move(begun.patient.id),
                                   .arrived = begun.arrived,
                                   .begun = begun.begun,
                                   .from_history = begun.from_history});
}

// --- whom an appointment means
// -------------------------------------------------------------

/// Turns an address into type and id; false if no resource of this file has it (yet).
bool Intake::resolve(Reference& reference) const {
    if (reference.address.empty()) return true;
    const auto found = addresses_.find(reference.address);
    if (found == addresses_.end()) return false;
    reference = found->second;
    return true;
}

/// Follows all addresses; `wait` if one may still come. The answer is why the
/// appointment has no patient left.
std::optional<std::string> Intake::resolve_all(ReadAppointment& appointment,
                                               bool& wait) {
    std::vector<Reference> patients;
    for (Reference& each : appointment.patients) {
        if (!resolve(each)) {
            wait = true;
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

/// Nothing more can come: addresses that nothing has are left out.
void Intake::leave_out_unexplained(ReadAppointment& appointment) const {
    std::erase_if(appointment.patients, [&](Reference& each) {
        const bool known = resolve(each);
        if (!known)
            appointment.remarks.push_back("participant: " + shown(each.address) +
                                          " is in no fullUrl of this file");
        return !known;
    });
    for (Reference* each : {&appointment.practitioner, &appointment.location,
                            &appointment.healthcare_service})
        if (!resolve(*each)) *each = {};
}

// --- appointments
// --------------------------------------------------------------------------

/// Whether the store has any part of the appointment.
Result<bool> Intake::is_held(const ReadAppointment& appointment) {
    const auto held = store_.visit_of(appointment.id, "");
    if (held) return true;
    if (held.error().code == Error::Code::not_found) return false;
    if (held.error().code == Error::Code::bad_input) return true;  // several patients
    return tl::unexpected<Error>(held.error());
}

/// A cancelled Appointment may come without its times: then it keeps those it had.
Result<void> Intake::take_times_from_store(ReadAppointment& appointment) {
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

Result<void> Intake::take_appointment(const Subject& subject,
                                      ReadAppointment appointment, bool is_over) {
    bool wait = false;
    std::optional<std::string> fault = resolve_all(appointment, wait);
    if (wait && !is_over && waiting_.size() < import_limits::waiting) {
        waiting_.push_back({subject, std::move(appointment)});
        return {};
    }
    if (wait) {
        leave_out_unexplained(appointment);
        if (appointment.patients.empty()) {
            listener_.on_refused(subject, appointment.remarks.back());
            return {};
        }
        wait = false;
        fault = resolve_all(appointment, wait);
    }
    if (fault) {
        listener_.on_refused(subject, *fault);
        return {};
    }
    for (auto& each : appointment.remarks) listener_.on_remark(subject, each);

    if (!appointment.starts) TRY(take_times_from_store(appointment));
    if (!appointment.starts) {
        listener_.on_left_out(subject, IntakeListener::LeftOut::without_time);
        return {};
    }
    // One that the store holds is told to it even when it has left the window: nobody
    // may be checked in for a visit that was moved.
    if (!window_.holds(settings_.time.day_of(*appointment.starts)) &&
        !TRY(is_held(appointment))) {
        listener_.on_left_out(subject, IntakeListener::LeftOut::outside_window);
        return {};
    }
    return put_appointment(subject, appointment);
}

Result<void> Intake::put_appointment(const Subject& subject,
                                     const ReadAppointment& appointment) {
    Store::Batch::Appointment stored;
    stored.id = appointment.id;
    for (const Reference& patient : appointment.patients)
        stored.patients.push_back(patient.id);
    stored.starts = *appointment.starts;
    stored.ends = *appointment.ends;
    stored.status = appointment.status;
    stored.service = appointment.service;
    stored.virtual_visit = appointment.virtual_visit;
    if (!appointment.practitioner.empty())
        stored.practitioner = appointment.practitioner.text();
    stored.location = appointment.location.id;
    stored.healthcare_service = appointment.healthcare_service.id;
    if (stored.service == Service::other)
        stored.service = TRY(service_named(stored.healthcare_service));
    TRY(listener_.on_appointment(subject, stored));
    return put(subject, stored);
}

Result<Service> Intake::service_named(const std::string& healthcare_service) {
    const auto known = services_.find(healthcare_service);
    if (known != services_.end()) return known->second;
    if (!settings_.from_server || healthcare_service.empty()) return Service::other;
    const auto held = TRY(store_.resource("HealthcareService", healthcare_service));
    const auto parsed = parse_json(held.value_or("null"));
    const Service service =
        parsed ? service_of(*parsed, *settings_.service_codes) : Service::other;
    services_[healthcare_service] = service;
    return service;
}

Result<void> Intake::finish() {
    for (auto& each : std::exchange(waiting_, {})) {
        // A newer version further down the file has taken its place.
        if (seen_.at(key_of(each.subject)).place.offset != each.subject.place.offset)
            continue;
        TRY(take_appointment(each.subject, std::move(each.appointment), true));
    }
    for (auto& each : std::exchange(begun_, {}))
        TRY(put_begun(each.subject, std::move(each.begun)));
    return {};
}

}  // namespace foyer
