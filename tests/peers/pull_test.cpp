#include "sync/pull/pull.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/peers/peer.h"
#include "tests/records_fixture.h"

/// What a kiosk reads of real servers is what it reads of the fake.
namespace foyer {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

class PulledPeer : public Records,
                   public testing::WithParamInterface<FakeFhir::Manner> {
protected:
    PulledPeer() : peer(GetParam()) {
        now = peer.clock().now();
        today = new_york().day_of(now);
        location = peer.create({{"resourceType", "Location"}, {"name", "Suite 2"}});
        clinician = peer.create(
            {{"resourceType", "Practitioner"},
             {"name", json::array({{{"family", "Chen"}, {"given", {"Mei"}}}})}});
        ada = peer.create(
            {{"resourceType", "Patient"},
             {"birthDate", "1815-12-10"},
             {"name", json::array({{{"family", "Lovelace"}, {"given", {"Ada"}}}})}});
        site.id = peer.name("site");
        site.locations = {location.at("id").get<std::string>()};
    }

    json visit_json(Instant start) const {
        const auto taking = [](const json& who) {
            return json{{"actor", {{"reference", reference_to(who)}}},
                        {"status", "accepted"}};
        };
        return {{"resourceType", "Appointment"},
                {"status", "booked"},
                {"start", fhir_time(start)},
                {"end", fhir_time(start + 50min)},
                {"participant",
                 json::array({taking(ada), taking(location), taking(clinician)})}};
    }
    /// So many visits, a minute apart from an hour from now on; in one transaction each
    /// 40, so that many have one lastUpdated.
    void has_visits(int count) {
        for (int done = 0; done < count; done += 40) {
            std::vector<json> entries;
            for (int i = done; i < std::min(done + 40, count); ++i)
                entries.push_back(post_entry(visit_json(now + 1h + 1min * i)));
            ASSERT_TRUE(peer.transact(transaction_of(entries)).good());
        }
    }
    PullOutcome reads() {
        PullOutcome all;
        for (int i = 0; i < 300; ++i) {
            const auto one = must(puller().step(now));
            all.taken += one.taken;
            all.refused += one.refused;
            all.gone += one.gone;
            all.server = one.server;
            if (one.server != PullOutcome::Server::well || !one.more) return all;
        }
        ADD_FAILURE() << "it never ends";
        return all;
    }
    Puller& puller() {
        if (!puller_)
            puller_ = std::make_unique<Puller>(
                Puller::Parts{&store(), &peer.server(), &site, new_york()});
        return *puller_;
    }
    void restarts() {
        puller_.reset();
        reopen();
    }
    std::vector<Visit> visits() {
        std::vector<Visit> all;
        const Alias who = patient_alias(ada.at("id"));
        for (int d = -1; d <= 14; ++d)
            for (auto& each : must(store().visits_on(
                     std::chrono::sys_days(today) + std::chrono::days(d), who)))
                all.push_back(std::move(each));
        return all;
    }

    Peer peer;
    Site site;
    json location, clinician, ada;

private:
    std::unique_ptr<Puller> puller_;
};

TEST_P(PulledPeer, TheWindowIsReadWholeThroughPagesAndARestart) {
    has_visits(250);
    must(puller().step(now));
    restarts();
    EXPECT_EQ(reads().server, PullOutcome::Server::well);
    ASSERT_EQ(visits().size(), 250u);
    EXPECT_EQ(visits().front().place, "Suite 2");
    EXPECT_EQ(visits().front().clinician, "Mei");
    EXPECT_EQ(must(pull_findings(store())).unsupported, std::vector<std::string>());
    EXPECT_EQ(must(pull_findings(store())).refused, std::vector<std::string>());
}

TEST_P(PulledPeer, WhatChangesIsSeenAtTheNextLookAndOnlyThat) {
    has_visits(120);
    reads();
    auto changed = peer.read("Appointment", visits().at(70).appointment);
    changed["status"] = "cancelled";
    peer.put(changed);
    const auto added = peer.create(visit_json(now + 30min));
    now += 71s;
    EXPECT_EQ(reads().taken, 2);
    EXPECT_EQ(visit(changed.at("id")).status, AppointmentStatus::cancelled);
    EXPECT_EQ(visit(added.at("id")).status, AppointmentStatus::booked);
}

TEST_P(PulledPeer, WhatIsDeletedGoesAndAPatientEditedAloneIsSeen) {
    has_visits(3);
    reads();
    const auto gone = visits().at(1).appointment;
    ASSERT_TRUE(peer.server().remove("Appointment", gone).value().good());
    ada["name"][0]["family"] = "King";
    ada = peer.put(ada);
    now += 16min;
    EXPECT_EQ(reads().gone, 1);
    EXPECT_EQ(visits().size(), 2u);
    EXPECT_EQ(must(store().patient(patient_alias(ada.at("id")))).family, "King");
}

TEST_P(PulledPeer, FormsConsentsTasksSeatsAndQuestionnairesAreFound) {
    has_visits(1);
    const std::string form = "http://clinic.test/" + peer.run();
    const auto questionnaire = peer.create({{"resourceType", "Questionnaire"},
                                            {"status", "active"},
                                            {"url", form},
                                            {"title", "Intake"}});
    peer.create({{"resourceType", "QuestionnaireResponse"},
                 {"status", "completed"},
                 {"questionnaire", form + "|1"},
                 {"subject", {{"reference", reference_to(ada)}}},
                 {"authored", fhir_time(now - 1h)}});
    const auto consent =
        peer.create({{"resourceType", "Consent"},
                     {"status", "active"},
                     {"scope", {{"text", "treatment"}}},
                     {"category", json::array({{{"text", "treatment"}}})},
                     {"policyRule", {{"text", "ours"}}},
                     {"patient", {{"reference", reference_to(ada)}}}});
    const auto device = peer.create(
        {{"resourceType", "Device"},
         {"identifier",
          json::array({{{"system", "urn:foyer:device"}, {"value", site.id + "/0"}}})}});
    const auto task = peer.create({{"resourceType", "Task"},
                                   {"status", "requested"},
                                   {"intent", "order"},
                                   {"owner", {{"reference", reference_to(device)}}}});
    const auto schedule = peer.schedule();
    const auto slot = peer.slot(schedule, now + 24h);
    site.server.schedules = {reference_to(schedule)};
    site.form_rules = {{.form = form}};

    EXPECT_EQ(reads().refused, 0);
    for (const json& each : {questionnaire, consent, task, slot})
        EXPECT_TRUE(must(store().resource(each.at("resourceType").get<std::string>(),
                                          each.at("id").get<std::string>())))
            << each.at("resourceType");
    const auto done = must(store().forms_done(patient_alias(ada.at("id"))));
    ASSERT_EQ(done.size(), 1u);
    EXPECT_EQ(done[0].form, form);
    EXPECT_EQ(must(pull_findings(store())).unsupported, std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Servers, PulledPeer, testing::ValuesIn(manners_to_test()),
                         [](const auto& manner) { return name_of(manner.param); });

}  // namespace
}  // namespace foyer
