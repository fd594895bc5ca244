#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

#include "kiosk/commands/form.h"
#include "tests/support/forms.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// `foyer form session`, fed lines and answering with its replies.
class FormCommand : public testing::Test {
protected:
    std::vector<json> session(const std::string& form, const std::string& lines,
                              const std::string& language = "en") {
        const fs::path file = fs::path(testing::TempDir()) /
                              ("form-" + std::to_string(getpid()) + ".json");
        std::ofstream(file) << form;
        FormSessionOptions options;
        options.form = file;
        options.language = language;
        options.scores = fs::path(FOYER_SOURCE_DIR) / "assets/forms/scores.json";
        std::istringstream in(lines);
        std::ostringstream out, err;
        code = form_session_command(options, in, out, err);
        errors = err.str();
        fs::remove(file);
        std::vector<json> replies;
        std::istringstream reply_lines(out.str());
        for (std::string line; std::getline(reply_lines, line);)
            replies.push_back(json::parse(line));
        return replies;
    }
    static std::string form(const std::string& items) {
        return R"({"resourceType":"Questionnaire","status":"active","item":[)" + items +
               "]}";
    }
    int code = -1;
    std::string errors;
};

const std::string two = R"({"linkId":"a","type":"integer","text":"How many?"},)"
                        R"({"linkId":"g","type":"group","repeats":true,"item":[)"
                        R"({"linkId":"b","type":"string"}]})";

TEST_F(FormCommand, SpellsThePathOfAnIssueAsThatOfItsItem) {
    const auto replies =
        session(form(R"({"linkId":"g","type":"group","repeats":true,"item":[)"
                     R"({"linkId":"x","type":"string","required":true},)"
                     R"({"linkId":"y","type":"string"}]})"),
                R"({"set":["g","y"],"values":["a"]})"
                "\n"
                R"({"finish":true})"
                "\n"
                R"({"id":1,"set":["g",0,"x"],"values":[["a"]]})"
                "\n");
    ASSERT_EQ(replies.size(), 3u);
    EXPECT_EQ(replies[1]["error"]["path"], (json{"g", 0, "x"}));
    EXPECT_EQ(replies[1]["issues"][0]["path"], replies[1]["items"][1]["path"]);
    EXPECT_EQ(replies[2]["id"], 1);  // no FHIR, but whose line it was
}

TEST_F(FormCommand, AnswersEachLineWithTheWholeState) {
    const auto replies = session(form(two), R"({"state":true,"id":7})"
                                            "\n"
                                            R"({"set":["a"],"values":[3]})"
                                            "\n");
    ASSERT_EQ(replies.size(), 2u);
    EXPECT_EQ(replies[0]["ok"], true);
    EXPECT_EQ(replies[0]["id"], 7);
    EXPECT_EQ(replies[0]["items"][0]["text"], "How many?");
    EXPECT_EQ(replies[0]["items"][2]["path"], (json{"g", 0, "b"}));
    EXPECT_EQ(replies[1]["items"][0]["values"][0]["valueInteger"], 3);
    EXPECT_EQ(replies[1]["status"], "in-progress");
    EXPECT_EQ(code, 0);
}

TEST_F(FormCommand, ABareLinkIdWorksWhileItIsUnique) {
    const auto replies = session(form(two), R"({"set":"b","values":["x"]})"
                                            "\n"
                                            R"({"add":["g"]})"
                                            "\n"
                                            R"({"set":"b","values":["y"]})"
                                            "\n"
                                            R"({"set":["g",1,"b"],"values":["y"]})"
                                            "\n");
    EXPECT_EQ(replies[0]["ok"], true);
    EXPECT_EQ(replies[1]["path"], (json{"g", 1}));
    EXPECT_EQ(replies[2]["error"]["code"], "ambiguous");
    EXPECT_EQ(replies[3]["items"][4]["values"][0]["valueString"], "y");
}

TEST_F(FormCommand, AWrongLineChangesNothingAndTheSessionGoesOn) {
    const auto replies = session(form(two),
                                 "{not json\n"
                                 "[1]\n"
                                 R"({"id":"x","wish":1})"
                                 "\n"
                                 R"({"set":["a"],"values":["three"]})"
                                 "\n"
                                 R"({"set":["a"]})"
                                 "\n"
                                 R"({"set":{"a":1},"values":[1]})"
                                 "\n"
                                 R"({"set":["a"],"values":[[1]]})"
                                 "\n"
                                 R"({"set":["a"],"values":[null]})"
                                 "\n"
                                 R"({"set":["nowhere"],"values":[1]})"
                                 "\n"
                                 R"({"remove":["g",0]})"
                                 "\n"
                                 R"({"set":["a"],"values":[1,2]})"
                                 "\n"
                                 R"({"state":true})"
                                 "\n");
    ASSERT_EQ(replies.size(), 12u);
    for (std::size_t i = 0; i + 1 < replies.size(); ++i) {
        EXPECT_EQ(replies[i]["ok"], false) << i;
        EXPECT_TRUE(replies[i]["error"]["code"].is_string()) << i;
    }
    EXPECT_EQ(replies[2]["id"], "x");
    EXPECT_EQ(replies.back()["items"][0]["values"], json::array());
}

TEST_F(FormCommand, FinishSaysWhatIsMissingAndThenGivesTheResponse) {
    const auto replies =
        session(form(R"({"linkId":"a","type":"string","required":true})"),
                R"({"finish":true})"
                "\n"
                R"({"set":"a","values":["x"]})"
                "\n"
                R"({"finish":true})"
                "\n"
                R"({"set":"a","values":["y"]})"
                "\n");
    EXPECT_EQ(replies[0]["ok"], false);
    EXPECT_EQ(replies[0]["issues"][0]["code"], "required");
    EXPECT_EQ(replies[2]["response"]["status"], "completed");
    EXPECT_EQ(replies[2]["response"]["item"][0]["answer"][0]["valueString"], "x");
    EXPECT_TRUE(replies[2]["observations"].is_array());
    EXPECT_TRUE(replies[2]["safety"].is_array());
    EXPECT_EQ(replies[3]["error"]["code"], "finished");
}

TEST_F(FormCommand, AFormThatCannotBeReadEndsWithItsPlaceAndReason) {
    EXPECT_TRUE(session("{\n\"resourceType\": oops", "").empty());
    EXPECT_EQ(code, 1);
    EXPECT_NE(errors.find("line 2"), std::string::npos) << errors;
}

}  // namespace
}  // namespace foyer
