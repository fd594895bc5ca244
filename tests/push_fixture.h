#pragma once

#include <stdlib.h>

#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sync/push/push.h"
#include "sync/records/store.h"
#include "sync/server/fhir_server.h"
#include "tests/records_fixture.h"
#include "tests/support/fake_fhir.h"
#include "tests/support/fake_http.h"

namespace foyer {

/// A kiosk with real records and a way of its own to a server that all share.
class PushKiosk {
public:
    PushKiosk(FakeFhir& server, ManualClock& clock, int index, Site wanted = {})
        : site(std::move(wanted)), http(server), clock_(clock) {
        site.device_index = index;
        site.device_name = "Kiosk " + std::to_string(index);
        const bool memory = std::filesystem::is_directory("/dev/shm");
        std::string name =
            memory ? "/dev/shm/foyer-push-XXXXXX" : "/tmp/foyer-push-XXXXXX";
        directory_ = mkdtemp(name.data());
        store.emplace(Store::open(directory_, DeviceKeys(test_key(1)),
                                  SiteKeys(test_key(2)), time, index)
                          .value());
        fhir.emplace(
            FhirServer::Parts{&http, &token, &clock, std::string(FakeFhir::base)});
        Pusher::Parts parts{&*store, &*fhir, &site, time, 1};
        parts.clock = &clock;
        pusher.emplace(parts);
    }
    ~PushKiosk() {
        store.reset();
        std::filesystem::remove_all(directory_);
    }
    PushKiosk(const PushKiosk&) = delete;
    PushKiosk& operator=(const PushKiosk&) = delete;

    /// The kiosk knows of a visit today at ten.
    void expects(const std::string& appointment, std::vector<std::string> patients,
                 Service service = Service::individual) {
        auto batch = store->begin().value();
        for (const auto& id : patients) {
            Patient patient;
            patient.id = id;
            patient.family = "Lovelace";
            patient.given = id;
            patient.born = day("1815-12-10");
            EXPECT_TRUE(batch.put(patient));
        }
        Store::Batch::Appointment visit;
        visit.id = appointment;
        visit.patients = std::move(patients);
        visit.starts = at("2026-11-23T10:00:00-05:00");
        visit.ends = visit.starts + std::chrono::minutes(50);
        visit.service = service;
        EXPECT_TRUE(batch.put(visit));
        EXPECT_TRUE(batch.commit());
    }
    void checks_in(const std::string& appointment, const std::string& patient,
                   ClockQuality quality = ClockQuality::trusted) {
        const auto visit = store->visit_of(appointment, patient).value();
        EXPECT_TRUE(store->check_in({{visit.id}, {}, clock_.now(), quality}));
    }
    Alias patient_alias(const std::string& id) const {
        return SiteKeys(test_key(2)).alias_of("Patient", id);
    }
    void queues(const std::string& act, Lane lane, const std::string& body,
                const std::string& after = "") {
        Unit unit;
        unit.id = unit_id(act);
        unit.lane = lane;
        unit.at = clock_.now();
        unit.body = body;
        unit.after = after;
        EXPECT_TRUE(store->queue_unit(unit));
    }
    PushOutcome round(int at_most = 16, Lane up_to = Lane::audit) {
        auto outcome = pusher->round(at_most, up_to, abilities);
        EXPECT_TRUE(outcome) << (outcome ? "" : outcome.error().what);
        return outcome.value_or(PushOutcome{});
    }
    std::size_t waiting() { return store->waiting_units(1000).value().size(); }
    std::size_t parked() { return store->parked_units().value().size(); }
    std::vector<Conflict> conflicts() { return store->conflicts(false).value(); }

    SiteTime time = SiteTime::in_zone("America/New_York").value();
    Site site;
    FakeHttp http;
    FixedToken token{""};
    Abilities abilities{.atomic = true,
                        .refuses_stale = true,
                        .conditional_create = true,
                        .tag_search = true,
                        .last_updated = true,
                        .entries = 8,
                        .refused_types = {},
                        .software = {},
                        .at = {}};
    std::optional<Store> store;
    std::optional<FhirServer> fhir;
    std::optional<Pusher> pusher;

private:
    ManualClock& clock_;
    std::filesystem::path directory_;
};

/// Monday 23 November 2026, 9:45 in New York; a clinic's server and a kiosk.
class Pushing : public testing::TestWithParam<FakeFhir::Manner> {
protected:
    Pushing() {
        server.now = clock.now();
        for (const char* id : {"ada", "bob"})
            server.put(std::string(R"({"resourceType":"Patient","id":")") + id +
                       R"(","active":true})");
        visit("a1", {"ada"});
        kiosk.expects("a1", {"ada"});
    }

    void visit(const std::string& id, const std::vector<std::string>& patients,
               const std::string& start = "2026-11-23T15:00:00Z") {
        std::string json =
            R"({"resourceType":"Appointment","id":")" + id +
            R"(","extension":[{"url":"urn:clinic:room","valueDecimal":12.50}],)"
            R"("status":"booked","start":")" +
            start +
            R"(","end":"2026-12-31T16:00:00Z","comment":"by the window",)"
            R"("participant":[{"actor":{"display":"Dr. Byron"},)"
            R"("status":"accepted"})";
        for (const auto& patient : patients)
            json += R"(,{"actor":{"reference":"Patient/)" + patient +
                    R"("},"required":"required","status":"needs-action"})";
        server.put(json + "]}");
    }
    nlohmann::json appointment(const std::string& id = "a1") {
        return nlohmann::json::parse(server.get("Appointment", id).value_or("{}"));
    }
    std::string status(const std::string& id = "a1") {
        return appointment(id).value("status", "");
    }
    /// The one Task at the server.
    nlohmann::json task() {
        const auto all = server.all("Task");
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? nlohmann::json() : nlohmann::json::parse(all.front());
    }

    ManualClock clock{at("2026-11-23T09:45:00-05:00")};
    FakeFhir server{GetParam()};
    PushKiosk kiosk{server, clock, 0};
};

}  // namespace foyer
