#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/peers/peer.h"

/// What Foyer takes for granted of a FHIR server, asked of the two real ones and, in
/// the same words, of the fake that all other tests use.
namespace foyer {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

class Interop : public testing::TestWithParam<FakeFhir::Manner> {
protected:
    Peer peer{GetParam()};

    std::string system(std::string_view what) const {
        return "urn:foyer:op|" + peer.name(what);
    }
    std::string by_identifier(std::string_view what) const {
        return "identifier=" + encoded(system(what));
    }
    json identified(json resource, std::string_view what) const {
        resource["identifier"] =
            json::array({{{"system", "urn:foyer:op"}, {"value", peer.name(what)}}});
        return resource;
    }
    json task(std::string_view what) const {
        return identified({{"resourceType", "Task"},
                           {"status", "requested"},
                           {"intent", "order"},
                           {"description", "interop"}},
                          what);
    }
    Instant now() const { return peer.clock().now(); }
    int count(const std::string& query) {
        return static_cast<int>(peer.search(query).size());
    }
};

TEST_P(Interop, TheSecondConditionalCreateMakesNothing) {
    const auto first =
        peer.server().create("Task", task("one").dump(), by_identifier("one"));
    const auto second =
        peer.server().create("Task", task("one").dump(), by_identifier("one"));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->status, 201);
    EXPECT_EQ(second->status, 200);
    EXPECT_FALSE(first->version.empty());
    EXPECT_EQ(count("Task?" + by_identifier("one")), 1);
}

TEST_P(Interop, ATagMakesConditionalWhatHasNoIdentifier) {
    const json patient = peer.patient();
    const json provenance = {
        {"resourceType", "Provenance"},
        {"meta",
         {{"tag", {{{"system", "urn:foyer:op"}, {"code", peer.name("provenance")}}}}}},
        {"target", {{{"reference", reference_to(patient)}}}},
        {"recorded", fhir_time(now())},
        {"agent", {{{"who", {{"display", "interop"}}}}}}};
    const std::string unless = "_tag=" + encoded(system("provenance"));
    for (int i = 0; i < 2; ++i) {
        const Answer answer =
            peer.transact(transaction_of({post_entry(provenance, unless)}));
        EXPECT_TRUE(answer.good()) << answer.status << answer.body;
    }
    EXPECT_EQ(count("Provenance?" + unless), 1);
}

TEST_P(Interop, TwoMatchesOfAConditionAreRefused) {
    peer.create(task("two"));
    peer.create(task("two"));
    const auto answer =
        peer.server().create("Task", task("two").dump(), by_identifier("two"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 412);
    EXPECT_EQ(verdict_of(*answer), Verdict::conflict);
}

TEST_P(Interop, AStaleVersionIsRefused) {
    json first = peer.create(task("stale"));
    const std::string old = version_in(first);
    first["status"] = "accepted";
    peer.put(first);
    first["status"] = "cancelled";
    const auto answer =
        peer.server().put("Task", first["id"].get<std::string>(), first.dump(), old);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, peer.hapi() ? 409 : 412);
    EXPECT_EQ(verdict_of(*answer), Verdict::conflict);
    EXPECT_EQ(peer.read("Task", first["id"].get<std::string>())["status"], "accepted");
}

TEST_P(Interop, TheRightVersionIsTakenAndTheNextOneTold) {
    json resource = peer.create(task("fresh"));
    const std::string id = resource["id"];
    for (const char* status : {"accepted", "in-progress", "completed"}) {
        resource["status"] = status;
        const auto answer =
            peer.server().put("Task", id, resource.dump(), version_in(resource));
        ASSERT_TRUE(answer && answer->good());
        EXPECT_NE(answer->version, version_in(resource));
        resource = peer.read("Task", id);
        EXPECT_EQ(answer->version, version_in(resource));
    }
}

TEST_P(Interop, AStaleVersionInATransactionLeavesNothingBehind) {
    json other = peer.create(task("contended"));
    const std::string old = version_in(other);
    other["status"] = "accepted";
    peer.put(other);
    other["status"] = "cancelled";
    const Answer answer = peer.transact(transaction_of(
        {post_entry(task("beside"), by_identifier("beside")), put_entry(other, old)}));
    EXPECT_EQ(verdict_of(answer), Verdict::conflict) << answer.status << answer.body;
    EXPECT_EQ(count("Task?" + by_identifier("beside")), 0);
    EXPECT_EQ(peer.read("Task", other["id"].get<std::string>())["status"], "accepted");
}

TEST_P(Interop, OneBadEntryLeavesNothingBehind) {
    const json bad = {
        {"resourceType", "Task"}, {"status", 7}, {"intent", json::array()}};
    const Answer answer = peer.transact(transaction_of(
        {post_entry(task("good"), by_identifier("good")), post_entry(bad)}));
    EXPECT_EQ(verdict_of(answer), Verdict::refused) << answer.status << answer.body;
    EXPECT_EQ(count("Task?" + by_identifier("good")), 0);
}

TEST_P(Interop, AnAnchorIsFoundRightAfterItsCommitThoughItWasAskedForBefore) {
    const std::string query = "Task?" + by_identifier("anchor");
    EXPECT_EQ(count(query), 0);
    EXPECT_TRUE(peer.transact(transaction_of({post_entry(task("anchor"),
                                                         by_identifier("anchor"))}))
                    .good());
    EXPECT_EQ(count(query), 1);
}

TEST_P(Interop, ATransactionTellsVersionsOneWayOrTheOther) {
    const Answer answer = peer.transact(
        transaction_of({post_entry(task("told"), by_identifier("told"))}));
    ASSERT_TRUE(answer.good());
    const json entry = json::parse(answer.body).at("entry").at(0);
    EXPECT_TRUE(entry["response"]["status"].get<std::string>().starts_with("201"));
    EXPECT_TRUE(entry["response"].contains("etag") ||
                entry.at("resource").at("meta").contains("versionId"));
    EXPECT_TRUE(entry["response"].at("location").get<std::string>().find("Task/") !=
                std::string::npos);
    EXPECT_EQ(entry["response"].contains("etag"), peer.hapi());
}

TEST_P(Interop, EntriesReferToOneAnotherByUrn) {
    const json patient = peer.patient();
    const std::string urn = "urn:uuid:0f2c9d0a-9b0e-4a53-8a0e-5a2b1f6d7c11";
    json encounter = identified({{"resourceType", "Encounter"},
                                 {"status", "arrived"},
                                 {"class", {{"code", "AMB"}}},
                                 {"subject", {{"reference", reference_to(patient)}}}},
                                "encounter");
    json observation = identified({{"resourceType", "Observation"},
                                   {"status", "final"},
                                   {"code", {{"text", "sign-in"}}},
                                   {"subject", {{"reference", reference_to(patient)}}},
                                   {"encounter", {{"reference", urn}}}},
                                  "observation");
    for (int i = 0; i < 2; ++i) {
        const Answer answer = peer.transact(
            transaction_of({post_entry(observation, by_identifier("observation")),
                            post_entry(encounter, by_identifier("encounter"), urn)}));
        ASSERT_TRUE(answer.good()) << answer.status << answer.body;
    }
    const auto encounters = peer.search("Encounter?" + by_identifier("encounter"));
    const auto observations =
        peer.search("Observation?" + by_identifier("observation"));
    ASSERT_EQ(encounters.size(), 1U);
    ASSERT_EQ(observations.size(), 1U);
    EXPECT_EQ(observations[0]["encounter"]["reference"], reference_to(encounters[0]));
}

TEST_P(Interop, EightConditionalEntriesAreTaken) {
    std::vector<json> entries;
    for (int i = 0; i < 8; ++i) {
        const std::string what = "eight-" + std::to_string(i);
        entries.push_back(post_entry(task(what), by_identifier(what)));
    }
    EXPECT_TRUE(peer.transact(transaction_of(entries)).good());
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(count("Task?" + by_identifier("eight-" + std::to_string(i))), 1);
}

TEST_P(Interop, ANinthConditionalEntryIsTooManyForMedplumAlone) {
    std::vector<json> entries;
    for (int i = 0; i < 9; ++i) {
        const std::string what = "nine-" + std::to_string(i);
        entries.push_back(post_entry(task(what), by_identifier(what)));
    }
    const Answer answer = peer.transact(transaction_of(entries));
    EXPECT_EQ(answer.status, peer.hapi() ? 200 : 400);
    EXPECT_EQ(count("Task?" + by_identifier("nine-0")), peer.hapi() ? 1 : 0);
}

TEST_P(Interop, OfTwoWhoBookASeatOneHasIt) {
    const json patient = peer.patient();
    json seat = peer.slot(peer.schedule(), now() + 24h);
    const std::string version = version_in(seat);
    seat["status"] = "busy";
    const auto booking = [&](const char* who) {
        const json appointment =
            identified({{"resourceType", "Appointment"},
                        {"status", "booked"},
                        {"start", seat["start"]},
                        {"end", seat["end"]},
                        {"slot", {{{"reference", reference_to(seat)}}}},
                        {"participant",
                         {{{"actor", {{"reference", reference_to(patient)}}},
                           {"status", "accepted"}}}}},
                       who);
        return transaction_of(
            {put_entry(seat, version), post_entry(appointment, by_identifier(who))});
    };
    EXPECT_TRUE(peer.transact(booking("ada")).good());
    EXPECT_EQ(verdict_of(peer.transact(booking("bob"))), Verdict::conflict);
    // An identical resend is refused as well; only its anchor tells (sync.md, 2).
    EXPECT_EQ(verdict_of(peer.transact(booking("ada"))), Verdict::conflict);
    EXPECT_EQ(count("Appointment?" + by_identifier("ada")), 1);
    EXPECT_EQ(count("Appointment?" + by_identifier("bob")), 0);
    EXPECT_EQ(count("Appointment?slot=" + encoded(reference_to(seat))), 1);
}

TEST_P(Interop, WhatChangedSinceACursorComesInOrder) {
    const json first = peer.create(task("cursor-0"));
    for (int i = 1; i < 5; ++i) peer.create(task("cursor-" + std::to_string(i)));
    const std::string since = first["meta"]["lastUpdated"];
    const auto found =
        peer.search("Task?_lastUpdated=ge" + encoded(since) + "&_sort=_lastUpdated");
    ASSERT_GE(found.size(), 5U);
    EXPECT_EQ(found[0]["id"], first["id"]);
    EXPECT_TRUE(std::ranges::is_sorted(found, {}, [](const json& one) {
        return one["meta"]["lastUpdated"].get<std::string>().substr(0, 19);
    }));
}

TEST_P(Interop, PagesBringEachResourceOnce) {
    const json patient = peer.patient();
    std::set<std::string> made, found;
    for (int i = 0; i < 23; ++i)
        made.insert(peer.appointment(patient, "booked", now() + i * 1min)["id"]);
    const auto all = peer.search(
        "Appointment?patient=" + encoded(reference_to(patient)) + "&_count=5");
    for (const json& one : all) found.insert(one["id"].get<std::string>());
    EXPECT_EQ(all.size(), made.size());
    EXPECT_EQ(found, made);
}

TEST_P(Interop, AnAppointmentBringsItsPatient) {
    const json patient = peer.patient();
    const json appointment = peer.appointment(patient, "booked", now());
    const auto all =
        peer.search("Appointment?_id=" + appointment["id"].get<std::string>() +
                    "&_include=Appointment:patient");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]["id"], appointment["id"]);
    EXPECT_EQ(all[1]["id"], patient["id"]);
}

TEST_P(Interop, IdsAreAskedForTogether) {
    std::string ids;
    for (int i = 0; i < 3; ++i)
        ids += (i ? "," : "") +
               peer.create(task("id-" + std::to_string(i)))["id"].get<std::string>();
    EXPECT_EQ(count("Task?_id=" + ids + ",not-there"), 3);
}

TEST_P(Interop, StatusAndTimesNarrowAppointments) {
    const json patient = peer.patient();
    const Instant start = std::chrono::floor<std::chrono::days>(now()) + 30h;
    peer.appointment(patient, "booked", start);
    peer.appointment(patient, "cancelled", start);
    peer.appointment(patient, "booked", start + 24h);
    const std::string mine = "Appointment?patient=" + encoded(reference_to(patient));
    EXPECT_EQ(count(mine + "&status=booked"), 2);
    EXPECT_EQ(count(mine + "&status=booked,cancelled"), 3);
    EXPECT_EQ(count(mine + "&status:not=cancelled"), 2);
    EXPECT_EQ(count(mine + "&date=ge" + encoded(fhir_time(start)) + "&date=lt" +
                    encoded(fhir_time(start + 24h))),
              2);
    // The same times, as the site's clocks show them: 08:00 of UTC is 09:00+01:00.
    std::string local = fhir_time(start + 1h);
    local.replace(local.find('Z'), 1, "+01:00");
    EXPECT_EQ(count(mine + "&date=gt" + encoded(local)), 1);
    EXPECT_EQ(count(mine + "&date=ge" + encoded(local)), 3);
}

TEST_P(Interop, TasksAreFoundByTheirOwner) {
    const json device = peer.create({{"resourceType", "Device"}, {"status", "active"}});
    json mine = task("owned");
    mine["owner"] = {{"reference", reference_to(device)}};
    peer.create(mine);
    EXPECT_EQ(count("Task?owner=" + encoded(reference_to(device)) +
                    "&status=requested,accepted"),
              1);
}

TEST_P(Interop, SeatsAreFoundByScheduleAndStart) {
    const json schedule = peer.schedule();
    const Instant start = std::chrono::floor<std::chrono::days>(now()) + 34h;
    peer.slot(schedule, start);
    peer.slot(schedule, start);
    peer.slot(schedule, start + 24h);
    const std::string by = "Slot?schedule=" + encoded(reference_to(schedule));
    EXPECT_EQ(count(by), 3);
    const std::string at = encoded(fhir_time(start));
    EXPECT_EQ(count(by + "&start=ge" + at + "&start=le" + at), 2);
    // One point in time is only found from both sides.
    EXPECT_EQ(count(by + "&start=" + at), peer.hapi() ? 2 : 0);
    EXPECT_EQ(count(by + "&status=busy"), 0);
}

TEST_P(Interop, WhatIsDeletedIsGoneAndNotFound) {
    const json resource = peer.create(task("deleted"));
    const std::string id = resource["id"];
    const auto removed = peer.server().remove("Task", id);
    ASSERT_TRUE(removed && removed->good());
    const auto answer = peer.server().read("Task", id);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 410);
    EXPECT_EQ(count("Task?_id=" + id), 0);
    const auto never = peer.server().read("Task", "never-was");
    ASSERT_TRUE(never);
    EXPECT_EQ(never->status, 404);
}

TEST_P(Interop, AnUnknownParameterIsRefused) {
    const auto answer = peer.server().search("Task?colour=red");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400);
    EXPECT_FALSE(outcome_text(answer->body).empty());
}

TEST_P(Interop, ProvenanceHasNoIdentifierToSearchBy) {
    const auto answer = peer.server().search("Provenance?identifier=1");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 400);
}

TEST_P(Interop, AReferenceToNothingIsRefusedByHapiAlone) {
    json lost = task("lost");
    lost["for"] = {{"reference", "Patient/nobody-has-this-id"}};
    const auto answer =
        peer.server().create("Task", lost.dump(), by_identifier("lost"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, peer.hapi() ? 400 : 201) << answer->body;
}

TEST_P(Interop, AnUpdateThatChangesNothingMakesNoVersionInHapiAlone) {
    const json before = peer.create(task("same"));
    const json after = peer.put(before);
    EXPECT_EQ(version_in(before) == version_in(after), peer.hapi());
}

TEST_P(Interop, WhatIsReferredToIsNotDeletedByHapiAlone) {
    const json patient = peer.patient();
    peer.appointment(patient, "booked", now());
    const auto answer =
        peer.server().remove("Patient", patient["id"].get<std::string>());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->good(), !peer.hapi()) << answer->status;
    if (peer.hapi()) {
        EXPECT_EQ(answer->status, 409);
    }
}

TEST_P(Interop, AGuardedUpdateOfWhatNeverWasIsNoGuardInHapi) {
    json resource = task("never");
    resource["id"] = "never-" + std::to_string(std::hash<std::string>()(peer.run()));
    const auto answer = peer.server().put("Task", resource["id"].get<std::string>(),
                                          resource.dump(), "1");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, peer.hapi() ? 201 : 404);
}

TEST_P(Interop, ALabelThatAnUpdateLeavesOutStaysInHapiAlone) {
    json resource = task("labelled");
    resource["meta"]["tag"] = json::array({{{"system", "urn:foyer:t"}, {"code", "x"}}});
    json made = peer.create(resource);
    made.erase("meta");
    made["status"] = "accepted";
    EXPECT_EQ(peer.put(made)["meta"].contains("tag"), peer.hapi());
}

TEST_P(Interop, AReferenceIntoTheBundleThatIsNotThereIsRefusedByHapiAlone) {
    json lost = task("urn");
    lost["for"] = {{"reference", "urn:uuid:5d0f5c2b-6a0b-4b2e-8a53-9f1f7d1f2b11"}};
    const Answer answer = peer.transact(transaction_of({post_entry(lost)}));
    EXPECT_EQ(answer.status, peer.hapi() ? 400 : 200);
}

TEST_P(Interop, ABarInAnAddressIsWrittenInPercent) {
    const auto answer = peer.server().search("Task?identifier=urn:foyer:op|x");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, peer.hapi() ? 400 : 200);
}

TEST_P(Interop, TheEntriesOfATransactionHaveOneTimeInHapi) {
    ASSERT_TRUE(peer.transact(transaction_of({post_entry(task("first")),
                                              post_entry(task("second"))}))
                    .good());
    const auto first = peer.search("Task?" + by_identifier("first"));
    const auto second = peer.search("Task?" + by_identifier("second"));
    ASSERT_TRUE(first.size() == 1 && second.size() == 1);
    if (peer.hapi()) {
        EXPECT_EQ(first[0]["meta"]["lastUpdated"], second[0]["meta"]["lastUpdated"]);
    }
}

TEST_P(Interop, UnknownElementsSurviveWhereTheyAreExtensions) {
    json resource = task("extended");
    resource["extension"] =
        json::array({{{"url", "urn:foyer:test"}, {"valueString", "kept"}}});
    const json made = peer.create(resource);
    EXPECT_EQ(
        peer.read("Task", made["id"].get<std::string>())["extension"][0]["valueString"],
        "kept");
}

TEST_P(Interop, ItCountsWithoutSendingAny) {
    peer.create(task("counted"));
    const auto answer =
        peer.server().search("Task?" + by_identifier("counted") + "&_summary=count");
    ASSERT_TRUE(answer && answer->good());
    const json bundle = json::parse(answer->body);
    EXPECT_EQ(bundle["total"], 1);
    EXPECT_FALSE(bundle.contains("entry"));
}

TEST_P(Interop, ItTellsTheTimeAndWhatItIs) {
    const auto answer = peer.server().capabilities();
    ASSERT_TRUE(answer && answer->good());
    const json statement = json::parse(answer->body);
    EXPECT_EQ(statement["fhirVersion"], "4.0.1");
    EXPECT_FALSE(statement["software"]["name"].get<std::string>().empty());
    ASSERT_TRUE(peer.server().drift());
    EXPECT_LT(std::chrono::abs(*peer.server().drift()), 5s);
}

TEST_P(Interop, ABatchCarriesOutWhatItCan) {
    json other = peer.create(task("batched"));
    const std::string old = version_in(other);
    other["status"] = "accepted";
    peer.put(other);
    other["status"] = "cancelled";
    json batch =
        transaction_of({post_entry(task("in-batch"), by_identifier("in-batch")),
                        put_entry(other, old)});
    batch["type"] = "batch";
    const Answer answer = peer.transact(batch);
    ASSERT_TRUE(answer.good());
    const json entries = json::parse(answer.body).at("entry");
    EXPECT_TRUE(entries[0]["response"]["status"].get<std::string>().starts_with("201"));
    EXPECT_TRUE(entries[1]["response"]["status"].get<std::string>().starts_with(
        peer.hapi() ? "409" : "412"));
    EXPECT_EQ(count("Task?" + by_identifier("in-batch")), 1);
}

INSTANTIATE_TEST_SUITE_P(Server, Interop, testing::ValuesIn(manners_to_test()),
                         [](const auto& each) { return name_of(each.param); });

}  // namespace
}  // namespace foyer
