#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sync/engine.h"
#include "sync/records/store.h"
#include "tests/peers/peer.h"

/// A kiosk's own engine with its records, at the fake and at real servers: what it does
/// there, not how.
namespace foyer {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// Passes over the pauses of the engine instead of sleeping through them.
class SkippingClock final : public Clock {
public:
    explicit SkippingClock(const Clock& inner) : inner_(inner) {}
    Instant now() const override { return inner_.now() + skipped_; }
    milliseconds elapsed() const override { return inner_.elapsed() + skipped_; }
    void skip(milliseconds by) { skipped_ += by; }

private:
    const Clock& inner_;
    milliseconds skipped_{0};
};

/// Loses the answers that a test wants lost: carried out, and nobody knows.
class Forgetful final : public Http {
public:
    explicit Forgetful(Http& inner) : inner_(inner) {}
    std::function<bool(const HttpRequest&)> loses;
    int lost = 0;

    Result<HttpResponse> send(const HttpRequest& request) override {
        auto answer = inner_.send(request);
        if (!answer || !loses || !loses(request)) return answer;
        ++lost;
        return fail(Error::Code::no_answer, "lost by a test");
    }

private:
    Http& inner_;
};

bool is_bundle_with(const HttpRequest& request, std::string_view part) {
    return request.method == "POST" && request.body.find(part) != std::string::npos;
}

class Flow : public testing::TestWithParam<FakeFhir::Manner> {
protected:
    Flow() {
        std::string name = std::filesystem::is_directory("/dev/shm")
                               ? "/dev/shm/foyer-flow-XXXXXX"
                               : "/tmp/foyer-flow-XXXXXX";
        directory = mkdtemp(name.data());
        patient = peer.patient();
        appointment = peer.appointment(patient, "booked", peer.clock().now() + 20min);
        site.id = "flow-" + peer.run();
        site.server.base = peer.base();
        site.server.appointments = "patient=" + reference_to(patient);
        // Made anew for each run, so that only one act is done at a time.
        const json schedule = peer.schedule();
        site.server.schedules = {reference_to(schedule)};
        starts = std::chrono::floor<std::chrono::days>(peer.clock().now()) + 34h;
        session = {schedule["id"].get<std::string>(), starts, starts + 1h};
        seat = peer.slot(schedule, starts);
        server.emplace(FhirServer::Parts{&http, &token, &clock, peer.base()});
        store.emplace(
            Store::open(directory, DeviceKeys(key(1)), SiteKeys(key(2)), time, 0, 0ms)
                .value());
        engine = std::make_unique<Engine>(Engine::Parts{.store = &*store,
                                                        .server = &*server,
                                                        .clock = &clock,
                                                        .site = &site,
                                                        .time = time,
                                                        .seed = 1,
                                                        .hurried = true,
                                                        .version = "test",
                                                        .elected = {}});
        exchange();
    }
    ~Flow() override {
        engine.reset();
        store.reset();
        std::filesystem::remove_all(directory);
    }

    static SecretKey key(std::uint8_t seed) {
        std::array<std::uint8_t, 32> bytes{};
        bytes.fill(seed);
        return secret_key(bytes);
    }

    /// Until nothing waits and nothing is left to read.
    void exchange() {
        for (int steps = 0; steps < 400; ++steps) {
            const auto done = engine->step();
            ASSERT_TRUE(done) << done.error().what;
            if (done->worked || done->wait == 0ms) continue;
            const auto ready = store->next_ready();
            ASSERT_TRUE(ready);
            if (!*ready && done->wait > 3s && read()) return;
            clock.skip(done->wait);
            engine->wake();
        }
        FAIL() << "it does not come to an end";
    }
    bool read() {
        return store->visit_of(appointment_id(), "").has_value() &&
               engine->health().schedule_read.has_value();
    }

    std::string appointment_id() const { return appointment["id"].get<std::string>(); }
    std::string patient_id() const { return patient["id"].get<std::string>(); }
    Alias patient_alias() const {
        return SiteKeys(key(2)).alias_of("Patient", patient_id());
    }
    void checks_in() {
        const auto visit = store->visit_of(appointment_id(), "");
        ASSERT_TRUE(visit);
        ASSERT_TRUE(
            store->check_in({{visit->id}, {}, clock.now(), ClockQuality::trusted}));
        engine->wake();
    }
    std::string check_in_unit() const {
        return unit_id("check-in|Appointment/" + appointment_id());
    }
    std::size_t found(const std::string& type, const std::string& by,
                      const std::string& value) {
        return peer.search(type + "?" + by + "=" + encoded("urn:foyer:op|" + value))
            .size();
    }
    std::string status_there() {
        return peer.read("Appointment", appointment_id())["status"].get<std::string>();
    }

    Peer peer{GetParam()};
    SkippingClock clock{peer.clock()};
    Forgetful http{peer.http()};
    FixedToken token{""};
    SiteTime time = SiteTime::in_zone("UTC").value();
    Site site;
    std::filesystem::path directory;
    json patient, appointment, seat;
    Instant starts{};
    ClassSession session;
    std::optional<FhirServer> server;
    std::optional<Store> store;
    std::unique_ptr<Engine> engine;
};

TEST_P(Flow, ACheckInArrives) {
    checks_in();
    exchange();
    EXPECT_EQ(status_there(), "arrived");
    EXPECT_EQ(found("Provenance", "_tag", check_in_unit() + "/provenance"), 1U);
}

TEST_P(Flow, AnArrivalWhoseAnswerIsLostIsThereOnce) {
    http.loses = [this](const HttpRequest& request) {
        return http.lost == 0 && is_bundle_with(request, check_in_unit());
    };
    checks_in();
    exchange();
    EXPECT_EQ(http.lost, 1);
    EXPECT_EQ(status_there(), "arrived");
    EXPECT_EQ(found("Provenance", "_tag", check_in_unit() + "/provenance"), 1U);
    EXPECT_TRUE(store->waiting(10)->empty());
}

TEST_P(Flow, AVisitThatWasCancelledMeanwhileStaysSoAndTheDeskKnows) {
    const auto visit = store->visit_of(appointment_id(), "");
    ASSERT_TRUE(visit);
    json cancelled = appointment;
    cancelled["status"] = "cancelled";
    peer.put(cancelled);
    ASSERT_TRUE(store->check_in({{visit->id}, {}, clock.now(), ClockQuality::trusted}));
    exchange();
    EXPECT_EQ(status_there(), "cancelled");
    EXPECT_EQ(found("Task", "identifier",
                    unit_id("desk|visit-cancelled|" + check_in_unit()) + "/desk"),
              1U);
    const auto conflicts = store->conflicts(false);
    ASSERT_TRUE(conflicts);
    EXPECT_FALSE(conflicts->empty());
}

TEST_P(Flow, ASignatureIsThereOnceAfterItsSignIn) {
    appointment["serviceType"] = {
        {{"coding", {{{"system", "urn:foyer:service"}, {"code", "group"}}}}}};
    peer.put(appointment);
    for (int minutes = 0; minutes < 10; ++minutes) {
        clock.skip(1min);
        engine->wake();
        exchange();
    }
    const auto visit = store->visit_of(appointment_id(), "");
    ASSERT_TRUE(visit);
    ASSERT_EQ(visit->service, Service::group);

    const std::string unit = unit_id("signature|" + check_in_unit() + "|0");
    http.loses = [&](const HttpRequest& request) {
        return http.lost == 0 && is_bundle_with(request, unit);
    };
    ASSERT_TRUE(store->check_in({.visits = {visit->id},
                                 .late = {},
                                 .at = clock.now(),
                                 .attested = true,
                                 .signature = "iVBORw0KGgo="}));
    engine->wake();
    exchange();
    EXPECT_EQ(http.lost, 1);
    EXPECT_EQ(found("Observation", "identifier", check_in_unit() + "/sign-in"), 1U);
    EXPECT_EQ(found("Provenance", "_tag", unit + "/provenance"), 1U);
    EXPECT_TRUE(store->waiting(10)->empty());
}

/// A score and its answers in one Bundle.
FormUnit form_of(const std::string& unit, const json& patient, bool good) {
    const auto named = [&](json resource, const std::string& role) {
        const std::string value = unit + "/" + role;
        const json identifier = {{"system", "urn:foyer:op"}, {"value", value}};
        const bool one = resource["resourceType"] == "QuestionnaireResponse";
        resource["identifier"] = one ? identifier : json::array({identifier});
        return post_entry(resource, "identifier=urn:foyer:op|" + value);
    };
    json response = {{"resourceType", "QuestionnaireResponse"},
                     {"status", "completed"},
                     {"subject", {{"reference", reference_to(patient)}}}};
    if (!good) response["status"] = 7;
    const json score = {{"resourceType", "Observation"},
                        {"status", "final"},
                        {"code", {{"text", "score"}}},
                        {"subject", {{"reference", reference_to(patient)}}}};
    return {unit, Lane::forms,
            transaction_of({named(score, "score"), named(response, "response")}).dump(),
            ""};
}

TEST_P(Flow, AFormIsThereOnceWithItsScore) {
    const std::string unit = unit_id("form|" + peer.run());
    http.loses = [&](const HttpRequest& request) {
        return http.lost == 0 && is_bundle_with(request, unit);
    };
    ASSERT_TRUE(store->end_form({.patient = patient_alias(),
                                 .form = "http://clinic.test/Questionnaire/x",
                                 .version = "",
                                 .begun = clock.now(),
                                 .at = clock.now(),
                                 .units = {form_of(unit, patient, true)},
                                 .safety = {}}));
    exchange();
    EXPECT_EQ(http.lost, 1);
    EXPECT_EQ(found("QuestionnaireResponse", "identifier", unit + "/response"), 1U);
    EXPECT_EQ(found("Observation", "identifier", unit + "/score"), 1U);
}

TEST_P(Flow, AFormThatTheServerRefusesIsParkedWithATaskAndStopsNothing) {
    const std::string unit = unit_id("bad-form|" + peer.run());
    ASSERT_TRUE(store->end_form({.patient = patient_alias(),
                                 .form = "http://clinic.test/Questionnaire/x",
                                 .version = "",
                                 .begun = clock.now(),
                                 .at = clock.now(),
                                 .units = {form_of(unit, patient, false)},
                                 .safety = {}}));
    checks_in();
    exchange();
    EXPECT_EQ(status_there(), "arrived");
    const auto parked = store->parked_units();
    ASSERT_TRUE(parked);
    ASSERT_EQ(parked->size(), 1U);
    EXPECT_EQ(parked->front().unit.id, unit);
    EXPECT_FALSE(parked->front().why.empty());
    EXPECT_EQ(found("Observation", "identifier", unit + "/score"), 0U);
    EXPECT_EQ(
        found("Task", "identifier", unit_id("desk|unit-refused|" + unit) + "/desk"),
        1U);
}

TEST_P(Flow, ASeatIsConfirmedAndTakenThoughTheAnswerIsLost) {
    const auto asked = store->ask_sign_up({.patient = patient_alias(),
                                           .session = session,
                                           .at = clock.now(),
                                           .clock = ClockQuality::trusted});
    ASSERT_TRUE(asked) << asked.error().what;
    http.loses = [&](const HttpRequest& request) {
        return http.lost == 0 && is_bundle_with(request, asked->unit);
    };
    exchange();
    EXPECT_EQ(http.lost, 1);
    const auto sign_up = store->sign_up(asked->unit);
    ASSERT_TRUE(sign_up && *sign_up);
    EXPECT_EQ((*sign_up)->state, SignUpState::confirmed);
    EXPECT_EQ(peer.read("Slot", seat["id"].get<std::string>())["status"], "busy");
    EXPECT_EQ(found("Appointment", "identifier", asked->unit + "/appointment"), 1U);
}

INSTANTIATE_TEST_SUITE_P(Server, Flow, testing::ValuesIn(manners_to_test()),
                         [](const auto& each) { return name_of(each.param); });

}  // namespace
}  // namespace foyer
