#include "tests/sim/clinic.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"

namespace foyer::sim {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

json coded(const char* code) {
    return json::array({{{"coding", json::array({{{"system", "urn:foyer:service"},
                                                  {"code", code}}})}}});
}

}  // namespace

bool Clinic::shared(const std::string& appointment) const {
    const auto found = std::ranges::find(expected, appointment, &Expected::appointment);
    return found != expected.end() && found->patients.size() > 1;
}

std::string appointment_json(const Clinic::Expected& expected, const char* status) {
    json participants = json::array();
    for (const std::string& patient : expected.patients)
        participants.push_back({{"actor", {{"reference", "Patient/" + patient}}},
                                {"status", "needs-action"}});
    participants.push_back(
        {{"actor", {{"reference", "Practitioner/grace"}}}, {"status", "accepted"}});
    json appointment = {{"resourceType", "Appointment"},
                        {"id", expected.appointment},
                        {"status", status},
                        {"start", format_instant(expected.starts)},
                        {"end", format_instant(expected.starts + expected.lasts)},
                        {"participant", participants}};
    if (expected.service != Service::other)
        appointment["serviceType"] = coded(code(expected.service));
    return appointment.dump();
}

std::string booked_by_staff(const Clinic& clinic, const std::string& slot, int nth) {
    const json seat = json::parse(slot);
    return json{
        {"resourceType", "Appointment"},
        {"id", "desk-" + std::to_string(nth)},
        {"status", "booked"},
        {"start", seat["start"]},
        {"end", seat["end"]},
        {"slot",
         json::array({{{"reference", "Slot/" + seat["id"].get<std::string>()}}})},
        {"participant",
         {{{"actor", {{"reference", "Patient/" + clinic.patients[0]}}},
           {"status", "accepted"}}}}}
        .dump();
}

Clinic furnish(World& world) {
    Clinic clinic;
    FakeFhir& server = world.server;
    server.put(R"({"resourceType":"Location","id":"main","name":"Main"})");
    server.put(R"({"resourceType":"Practitioner","id":"grace",
                   "name":[{"given":["Grace"],"family":"Hopper"}]})");
    const auto people = world.between(3, 6);
    for (std::int64_t i = 0; i < people; ++i) {
        const std::string id = "p" + std::to_string(i);
        clinic.patients.push_back(id);
        server.put(json{{"resourceType", "Patient"},
                        {"id", id},
                        {"name", {{{"family", "Family" + id}, {"given", {"Given"}}}}},
                        {"birthDate", "1980-02-03"}}
                       .dump());
        clinic.expected.push_back(
            {"a" + std::to_string(i),
             {id},
             world.started + std::chrono::minutes(world.between(-20, 90))});
    }
    const auto& all = clinic.patients;
    if (world.chance(0.5))
        clinic.expected.push_back({"group",
                                   {all.begin(), all.begin() + 3},
                                   world.started + 60min,
                                   Service::group});
    // Days of programs run while the patients come and go; some are in both.
    const auto runs = [&] {
        return world.started + std::chrono::minutes(world.between(-2, 3));
    };
    if (world.chance(0.6))
        clinic.expected.push_back(
            {"php", {all.begin() + 1, all.end()}, runs(), Service::php, 30min});
    if (world.chance(0.4))
        clinic.expected.push_back(
            {"iop", {all.begin(), all.begin() + 2}, runs(), Service::iop, 20min});
    for (const auto& expected : clinic.expected)
        server.put(appointment_json(expected, "booked"));

    server.put(json{{"resourceType", "Schedule"},
                    {"id", "yoga"},
                    {"active", true},
                    {"serviceType", coded("holistic-class")},
                    {"actor", json::array({{{"reference", "Location/main"}}})}}
                   .dump());
    clinic.seats = int(world.between(0, 4));
    clinic.sessions = {world.started + 26h,
                       world.started + std::chrono::minutes(world.between(-5, 3))};
    const auto seats_of = [&](const char* name, Instant starts, int seats) {
        for (int seat = 0; seat < seats; ++seat)
            server.put(json{{"resourceType", "Slot"},
                            {"id", name + std::to_string(seat)},
                            {"schedule", {{"reference", "Schedule/yoga"}}},
                            {"status", "free"},
                            {"start", format_instant(starts)},
                            {"end", format_instant(starts + Clinic::session_lasts)}}
                           .dump());
    };
    seats_of("seat-", clinic.sessions[0], clinic.seats);
    seats_of("door-", clinic.sessions[1], 1);
    return clinic;
}

}  // namespace foyer::sim
