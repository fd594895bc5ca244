#include "sync/fhir/appointment_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/limits.h"

namespace foyer {

namespace {

using nlohmann::json;
using Fault = std::optional<std::string>;

bool may_lack_time(AppointmentStatus status) {
    return status == AppointmentStatus::proposed ||
           status == AppointmentStatus::cancelled ||
           status == AppointmentStatus::waitlist ||
           status == AppointmentStatus::entered_in_error;
}

std::chrono::minutes duration_of(const json& resource) {
    const auto minutes = resource.find("minutesDuration");
    if (minutes != resource.end() && minutes->is_number_integer()) {
        const auto value = minutes->get<std::int64_t>();
        if (value > 0 && value <= std::int64_t{24} * 60)
            return std::chrono::minutes(static_cast<long>(value));
    }
    return import_limits::default_visit;
}

/// The time an element gives; none if it is absent or no instant, which `fault` then
/// says.
std::optional<Instant> instant_of(const json& resource, const char* name,
                                  Fault& fault) {
    if (!has(resource, name)) {
        fault = std::string(name) + ": missing";
        return std::nullopt;
    }
    const auto text = text_of(resource, name);
    const auto at = parse_instant(text);
    if (at) return *at;
    fault = std::string(name) + ": " + shown(text) +
            " is not a FHIR instant (a date, a time and an offset)";
    return std::nullopt;
}

Fault read_times(const json& resource, ReadAppointment& read) {
    Fault no_start, no_end;
    const auto starts = instant_of(resource, "start", no_start);
    const auto ends = instant_of(resource, "end", no_end);
    if (!starts)
        return may_lack_time(read.status) && !has(resource, "start") ? std::nullopt
                                                                     : no_start;
    if (ends && *ends < *starts) return "end: lies before the start";
    read.starts = starts;
    if (ends && *ends > *starts) {
        read.ends = ends;
        return std::nullopt;
    }
    const auto length = duration_of(resource);
    read.ends = *starts + length;
    read.remarks.push_back(no_end.value_or("end: is the start") + "; " +
                           std::to_string(length.count()) + " minutes are assumed");
    return std::nullopt;
}

/// The kind of resource that a participant is, as far as the file says.
std::string kind_of(const json& actor, const Reference& reference) {
    return reference.type.empty() ? std::string(text_of(actor, "type"))
                                  : reference.type;
}

void take(Reference& slot, Reference&& found) {
    if (slot.empty()) slot = std::move(found);
}

Fault read_participants(const json& resource, ReadAppointment& read) {
    std::string why_not = "participant: no Patient takes part";
    for (const json* participant : objects_of(resource, "participant")) {
        const json* actor = object_of(*participant, "actor");
        if (!actor) continue;
        auto reference = read_reference(*actor);
        if (!reference) {
            const std::string remark = "participant: a reference " + reference.error();
            why_not += "; " + remark;
            read.remarks.push_back(remark);
            continue;
        }
        const std::string kind = kind_of(*actor, *reference);
        if (kind == "Patient" || kind.empty()) {
            // Whom an untyped address means shows when its resource is found.
            const bool known = std::any_of(
                read.patients.begin(), read.patients.end(),
                [&](const Reference& p) { return p.text() == reference->text(); });
            if (!known) read.patients.push_back(std::move(*reference));
        } else if (kind == "Practitioner" || kind == "PractitionerRole") {
            take(read.practitioner, std::move(*reference));
        } else if (kind == "Location") {
            take(read.location, std::move(*reference));
        } else if (kind == "HealthcareService") {
            take(read.healthcare_service, std::move(*reference));
        }
    }
    if (read.patients.empty()) return why_not;
    return std::nullopt;
}

}  // namespace

tl::expected<ReadAppointment, std::string> read_appointment(
    const json& resource, const std::vector<ServiceCode>& own_codes) {
    const auto refuse = [](std::string why) { return tl::unexpected(std::move(why)); };
    ReadAppointment read;
    read.id = text_of(resource, "id");

    if (!has(resource, "status")) return refuse("status: missing");
    const auto status = appointment_status(text_of(resource, "status"));
    if (!status)
        return refuse("status: " + shown(text_of(resource, "status")) +
                      " is not an R4 Appointment status");
    read.status = *status;
    if (const auto fault = read_times(resource, read)) return refuse(*fault);
    if (const auto fault = read_participants(resource, read)) return refuse(*fault);
    read.service = service_of(resource, own_codes);
    read.virtual_visit = is_virtual(resource, own_codes);
    return read;
}

}  // namespace foyer
