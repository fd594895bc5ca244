#include "kiosk/commands/play.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "kiosk/play/on_screen.h"
#include "kiosk/play/runner.h"
#include "kiosk/play/story.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

Story read(const std::string& text) {
    auto parsed = parse_story(text, "stories/a.story");
    if (!parsed) ADD_FAILURE() << parsed.error().what;
    return parsed ? *parsed : Story{};
}

std::string complaint(const std::string& text) {
    const auto parsed = parse_story(text, "stories/a.story");
    return parsed ? "none" : parsed.error().what;
}

template <class Deed>
Deed deed(const std::string& line) {
    const auto parsed = read(line);
    const auto* found =
        parsed.steps.empty() ? nullptr : std::get_if<Deed>(&parsed.steps[0].deed);
    if (found == nullptr) {
        ADD_FAILURE() << line << " is read as something else";
        return {};
    }
    return *found;
}

// --- reading -------------------------------------------------------------------------

TEST(StoryFile, HasHeadersStepsActorsAndComments) {
    const auto parsed = read(
        "# A comment.\n"
        "now: 2026-11-24T09:00:00-05:00\n"
        "config: time.idle_after = 20\n"
        "\n"
        "tap welcome.check_in\n"
        "  kiosk2:  see Welcome.\n");
    EXPECT_EQ(parsed.name, "a");
    EXPECT_EQ(parsed.folder, "stories");
    EXPECT_EQ(parsed.now, "2026-11-24T09:00:00-05:00");
    ASSERT_EQ(parsed.config.size(), 1U);
    EXPECT_EQ(parsed.config[0].first, "time.idle_after");
    EXPECT_EQ(parsed.config[0].second, "20");
    ASSERT_EQ(parsed.steps.size(), 2U);
    EXPECT_EQ(parsed.steps[0].actor, "kiosk");
    EXPECT_EQ(parsed.steps[0].line, 5);
    EXPECT_EQ(parsed.steps[1].actor, "kiosk2");
    EXPECT_EQ(parsed.steps[1].line, 6);
}

TEST(StoryFile, TellsATextFromAKeyAndItsState) {
    EXPECT_EQ(deed<story::See>("see What is it?").what, "What is it?");
    EXPECT_EQ(deed<story::See>("see visits.row.1 is on").what, "visits.row.1");
    EXPECT_EQ(deed<story::See>("see visits.row.1 is on").is, "on");
    EXPECT_FALSE(deed<story::See>("not-see Maria").wanted);
    EXPECT_EQ(deed<story::SeeScreen>("see screen Done").name, "Done");
}

TEST(StoryFile, KnowsWaysToHoldASlip) {
    EXPECT_EQ(deed<story::Scan>("scan FOYER1:ABC").text, "FOYER1:ABC");
    const auto slip = deed<story::ScanSlip>("scan half slip php-1 patient maria");
    EXPECT_EQ(slip.appointment, "php-1");
    EXPECT_EQ(slip.patient, "maria");
    EXPECT_EQ(slip.fault, story::SlipFault::half);
}

TEST(StoryFile, CountsTimeInItsUnits) {
    EXPECT_EQ(deed<story::Wait>("wait 500ms").time.count(), 500);
    EXPECT_EQ(deed<story::Wait>("wait 10s").time.count(), 10'000);
    EXPECT_EQ(deed<story::Wait>("wait 2m").time.count(), 120'000);
}

TEST(StoryFile, ThatIsWrongIsRefusedWithItsLineAndWhatToWrite) {
    EXPECT_EQ(complaint("see Welcome.\nwait soon\n"),
              "a.story:2: write wait 500ms, 10s, 2m or 1h");
    EXPECT_EQ(complaint("tap\n"), "a.story:1: write tap KEY");
    EXPECT_EQ(complaint("tap one two\n"), "a.story:1: write tap KEY");
    EXPECT_TRUE(
        complaint("\n\nfly home\n")
            .starts_with("a.story:3: unknown step \"fly\": write one of scan, "));
    EXPECT_EQ(complaint("tap a\nnow: 2026-11-24T09:00:00-05:00\n"),
              "a.story:2: now: belongs before the first step");
    EXPECT_TRUE(
        complaint("colour: blue\ntap a\n").starts_with("a.story:1: unknown header"));
    EXPECT_EQ(complaint("config: idle = 20\ntap a\n"),
              "a.story:1: write config: SECTION.KEY = VALUE");
    EXPECT_EQ(complaint("# nothing\n"), "a.story:1: a story needs at least one step");
}

TEST(Remembered, TextsAreFilledIn) {
    EXPECT_EQ(recall("see {a}!", {{"a", "Fern 27"}}).value(), "see Fern 27!");
    EXPECT_EQ(recall("{not closed", {}).value(), "{not closed");
    EXPECT_EQ(recall("{} {1} {A}", {}).value(), "{} {1} {A}");
    EXPECT_FALSE(recall("{b}", {{"a", "Fern 27"}}));
}

TEST(SiteFile, IsWrittenOverWhereAValueStandsAndAddedToWhereItDoesNot) {
    const std::string file =
        "[site]\nid = \"a\"\n\n[device]\nindex = 0\nname = \"b\"\n";
    EXPECT_EQ(override_value(file, "device.index", "1"),
              "[site]\nid = \"a\"\n\n[device]\nindex = 1\nname = \"b\"\n");
    EXPECT_EQ(
        override_value(file, "site.name", "\"c\""),
        "[site]\nname = \"c\"\nid = \"a\"\n\n[device]\nindex = 0\nname = \"b\"\n");
    EXPECT_EQ(override_value(file, "staff.pin_hash", "\"\""),
              file + "[staff]\npin_hash = \"\"\n");
}

// --- a finger ------------------------------------------------------------------------

class Finger : public testing::Test {
protected:
    OnScreen screen;

    SeenNode& button(const std::string& key, Rect rect) {
        SeenNode node;
        node.key = key;
        node.role = "button";
        node.tap = true;
        node.rect = rect;
        screen.nodes.push_back(node);
        return screen.nodes.back();
    }
    std::string refusal(const std::string& key, bool to_hold = false) const {
        const auto spot = finger_spot(screen, key, to_hold);
        return spot ? "none" : spot.error().what;
    }
};

TEST_F(Finger, ComesDownInTheMiddle) {
    button("a", {10, 20, 100, 40});
    const auto spot = finger_spot(screen, "a", false);
    ASSERT_TRUE(spot);
    EXPECT_EQ(spot->x, 60);
    EXPECT_EQ(spot->y, 40);
}

TEST_F(Finger, CannotReachWhatIsNotThere) {
    EXPECT_EQ(refusal("a"), "a is not on the screen");
    screen.pages = 2;
    EXPECT_EQ(refusal("a"), "a is not on this page");
}

TEST_F(Finger, CannotReachWhatIsCovered) {
    button("a", {10, 20, 100, 40});
    button("b", {50, 0, 100, 100});
    EXPECT_EQ(refusal("a"), "a is covered by b");
    EXPECT_EQ(refusal("b"), "none");
}

TEST_F(Finger, PassesThroughWhatTakesNoFinger) {
    button("a", {10, 20, 100, 40});
    button("b", {50, 0, 100, 100}).disabled = true;
    EXPECT_EQ(refusal("a"), "none");
}

TEST_F(Finger, CannotUseWhatIsDisabledInertCutOrPlainText) {
    button("disabled", {0, 0, 10, 10}).disabled = true;
    button("inert", {20, 0, 10, 10}).inert = true;
    button("cut", {40, 0, 10, 10}).truncated = true;
    button("text", {60, 0, 10, 10}).tap = false;
    EXPECT_EQ(refusal("disabled"), "disabled is disabled");
    EXPECT_EQ(refusal("inert"), "inert lies under a cover");
    EXPECT_EQ(refusal("cut"), "cut is cut short");
    EXPECT_EQ(refusal("text"), "text cannot be tapped");
    EXPECT_EQ(refusal("text", true), "text cannot be held");
}

TEST(Answer, IsReadIntoWhatAPersonSees) {
    const auto answer = read_answer(
        R"({"ok":true,"screen":"Done","printed":2,"tree":{"page":0,"pages":1,"nodes":[)"
        R"({"role":"heading","key":"done.title","label":"You're\nhere","rect":[1,2,3,4]},)"
        R"({"role":"button","key":"a","rect":[1,2,3,4],"tap":true,"checked":false}]}})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->screen, "Done");
    EXPECT_TRUE(answer->says("You're here"));
    EXPECT_TRUE(answer->says("done.title"));
    EXPECT_FALSE(answer->says("you're"));
    EXPECT_EQ(answer->find("a")->checked, false);
    EXPECT_FALSE(read_answer("[]"));
    EXPECT_FALSE(read_answer(R"({"ok":true,"screen":4})"));
}

// --- playing, with the program itself
// --------------------------------------------------

class Playing : public testing::Test {
protected:
    Playing() {
        char name[] = "/tmp/foyer-play-test-XXXXXX";
        folder = mkdtemp(name);
    }
    ~Playing() override { fs::remove_all(folder); }

    fs::path folder;
    std::string told;

    bool goes_well(const std::string& text) {
        const PlaySetting setting{.program = FOYER_PROGRAM,
                                  .folder = folder / "data",
                                  .shots = {},
                                  .failure = folder / "failed.png"};
        std::ostringstream out;
        const bool well = play_story(read(text), setting, out);
        told = out.str();
        return well;
    }
    bool tells(const std::string& what) const {
        return told.find(what) != std::string::npos;
    }
};

TEST_F(Playing, AStoryThatGoesWellSaysNothing) {
    EXPECT_TRUE(goes_well("tap welcome.check_in\nsee screen FindMe\n")) << told;
    EXPECT_EQ(told, "");
}

TEST_F(Playing, AFailedStepTellsWhereWhyAndWhatWasOnTheScreenAndLeavesAPicture) {
    EXPECT_FALSE(goes_well("see Welcome.\n\ntap welcome.nothing\n"));
    EXPECT_TRUE(tells("a.story:3: tap welcome.nothing")) << told;
    EXPECT_TRUE(tells("welcome.nothing is not on the screen")) << told;
    EXPECT_TRUE(tells("on the screen: Welcome")) << told;
    EXPECT_TRUE(tells("button welcome.check_in \"Check in")) << told;
    EXPECT_GT(fs::file_size(folder / "failed.png"), 1000U);
}

TEST_F(Playing, TheWrongScreenFails) {
    EXPECT_FALSE(goes_well("see screen Done\n"));
    EXPECT_TRUE(tells("the screen is Welcome")) << told;
}

TEST_F(Playing, TypingIntoNothingFails) {
    EXPECT_FALSE(goes_well("type Castellano\n"));
    EXPECT_TRUE(tells("no field has the caret")) << told;
}

TEST_F(Playing, ADisabledButtonFails) {
    EXPECT_FALSE(
        goes_well("scan slip maria-1000-2026-11-23\ntap confirm.yes\n"
                  "tap visits.row.1\ntap visits.check_in\n"));
    EXPECT_TRUE(tells("visits.check_in is disabled")) << told;
}

TEST_F(Playing, ACrashThatNeverComesFails) {
    EXPECT_FALSE(goes_well("crash after PrintSlip\ntap welcome.check_in\n"));
    EXPECT_TRUE(tells("never came")) << told;
}

TEST_F(Playing, WrongCountsFail) {
    EXPECT_FALSE(goes_well("check-ins 1\n"));
    EXPECT_TRUE(tells("check_ins_today is 0")) << told;
}

TEST_F(Playing, AProgramThatIsNotThereFails) {
    const PlaySetting setting{.program = folder / "nothing",
                              .folder = folder / "data",
                              .shots = {},
                              .failure = folder / "failed.png"};
    std::ostringstream out;
    EXPECT_FALSE(play_story(read("see Welcome.\n"), setting, out));
}

TEST_F(Playing, AStoryThatCannotBeReadIsAMistakeAndNotAFailure) {
    PlayOptions options;
    options.program = FOYER_PROGRAM;
    options.stories = {folder / "bad.story"};
    std::ofstream(options.stories.front()) << "fly home\n";
    EXPECT_EQ(play(options), 2);
    options.stories = {folder / "none.story"};
    EXPECT_EQ(play(options), 2);
}

}  // namespace
}  // namespace foyer
