#include "kiosk/form_desk.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "kiosk/forms/walk.h"
#include "platform/simulated/camera.h"
#include "tests/effects_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using To = FormMove::To;

const std::string base = "https://foyer.health/forms/";

/// A patient who has just checked in to a clinic that asks for forms.
class FilledInForms : public AtTheKiosk {
protected:
    FilledInForms() { asks_for({"gad-7"}); }
    /// For tests/peers/validate_written.sh: what was queued, one Bundle a file.
    ~FilledInForms() override {
        const char* folder = std::getenv("FOYER_KEEP_BUNDLES");
        if (folder == nullptr) return;
        const std::string test =
            testing::UnitTest::GetInstance()->current_test_info()->name();
        const auto all = records().waiting_units(1000).value();
        for (const auto& unit : all) {
            const auto body = nlohmann::json::parse(unit.body);
            if (body.contains("bundle"))
                std::ofstream(std::filesystem::path(folder) /
                              (test + "-" + unit.id + ".json"))
                    << body["bundle"].dump();
        }
    }

    SimulatedCamera camera;
    std::string language = "en";

    void asks_for(const std::vector<std::string>& forms) {
        site.form_rules.clear();
        for (const auto& form : forms) site.form_rules.push_back({.form = form});
        site.alert_path = "desk";
        starts_again();
    }
    /// As after a power cut.
    void starts_again() {
        Effects::Parts parts;
        parts.clock = &clock;
        parts.printer = &printer;
        parts.desk = &desk;
        parts.camera = &camera;
        parts.site = site;
        parts.data = data;
        parts.lock_wait = lock_wait;
        parts.done = [this](const char* order) { durable.emplace_back(order); };
        effects.reset();
        effects = Effects::create(std::move(parts)).value();
        does(OpenStore{});
    }
    void does(Effect effect) {
        outcomes.clear();
        effects->carry_out({std::move(effect), clock.elapsed(), language, false},
                           [&](Outcome outcome) { outcomes.push_back(outcome); });
    }
    std::vector<FormOffer> checks_in() {
        const auto one = visit("a-open");
        does(SaveCheckIn{one.patient, {one.id}});
        return came_to<CheckInSaved>().forms;
    }
    FormPage page() { return came_to<FormPageShown>().page; }
    FormPage opens() {
        checks_in();
        does(OpenForm{});
        return page();
    }
    /// The page's first question that takes an answer.
    static const ItemState& question(const FormPage& page) {
        const auto found = std::ranges::find_if(page.items, is_asked);
        EXPECT_NE(found, page.items.end());
        return *found;
    }
    /// Chooses an option by its place.
    void chooses(const FormPage& page, std::size_t option, To then = To::stay) {
        const auto& asked = question(page);
        does(SaveAnswers{{{asked.path, {asked.options.at(option).json}}}, {then}});
    }
    void goes(To to) { does(SaveAnswers{{}, {to}}); }
    /// Every question answered with the same option, to the review.
    FormReviewShown fills(std::size_t option) {
        auto shown = opens();
        for (int pages = 0; pages < 60; ++pages) {
            const bool asks = std::ranges::any_of(shown.items, is_asked);
            if (asks)
                chooses(shown, option, To::next);
            else
                goes(To::next);
            if (came<FormReviewShown>()) return came_to<FormReviewShown>();
            shown = page();
        }
        ADD_FAILURE() << "no end";
        return {};
    }
    std::vector<Unit> units(Lane lane) {
        auto all = records().waiting_units(1000).value();
        std::erase_if(all, [&](const auto& unit) { return unit.lane != lane; });
        return all;
    }
    nlohmann::json bundle(Lane lane = Lane::forms) {
        const auto all = units(lane);
        if (all.empty()) {
            ADD_FAILURE() << "nothing was queued";
            return {};
        }
        return nlohmann::json::parse(all.front().body)["bundle"];
    }
    static nlohmann::json of_type(const nlohmann::json& bundle, const char* type) {
        for (const auto& entry : bundle.at("entry"))
            if (entry["resource"]["resourceType"] == type) return entry["resource"];
        return {};
    }
    std::vector<FormDraft> drafts() {
        auto store = records();
        return store.drafts_of(visit("a-open").patient, time_zone().day_of(clock.now()))
            .value();
    }
};

TEST_F(FilledInForms, AreOfferedAfterTheCheckInInTheirOrder) {
    asks_for({"medication-check-in", "gad-7"});
    const auto offered = checks_in();
    ASSERT_EQ(offered.size(), 2u);
    EXPECT_EQ(offered[0].canonical, base + "medication-check-in");
    EXPECT_EQ(offered[1].canonical, base + "gad-7");
    EXPECT_FALSE(offered[0].title.empty());
    EXPECT_GE(offered[0].minutes, 1);
    EXPECT_FALSE(offered[0].begun);
}

TEST_F(FilledInForms, NoRuleNoForm) {
    site.form_rules.clear();
    starts_again();
    EXPECT_TRUE(checks_in().empty());
}

TEST_F(FilledInForms, AreOnlyOfferedInALanguageTheyAreWholeIn) {
    asks_for({"gad-7", "pc-ptsd-5", "c-ssrs-screener"});
    EXPECT_EQ(checks_in().size(), 2u);
    language = "es";
    const auto offered = checks_in();
    ASSERT_EQ(offered.size(), 1u);
    EXPECT_EQ(offered[0].canonical, base + "gad-7");
}

TEST_F(FilledInForms, WithSafetyItemsAreNotOfferedWhileNobodyWouldHear) {
    asks_for({"phq-9", "gad-7"});
    EXPECT_EQ(checks_in().size(), 2u);
    desk.online = false;
    EXPECT_EQ(checks_in().size(), 1u);
    desk.online = true;
    site.alert_path.clear();
    starts_again();
    EXPECT_EQ(checks_in().size(), 1u);
}

TEST_F(FilledInForms, AnAnswerIsOnDiskBeforeThePageIsShown) {
    const auto first = opens();
    chooses(first, 2);
    ASSERT_EQ(drafts().size(), 1u);
    EXPECT_NE(drafts()[0].response.find("in-progress"), std::string::npos);
    EXPECT_EQ(durable.back(), "SaveAnswers");
    EXPECT_TRUE(question(page()).options.at(2).chosen);
}

TEST_F(FilledInForms, AreGoneOnWithAfterAPowerCutOnTheSamePage) {
    chooses(opens(), 1, To::next);
    const auto second = page();
    chooses(second, 3);
    starts_again();
    EXPECT_TRUE(checks_in().front().begun);
    does(OpenForm{});
    EXPECT_EQ(page().number, second.number);
    EXPECT_TRUE(question(page()).options.at(3).chosen);
    goes(To::back);
    EXPECT_TRUE(question(page()).options.at(1).chosen);
}

TEST_F(FilledInForms, OfAnotherPatientAreNotGoneOnWith) {
    chooses(opens(), 1);
    const auto other = visit("a-late");
    does(SaveCheckIn{other.patient, {other.id}});
    EXPECT_FALSE(came_to<CheckInSaved>().forms.front().begun);
    does(OpenForm{});
    const auto shown = page();
    for (const auto& option : question(shown).options) EXPECT_FALSE(option.chosen);
}

TEST_F(FilledInForms, KeepEveryAnswerWhenTheLanguageChanges) {
    const auto first = opens();
    chooses(first, 2);
    language = "es";
    goes(To::stay);
    EXPECT_TRUE(question(page()).options.at(2).chosen);
    EXPECT_NE(question(page()).text, question(first).text);
    EXPECT_EQ(page().number, first.number);
}

TEST_F(FilledInForms, EndAsAResponseAnObservationAndAProvenance) {
    const auto review = fills(3);
    EXPECT_TRUE(review.can_finish);
    EXPECT_FALSE(review.signature);
    EXPECT_EQ(review.lines.size(), 7u);
    does(FinishForm{});
    EXPECT_FALSE(came_to<FormKept>().stopped);
    EXPECT_TRUE(drafts().empty());
    const auto sent = bundle();
    const auto response = of_type(sent, "QuestionnaireResponse");
    EXPECT_EQ(response["status"], "completed");
    EXPECT_EQ(response["subject"]["reference"], "Patient/open");
    EXPECT_EQ(response["identifier"]["system"], "urn:foyer:op");
    const auto score = of_type(sent, "Observation");
    EXPECT_EQ(score["valueQuantity"]["value"], 21);
    EXPECT_EQ(score["derivedFrom"][0]["reference"], sent["entry"][0]["fullUrl"]);
    EXPECT_FALSE(of_type(sent, "Provenance").is_null());
    for (const auto& entry : sent["entry"])
        EXPECT_TRUE(entry["request"].contains("ifNoneExist"));
}

TEST_F(FilledInForms, AreNotAskedForTwiceADay) {
    fills(0);
    does(FinishForm{});
    EXPECT_TRUE(checks_in().empty());
    does(OpenForm{});
    EXPECT_TRUE(came<FormsOver>());
}

TEST_F(FilledInForms, RefusedAreKeptAsTheyAreAndTheDeskIsTold) {
    chooses(opens(), 1);
    does(StopForm{});
    EXPECT_TRUE(came_to<FormKept>().stopped);
    EXPECT_EQ(of_type(bundle(), "QuestionnaireResponse")["status"], "stopped");
    EXPECT_TRUE(desk_reads("form-refused"));
    EXPECT_TRUE(drafts().empty());
}

TEST_F(FilledInForms, ASafetyAnswerIsQueuedWithTheAnswerAndStaysWhenItIsChangedBack) {
    asks_for({"phq-9"});
    auto shown = opens();
    while (question(shown).path.back().link_id != "phq9-9") {
        chooses(shown, 0, To::next);
        shown = page();
    }
    EXPECT_TRUE(units(Lane::safety).empty());
    chooses(shown, 1);
    ASSERT_EQ(units(Lane::safety).size(), 1u);
    EXPECT_NE(units(Lane::safety)[0].body.find("phq-9/item-9"), std::string::npos);
    clock.advance(1s);
    chooses(shown, 0);
    EXPECT_EQ(units(Lane::safety).size(), 2u);
    starts_again();
    EXPECT_EQ(units(Lane::safety).size(), 2u);
}

TEST_F(FilledInForms, ADeclinedSafetyItemReachesTheClinicAsDeclined) {
    asks_for({"phq-9"});
    auto shown = opens();
    while (question(shown).path.back().link_id != "phq9-9") {
        chooses(shown, 0, To::next);
        shown = page();
    }
    does(DeclineItem{question(shown).path});
    ASSERT_EQ(units(Lane::safety).size(), 1u);
    EXPECT_NE(units(Lane::safety)[0].body.find("\"declined\""), std::string::npos);
    EXPECT_TRUE(question(page()).declined);
}

TEST_F(FilledInForms, AConsentIsSignedAndSaysYes) {
    asks_for({"part2-consent"});
    auto shown = opens();
    for (int pages = 0; pages < 40 && !came<FormReviewShown>(); ++pages) {
        SaveAnswers order{{}, {To::next}};
        for (const auto& item : shown.items) {
            if (!is_asked(item) || !item.answers.empty()) continue;
            if (item.type == ItemType::boolean)
                order.answers.push_back({item.path, {R"({"valueBoolean":true})"}});
            else if (!item.options.empty())
                order.answers.push_back({item.path, {item.options.front().json}});
            else if (item.type == ItemType::string)
                order.answers.push_back({item.path, {R"({"valueString":"A B"})"}});
        }
        does(std::move(order));
        if (came<FormPageShown>()) shown = page();
    }
    ASSERT_TRUE(came<FormReviewShown>());
    EXPECT_TRUE(came_to<FormReviewShown>().signature);
    EXPECT_TRUE(came_to<FormReviewShown>().can_finish);
    does(SignForm{"Ada Lovelace", {}});
    EXPECT_TRUE(came_to<FormKept>().signed_copy);
    const auto sent = bundle(Lane::consents);
    const auto consent = of_type(sent, "Consent");
    EXPECT_EQ(consent["status"], "active");
    EXPECT_EQ(consent["policyRule"]["coding"][0]["code"], "42CFRPart2");
    const auto provenance = of_type(sent, "Provenance");
    EXPECT_EQ(provenance["signature"][0]["sigFormat"], "image/png");
    EXPECT_TRUE(std::string(provenance["signature"][0]["data"]).starts_with("iVBOR"));
    for (const auto& entry : sent["entry"])
        EXPECT_EQ(entry["resource"]["meta"]["security"].size(), 2u);
    does(PrintCopy{});
    EXPECT_TRUE(came<CopyPrinted>());
    ASSERT_EQ(printer.printed().size(), 1u);
    // The whole text and the signature: longer than a slip.
    EXPECT_GT(printer.printed()[0].height_mm, 150);
    if (const char* folder = std::getenv("FOYER_KEEP_COPIES"))
        std::ofstream(std::filesystem::path(folder) / "copy.png", std::ios::binary)
            << printer.printed()[0].png;
}

TEST_F(FilledInForms, ANoIsAConsentRejectedAndNotSigned) {
    asks_for({"part2-consent"});
    auto shown = opens();
    for (int pages = 0; pages < 40 && !came<FormReviewShown>(); ++pages) {
        SaveAnswers order{{}, {To::next}};
        for (const auto& item : shown.items)
            if (item.type == ItemType::boolean && is_asked(item))
                order.answers.push_back({item.path, {R"({"valueBoolean":false})"}});
        does(std::move(order));
        if (came<FormPageShown>()) shown = page();
    }
    EXPECT_FALSE(came_to<FormReviewShown>().signature);
    does(FinishForm{});
    EXPECT_FALSE(came_to<FormKept>().stopped);
    EXPECT_EQ(of_type(bundle(Lane::consents), "Consent")["status"], "rejected");
}

TEST_F(FilledInForms, BeforeTheFirstPageAreTheFormsOnOffer) {
    opens();
    goes(To::back);
    EXPECT_EQ(came_to<FormsDue>().forms.size(), 1u);
}

TEST_F(FilledInForms, AfterTheLastReviewGoesBackToIt) {
    fills(1);
    goes(To::back);
    EXPECT_EQ(page().number, page().of);
    goes(To::next);
    EXPECT_TRUE(came<FormReviewShown>());
}

TEST_F(FilledInForms, ThatCannotBeSavedSayNothingOfHavingBeen) {
    const auto first = opens();
    auto held = records();
    auto batch = held.begin().value();
    chooses(first, 1);
    EXPECT_EQ(came_to<FormFailed>().code, Error::Code::busy);
}

TEST_F(FilledInForms, OfYesterdayAreSentAsFarAsTheyAre) {
    chooses(opens(), 2);
    clock.advance(24h);
    effects->keep_house();
    EXPECT_EQ(records().counts(clock.now()).value().drafts, 0);
    EXPECT_EQ(of_type(bundle(), "QuestionnaireResponse")["status"], "in-progress");
}

TEST_F(FilledInForms, ThatTheClinicChangedMeanwhileBeginAnewAndLoseNothing) {
    const auto folder = data / "own";
    std::filesystem::create_directories(folder);
    const auto publish = [&](const std::string& link_id) {
        std::ofstream(folder / "f.json")
            << R"({"resourceType":"Questionnaire","url":"https://clinic.example/f",)"
               R"("status":"active","language":"en","extension":[{"url":)"
               R"("urn:foyer:form-language","valueCode":"en"}],"item":[{"linkId":")"
            << link_id << R"(","type":"boolean","text":"?"}]})";
    };
    publish("first");
    site.forms_directory = folder.string();
    asks_for({"f"});
    does(SaveAnswers{{{question(opens()).path, {R"({"valueBoolean":true})"}}},
                     {To::stay}});
    publish("second");
    starts_again();
    const auto shown = opens();
    EXPECT_EQ(question(shown).path.back().link_id, "second");
    EXPECT_TRUE(drafts().empty());
    EXPECT_EQ(of_type(bundle(), "QuestionnaireResponse")["item"][0]["linkId"], "first");
}

TEST_F(FilledInForms, AreForgottenWhenThePatientGoes) {
    chooses(opens(), 1);
    does(EndSession{});
    does(OpenForm{});
    EXPECT_TRUE(came<FormsOver>());
}

TEST_F(FilledInForms, TakeAPictureOfACard) {
    asks_for({"insurance-change"});
    auto shown = opens();
    ASSERT_FALSE(question(shown).options.empty());
    chooses(shown, 1, To::next);
    shown = page();
    for (int pages = 0; pages < 10 && question(shown).type != ItemType::attachment;
         ++pages) {
        goes(To::next);
        shown = page();
    }
    does(TakePhoto{question(shown).path});
    ASSERT_EQ(question(page()).answers.size(), 1u);
    EXPECT_NE(question(page()).answers[0].json.find("image/png"), std::string::npos);
    EXPECT_EQ(camera.taken(), 1);
}

}  // namespace
}  // namespace foyer
