#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

#include "kiosk/forms/model.h"
#include "kiosk/forms/validate.h"
#include "tests/support/forms.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder, const std::string& ending) {
    std::set<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ending) found.insert(entry.path());
    return {found.begin(), found.end()};
}

/// What HL7's and our validator say of a pair: severity, code and place.
std::set<std::string> said_of(const Element& outcome) {
    std::set<std::string> said;
    for (const Element* issue : outcome.all("issue"))
        if (issue->text_of("severity") == "error")
            said.insert(std::string(issue->text_of("code")) + " at " +
                        std::string(issue->text_of("expression")));
    return said;
}

/// Fills a form in and answers the finished response, after our own validator.
FormOutput finished(const std::shared_ptr<const Questionnaire>& form,
                    const std::string& language, const std::string& name) {
    auto options = support::at_the_clinic();
    options.language = language;
    options.subject = R"({"resourceType":"Patient","id":"p1","birthDate":"1990-01-01",)"
                      R"("name":[{"family":"Walker","given":["Ada"]}]})";
    auto session =
        FormSession::start(form, &support::shipped_scores(), std::move(options));
    EXPECT_TRUE(session) << name;
    if (!session) return {};
    const auto refused = support::fill_in(*session);
    EXPECT_TRUE(refused.empty()) << name << ": " << refused.front();
    auto output = session->finish();
    EXPECT_TRUE(output) << name << ": " << output.error().path.back().link_id << ": "
                        << output.error().message;
    if (!output) return {};
    Elements home;
    const auto response = read_json(output->response, home);
    EXPECT_TRUE(response);
    const auto issues =
        validate_response(form->model(), **response, support::at_the_clinic().now);
    EXPECT_FALSE(has_errors(issues)) << name << ": " << write_outcome(issues);
    return *output;
}

class Samples : public testing::Test {
protected:
    void SetUp() override {
        const auto shared = support::shared_folder();
        if (!shared) GTEST_SKIP() << "no test data: set FOYER_SHARED";
        folder_ = *shared / "fhir";
    }
    fs::path folder_;
};

TEST_F(Samples, EveryPublicFormCanBeFilledInAndFinished) {
    const auto files = files_in(folder_ / "questionnaires", ".json");
    EXPECT_GE(files.size(), 17u);
    for (const fs::path& file : files)
        finished(support::form_file(file), "en", file.filename().string());
}

TEST_F(Samples, TheValidatorAgreesWithHl7s) {
    int pairs = 0;
    for (const auto& entry :
         fs::directory_iterator(folder_ / "questionnaire-response-validation-sample")) {
        ++pairs;
        const auto form = support::form_file(entry.path() / "questionnaire.json");
        Elements home;
        const auto response =
            read_json(support::text_of(entry.path() / "response.json"), home);
        const auto expected =
            read_json(support::text_of(entry.path() / "expected.json"), home);
        ASSERT_TRUE(response && expected);
        const auto outcome =
            read_json(write_outcome(validate_response(form->model(), **response,
                                                      support::at_the_clinic().now)),
                      home);
        ASSERT_TRUE(outcome);
        EXPECT_EQ(said_of(**outcome),
                  said_of(*(*expected)->one("outcomes")->one("java")))
            << entry.path().filename();
    }
    EXPECT_EQ(pairs, 12);
}

TEST(ShippedForms, AreFullySupportedAndCanBeFinishedInTheirLanguages) {
    int forms = 0;
    const char* exports = std::getenv("FOYER_EXPORTS");
    for (const fs::path& file :
         files_in(fs::path(FOYER_SOURCE_DIR) / "assets/forms", ".json")) {
        if (file.stem() == "scores") continue;
        ++forms;
        const auto form = support::form_file(file);
        for (const FormNotice& notice : form->notices())
            ADD_FAILURE() << file.stem() << ": " << notice.place << ": " << notice.what;
        for (const std::string language : {"en", "es"}) {
            const FormOutput output =
                finished(form, language, file.stem().string() + " " + language);
            if (!exports) continue;
            const fs::path base =
                fs::path(exports) / (file.stem().string() + "-" + language);
            std::ofstream(base.string() + ".json") << output.response;
            int number = 0;
            for (const std::string& one : output.observations)
                std::ofstream(base.string() + "-" + std::to_string(++number) + ".json")
                    << one;
        }
    }
    EXPECT_GE(forms, 25);
}

TEST(ShippedForms, WithoutAnOfficialTextAreNotOffered) {
    for (const char* name :
         {"c-ssrs-screener", "dast-10", "pcl-5", "whodas-2-12", "ahc-hrsn"})
        EXPECT_TRUE(support::shipped(name)->languages().empty()) << name;
    EXPECT_EQ(support::shipped("phq-9")->languages(),
              (std::vector<std::string>{"en", "es"}));
}

TEST(Validation, EitherReadingOfNotEqualIsTaken) {
    const auto form = support::form_of(
        R"({"linkId":"a","type":"string"},{"linkId":"b","type":"string","required":true,)"
        R"("enableWhen":[{"question":"a","operator":"!=","answerString":"x"}]})");
    Elements home;
    const auto response = read_json(
        R"({"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":)"
        R"("https://clinic.example/f"})",
        home);
    const auto issues =
        validate_response(form->model(), **response, support::at_the_clinic().now);
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues.front().severity, "information");
}

TEST(Validation, AnAnswerOfADisabledItemIsAnError) {
    const auto form = support::form_of(
        R"({"linkId":"a","type":"boolean"},{"linkId":"b","type":"string",)"
        R"("enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]})");
    Elements home;
    const auto response = read_json(
        R"({"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":)"
        R"("https://clinic.example/f","item":[{"linkId":"b","answer":[{"valueString":"x"}]}]})",
        home);
    const auto issues =
        validate_response(form->model(), **response, support::at_the_clinic().now);
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues.front().expression, "QuestionnaireResponse.item[0]");
    EXPECT_NE(issues.front().text.find("not enabled"), std::string::npos);
}

}  // namespace
}  // namespace foyer
