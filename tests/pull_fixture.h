#pragma once

#include <nlohmann/json.hpp>

#include "sync/pull/pull.h"
#include "sync/server/fhir_server.h"
#include "tests/records_fixture.h"
#include "tests/support/fake_http.h"

namespace foyer {

/// A kiosk with real records, and a server in memory, of one manner and the other. It
/// is Monday 23 November 2026, 9:45 in New York, for both.
class Pull : public Records, public testing::WithParamInterface<FakeFhir::Manner> {
protected:
    Pull() : clinic(GetParam()), http(clinic), clock(now) { clinic.now = now; }

    FakeFhir clinic;
    FakeHttp http;
    ManualClock clock;
    FixedToken token{""};
    Site site;

    // --- the clinic's side -------------------------------------------------------

    void has_patient(const std::string& id, const std::string& family = "Lovelace") {
        clinic.put(R"({"resourceType":"Patient","id":")" + id +
                   R"(","name":[{"family":")" + family +
                   R"(","given":["Ada"]}],"birthDate":"1815-12-10"})");
    }
    static std::string visit_json(const std::string& id, const std::string& patient,
                                  const std::string& start) {
        return R"({"resourceType":"Appointment","id":")" + id +
               R"(","status":"booked","start":")" + start +
               R"(","minutesDuration":50,"serviceType":[{"coding":[{"system":)"
               R"("urn:foyer:service","code":"individual"}]}],"participant":[{"actor":)"
               R"({"reference":"Patient/)" +
               patient + R"("},"status":"accepted"}]})";
    }
    void has_visit(const std::string& id, const std::string& patient,
                   const std::string& start = "2026-11-23T10:00:00-05:00") {
        clinic.put(visit_json(id, patient, start));
    }
    void has_ada() {
        has_patient("ada");
        has_visit("a1", "ada");
    }
    static std::string numbered(const char* prefix, int number) {
        return prefix + std::to_string(number);
    }
    /// So many patients p0.. with visits v0.. today.
    void has_many(int count) {
        for (int i = 0; i < count; ++i) {
            has_patient(numbered("p", i));
            has_visit(numbered("v", i), numbered("p", i));
        }
    }

    // --- the kiosk's side --------------------------------------------------------

    FhirServer& server() {
        if (!server_)
            server_ = std::make_unique<FhirServer>(
                FhirServer::Parts{&http, &token, &clock, std::string(FakeFhir::base)});
        return *server_;
    }
    Puller& puller() {
        if (!puller_)
            puller_ = std::make_unique<Puller>(
                Puller::Parts{&store(), &server(), &site, new_york()});
        return *puller_;
    }
    /// As after a crash: the records are what they were at the last commit.
    void restarts() {
        puller_.reset();
        server_.reset();
        reopen();
    }
    PullOutcome step() { return must(puller().step(now)); }
    /// Steps until nothing is due; what they came to in all.
    PullOutcome reads() {
        PullOutcome all;
        for (int i = 0; i < 1000; ++i) {
            const PullOutcome one = step();
            all.taken += one.taken;
            all.unchanged += one.unchanged;
            all.refused += one.refused;
            all.gone += one.gone;
            all.server = one.server;
            all.retry_after = one.retry_after;
            if (one.server != PullOutcome::Server::well || !one.more) return all;
        }
        ADD_FAILURE() << "it never ends";
        return all;
    }
    void passes(std::chrono::milliseconds time) {
        now += time;
        clock.advance(time);
        clinic.now = std::max(clinic.now, now);
    }
    /// A minute later, with what changed in it.
    PullOutcome a_minute_later() {
        passes(std::chrono::seconds(70));
        return reads();
    }

    bool holds_visit(const std::string& appointment, const std::string& who = "") {
        return store().visit_of(appointment, who).has_value();
    }
    std::size_t visits_held() {
        std::size_t count = 0;
        for (const auto& id : must(store().patient_ids()))
            for (int d = -1; d <= 14; ++d)
                count += must(store().visits_on(
                                  std::chrono::sys_days(today) + std::chrono::days(d),
                                  patient_alias(id)))
                             .size();
        return count;
    }
    std::vector<Conflict> conflicts() { return must(store().conflicts(false)); }

private:
    std::unique_ptr<FhirServer> server_;
    std::unique_ptr<Puller> puller_;
};

inline std::string name_of_manner(
    const testing::TestParamInfo<FakeFhir::Manner>& info) {
    return info.param == FakeFhir::Manner::hapi ? "Hapi" : "Medplum";
}

}  // namespace foyer
