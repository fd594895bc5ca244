#include "sync/pull/page_intake.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "sync/fhir/begun_reader.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"
#include "sync/pull/arrival.h"
#include "sync/pull/attendance.h"
#include "sync/pull/visit_conflicts.h"

namespace foyer {

namespace {

using nlohmann::json;

/// Appointments ask HealthcareServices what they are for, and say which Patients count.
int rank(const PageResource& resource) {
    if (resource.type == "Appointment") return 1;
    if (resource.type == "Patient") return 2;
    const bool of_what_was_done =
        resource.type == "QuestionnaireResponse" || resource.type == "Provenance" ||
        resource.type == "Observation" || resource.type == "Encounter";
    return of_what_was_done ? 3 : 0;
}

bool is_over(std::string_view type, std::string_view status) {
    if (type == "Consent") return status != "active";
    if (type != "Task") return false;
    constexpr std::array ends{"rejected", "cancelled", "failed", "completed",
                              "entered-in-error"};
    return std::ranges::find(ends, status) != ends.end();
}

Reference reference_in(const json& resource, const char* member) {
    const json* found = object_of(resource, member);
    if (!found) return {};
    auto reference = read_reference(*found);
    return reference ? *std::move(reference) : Reference{};
}

}  // namespace

PageEnd end_of(const Page& page, std::string_view type) {
    PageEnd end{.next = page.next};
    for (const PageResource& each : page.resources) {
        if (each.type != type || !each.updated) continue;
        if (end.latest && *each.updated < *end.latest) end.sorted = false;
        end.latest = std::max(end.latest.value_or(*each.updated), *each.updated);
    }
    return end;
}

PageIntake::PageIntake(Store& store, Store::Batch& batch, const Settings& settings)
    : store_(store),
      batch_(batch),
      settings_(settings),
      intake_(store, {settings.time, settings.now, &settings.site->service_codes, true},
              *this) {}

Result<PageResult> PageIntake::take(const Page& page) {
    for (const auto& why : page.refused) refuse("entry", why);
    std::vector<const PageResource*> order;
    for (const auto& each : page.resources) order.push_back(&each);
    std::ranges::stable_sort(order, {}, [](const auto* each) { return rank(*each); });
    for (const PageResource* each : order) {
        result_.shown.insert(each->label());
        versions_[each->label()] = each->version;
    }
    for (const PageResource* each : order) TRY(take_one(*each));
    TRY(intake_.finish());
    TRY(settle_left_out());
    return std::move(result_);
}

Result<void> PageIntake::take_one(const PageResource& resource) {
    if (resource.type == "Device") {
        result_.device = resource.id;
        return {};
    }
    if (resource.type == "QuestionnaireResponse") return take_form_done(resource);
    if (resource.type == "Provenance") return take_arrival(resource);
    if (resource.type == "Observation") return take_attendance(resource);
    if (resource.type == "Encounter") return take_begun(resource);

    const auto known = resource.id.empty()
                           ? std::optional<Known>()
                           : TRY(store_.known_of(resource.type, resource.id));
    const bool same =
        known && !resource.version.empty() && known->version == resource.version;
    if (same && !settings_.asked_for && !settings_.afresh) {
        ++result_.unchanged;
        return batch_.saw(
            {resource.type, resource.id, resource.version, settings_.now});
    }
    if (resource.type == "Patient" && !settings_.asked_for && !known &&
        !needed_.contains(resource.id))
        return {};
    if (TRY(take_aside(resource))) return {};
    TRY(intake_.take(
        {resource.json, resource.type, resource.full_url, resource.place}));
    if (resource.type == "PractitionerRole") TRY(want_practitioner_of(resource));
    return {};
}

/// A Consent that was withdrawn and a Task that is over are not kept.
Result<bool> PageIntake::take_aside(const PageResource& resource) {
    if (resource.type != "Consent" && resource.type != "Task") return false;
    const auto parsed = parse_json(resource.json);
    if (!parsed || !is_over(resource.type, text_of(*parsed, "status"))) return false;
    if (TRY(store_.known_of(resource.type, resource.id))) ++result_.gone;
    TRY(batch_.gone(resource.type, resource.id));
    return true;
}

Result<void> PageIntake::take_form_done(const PageResource& resource) {
    const auto parsed = parse_json(resource.json);
    if (!parsed) return {};
    const auto status = text_of(*parsed, "status");
    const bool completed = status == "completed" || status == "amended";
    if (!completed && status != "stopped") return {};
    const auto who = reference_in(*parsed, "subject");
    const std::string form(text_of(*parsed, "questionnaire"));
    const auto authored = parse_instant(text_of(*parsed, "authored"));
    const auto at = authored ? std::optional<Instant>(*authored) : resource.updated;
    if (who.type != "Patient" || form.empty() || !at) {
        refuse(resource.label(), "lacks its patient, form or time");
        return {};
    }
    TRY(batch_.put_form_done(who.id, {.form = form.substr(0, form.find('|')),
                                      .status = completed ? FormEnd::Status::completed
                                                          : FormEnd::Status::stopped,
                                      .at = *at}));
    ++result_.taken;
    return {};
}

Result<void> PageIntake::take_arrival(const PageResource& resource) {
    const auto read = read_arrival(resource.json, settings_.site->id);
    if (!read.wanted) return {};
    if (!read.seen) {
        refuse(resource.label(), "lacks its patient, visit, time or call name");
        return {};
    }
    const Taken taken = TRY(batch_.put(*read.seen));
    ++(taken == Taken::unchanged ? result_.unchanged : result_.taken);
    return {};
}

Result<void> PageIntake::take_attendance(const PageResource& resource) {
    const auto read = read_attendance(resource.json, settings_.site->id);
    if (!read.wanted) return {};
    if (!read.event) {
        refuse(resource.label(), "lacks its patient, session, time or kind");
        return {};
    }
    const Taken taken = TRY(batch_.put(*read.event));
    ++(taken == Taken::unchanged ? result_.unchanged : result_.taken);
    return {};
}

/// One that has not begun, or is of no visit held here, is no fault of anybody's.
Result<void> PageIntake::take_begun(const PageResource& resource) {
    const auto parsed = parse_json(resource.json);
    const auto begun = parsed ? read_begun(*parsed) : std::nullopt;
    if (!begun) return {};
    const Taken taken =
        TRY(batch_.put(BegunVisit{.appointment = begun->appointment.id,
                                  .patient = begun->patient.id,
                                  .arrived = begun->arrived,
                                  .begun = begun->begun,
                                  .from_history = begun->from_history}));
    ++(taken == Taken::unchanged ? result_.unchanged : result_.taken);
    return {};
}

// --- what the resources say of each other
// ---------------------------------------------------

/// What is neither held nor on the page, nor was in vain asked for before.
Result<void> PageIntake::want(const std::string& type, const std::string& id) {
    const std::string label = type + "/" + id;
    if (id.empty() || result_.shown.contains(label)) return {};
    if (settings_.missing && settings_.missing->contains(label)) return {};
    if (!asked_.insert(label).second) return {};
    if (!TRY(store_.known_of(type, id))) result_.wants.push_back(label);
    return {};
}

Result<void> PageIntake::want_practitioner_of(const PageResource& role) {
    const auto parsed = parse_json(role.json);
    if (!parsed) return {};
    const auto who = reference_in(*parsed, "practitioner");
    return who.type == "Practitioner" ? want(who.type, who.id) : Result<void>();
}

Result<void> PageIntake::on_appointment(const Subject& subject,
                                        const Store::Batch::Appointment& appointment) {
    for (const auto& patient : appointment.patients) {
        needed_.insert(patient);
        TRY(want("Patient", patient));
    }
    if (!appointment.practitioner.empty()) {
        const auto who = reference_of(appointment.practitioner);
        if (!who.type.empty()) TRY(want(who.type, who.id));
    }
    TRY(want("Location", appointment.location));
    TRY(want("HealthcareService", appointment.healthcare_service));
    // What the visit is for shows when its service is here: read once more then.
    const auto service = "HealthcareService/" + appointment.healthcare_service;
    const bool waits = std::ranges::find(result_.wants, service) != result_.wants.end();
    if (appointment.service == Service::other && waits && !settings_.asked_for)
        result_.wants.push_back(subject.label());
    return record_conflicts(store_, batch_, appointment, settings_.time, settings_.now);
}

// --- what became of them
// ---------------------------------------------------------------------

Result<void> PageIntake::on_taken(const Subject& subject, Taken taken) {
    ++(taken == Taken::unchanged ? result_.unchanged : result_.taken);
    return batch_.saw(
        {subject.type, subject.id, versions_[subject.label()], settings_.now});
}

void PageIntake::refuse(const std::string& label, const std::string& why) {
    ++result_.refused;
    result_.refusals.push_back(label + ": " + why);
}

void PageIntake::on_refused(const Subject& subject, std::string why) {
    refuse(subject.label(), why);
    kept_as_it_was_.push_back(subject);
}

void PageIntake::on_remark(const Subject&, std::string) {}

void PageIntake::on_left_out(const Subject& subject, LeftOut why) {
    if (why == LeftOut::outside_window || why == LeftOut::without_time)
        left_out_.push_back(subject);
}

/// What has left the window and is not held as a visit goes; what cannot be read any
/// more stays as it was, and counts as seen.
Result<void> PageIntake::settle_left_out() {
    for (const Subject& each : left_out_) {
        if (!TRY(store_.known_of(each.type, each.id))) continue;
        TRY(batch_.gone(each.type, each.id));
        ++result_.gone;
    }
    for (const Subject& each : kept_as_it_was_) {
        if (each.id.empty()) continue;
        auto known = TRY(store_.known_of(each.type, each.id));
        if (!known) continue;
        known->read = settings_.now;
        TRY(batch_.saw(*known));
    }
    return {};
}

}  // namespace foyer
