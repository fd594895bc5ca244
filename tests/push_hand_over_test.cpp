#include "push_fixture.h"
#include "sync/push/hand_over.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// A finished form that the server will not take.
class HandOver : public Pushing {
protected:
    void refused_form() {
        server.broken.refused_types = {"QuestionnaireResponse"};
        kiosk.queues(
            "form|1", Lane::forms,
            R"({"act":"form","patient":"ada","form":"https://f/gad-7","after":"",)"
            R"("at":"2026-11-23T14:45:00.000Z","clock":"trusted","device":0,)"
            R"("bundle":{"resourceType":"Bundle","type":"transaction","entry":[{)"
            R"("fullUrl":"urn:uuid:6f0a5b0e-6a53-4c0c-9d3e-2b8f5c1f7a42",)"
            R"("resource":{"resourceType":"QuestionnaireResponse","identifier":)"
            R"({"system":"urn:foyer:op","value":"u/response"},"status":)"
            R"("completed","subject":{"reference":"Patient/ada"},"item":[{)"
            R"("linkId":"1","answer":[{"valueDecimal":1.50}]}]},"request":)"
            R"({"method":"POST","url":"QuestionnaireResponse","ifNoneExist":)"
            R"("identifier=urn:foyer:op|u/response"}}]}})");
        kiosk.round();
        ASSERT_EQ(kiosk.parked(), 1u);
    }
    Result<int> hands_over() { return hand_over_parked(*kiosk.store, clock.now()); }
};

TEST_P(HandOver, AnswersTheServerRefusesReachItAsADocumentAfterThreeDays) {
    refused_form();
    EXPECT_EQ(hands_over().value(), 0);
    clock.advance(73h);
    EXPECT_EQ(hands_over().value(), 1);
    EXPECT_EQ(hands_over().value(), 0);  // once
    kiosk.round();
    const auto documents = server.all("DocumentReference");
    ASSERT_EQ(documents.size(), 1u);
    EXPECT_NE(documents[0].find("application/fhir+json"), std::string::npos);
    EXPECT_EQ(kiosk.parked(), 1u);  // staff decides about the form itself
}

INSTANTIATE_TEST_SUITE_P(Both, HandOver,
                         testing::Values(FakeFhir::Manner::hapi,
                                         FakeFhir::Manner::medplum));

}  // namespace
}  // namespace foyer
