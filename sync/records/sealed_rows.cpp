#include "sync/records/sealed_rows.h"

#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

using nlohmann::json;

std::string dumped(const json& value) {
    // A name that is not UTF-8 must not end the program.
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

json milliseconds(Instant at) {
    return at.time_since_epoch().count();
}

Instant instant(const json& value) {
    return Instant(std::chrono::milliseconds(value.get<std::int64_t>()));
}

json optional_date(const std::optional<Date>& date) {
    return date ? json(format_date(*date)) : json();
}

std::optional<Date> optional_date(const json& value) {
    if (value.is_null()) return std::nullopt;
    const auto date = parse_date(value.get<std::string>());
    return date ? std::optional<Date>(*date) : std::nullopt;
}

/// Runs `read` on the parsed text; what it misses is `corrupt`.
template <class Value, class Read>
Result<Value> parsed(std::string_view text, Read read) {
    try {
        return read(json::parse(text));
    } catch (const json::exception&) {
        return fail(Error::Code::corrupt, "records: a sealed row lacks a field");
    }
}

}  // namespace

std::string to_text(const Patient& patient) {
    return dumped({{"id", patient.id},
                   {"family", patient.family},
                   {"given", patient.given},
                   {"born", optional_date(patient.born)},
                   {"phone", patient.phone},
                   {"language", patient.language},
                   {"contact", optional_date(patient.contact_confirmed)}});
}

Result<Patient> patient_from(std::string_view text) {
    return parsed<Patient>(text, [](const json& row) {
        Patient patient;
        row.at("id").get_to(patient.id);
        row.at("family").get_to(patient.family);
        row.at("given").get_to(patient.given);
        patient.born = optional_date(row.at("born"));
        row.at("phone").get_to(patient.phone);
        row.at("language").get_to(patient.language);
        patient.contact_confirmed = optional_date(row.at("contact"));
        return patient;
    });
}

std::string to_text(const SealedVisit& visit) {
    json row = {{"appointment", visit.appointment},
                {"patient", visit.patient},
                {"starts", milliseconds(visit.starts)},
                {"ends", milliseconds(visit.ends)},
                {"status", code(visit.status)},
                {"service", code(visit.service)},
                {"shared", visit.shared},
                {"practitioner", visit.practitioner},
                {"location", visit.location},
                {"healthcare_service", visit.healthcare_service}};
    // Left out of most: rows that were written before it stay as they are.
    if (visit.virtual_visit) row["virtual"] = true;
    return dumped(row);
}

Result<SealedVisit> visit_from(std::string_view text) {
    return parsed<SealedVisit>(text, [](const json& row) {
        SealedVisit visit;
        row.at("appointment").get_to(visit.appointment);
        row.at("patient").get_to(visit.patient);
        visit.starts = instant(row.at("starts"));
        visit.ends = instant(row.at("ends"));
        visit.status = appointment_status(row.at("status").get<std::string>())
                           .value_or(AppointmentStatus::entered_in_error);
        visit.service =
            service(row.at("service").get<std::string>()).value_or(Service::other);
        row.at("shared").get_to(visit.shared);
        row.at("practitioner").get_to(visit.practitioner);
        row.at("location").get_to(visit.location);
        row.at("healthcare_service").get_to(visit.healthcare_service);
        visit.virtual_visit = row.value("virtual", false);
        return visit;
    });
}

std::string to_text(const CheckIn& check_in) {
    return dumped({{"at", milliseconds(check_in.at)},
                   {"trusted", check_in.clock == ClockQuality::trusted},
                   {"plant", check_in.call_name.plant},
                   {"number", check_in.call_name.number},
                   {"late", check_in.late}});
}

Result<CheckIn> check_in_from(std::string_view text) {
    return parsed<CheckIn>(text, [](const json& row) {
        CheckIn check_in;
        check_in.at = instant(row.at("at"));
        check_in.clock = row.at("trusted").get<bool>() ? ClockQuality::trusted
                                                       : ClockQuality::untrusted;
        row.at("plant").get_to(check_in.call_name.plant);
        row.at("number").get_to(check_in.call_name.number);
        row.at("late").get_to(check_in.late);
        return check_in;
    });
}

}  // namespace foyer
