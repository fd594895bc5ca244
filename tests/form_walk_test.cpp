#include <gtest/gtest.h>

#include "kiosk/forms/typing.h"
#include "kiosk/forms/walk.h"

using namespace foyer;

namespace {

/// A form as a session would describe it, written down item by item.
class Form {
public:
    ItemState& add(const std::string& link_id, ItemType type, int parent = -1,
                   const std::string& text = {}) {
        ItemState item;
        if (parent >= 0) item.path = items[std::size_t(parent)].path;
        item.path.push_back({link_id});
        item.depth = parent >= 0 ? items[std::size_t(parent)].depth + 1 : 0;
        item.parent = parent;
        item.type = type;
        item.text = text.empty() ? link_id : text;
        items.push_back(item);
        return items.back();
    }
    int group(const std::string& text, int parent = -1) {
        add(text, ItemType::group, parent, text);
        return int(items.size()) - 1;
    }
    ItemState& ask(const std::string& link_id, int parent = -1) {
        return add(link_id, ItemType::choice, parent);
    }
    ItemState& say(const std::string& text, int parent = -1) {
        return add(text, ItemType::display, parent, text);
    }
    std::vector<FormPage> pages(bool whole = false) const {
        return pages_of(items, {.title = "Form", .whole = whole});
    }
    /// The linkIds of each page, "a b | c".
    std::string walk(bool whole = false) const {
        std::string text;
        for (const auto& page : pages(whole)) {
            if (!text.empty()) text += " | ";
            std::string on_page;
            for (const auto& item : page.items)
                on_page += (on_page.empty() ? "" : " ") + item.path.back().link_id;
            text += on_page;
        }
        return text;
    }

    std::vector<ItemState> items;
};

constexpr char two_weeks[] = "Over the last 2 weeks, how often were you bothered by:";

}  // namespace

TEST(FormWalk, AsksOneQuestionAPage) {
    Form form;
    form.ask("a");
    form.ask("b");
    EXPECT_EQ(form.walk(), "a | b");
    EXPECT_EQ(form.pages()[1].number, 2);
    EXPECT_EQ(form.pages()[1].of, 2);
}

TEST(FormWalk, LeavesOutWhatIsHiddenDisabledOrCalculated) {
    Form form;
    form.ask("a").hidden = true;
    form.ask("b").enabled = false;
    auto& score = form.add("score", ItemType::decimal);
    score.calculated = score.read_only = true;
    score.answers.push_back({R"({"valueDecimal":12})", "12"});
    const int gone = form.group("Gone");
    form.items.back().enabled = false;
    form.ask("c", gone);
    form.ask("d");
    EXPECT_EQ(form.walk(), "d");
}

TEST(FormWalk, AsksForASumOnlyWhereTheFormCannotDoWithoutIt) {
    Form form;
    auto& sum = form.add("sum", ItemType::integer);
    sum.calculated = true;
    form.ask("a");
    EXPECT_EQ(form.walk(), "a");
    form.items[0].required = true;
    EXPECT_EQ(form.walk(), "sum | a");
    form.items[0].answers = {{R"({"valueInteger":4})", "4"}};
    EXPECT_EQ(form.walk(), "a");
}

TEST(FormWalk, PutsTheTextThatLeadsInAboveTheQuestion) {
    Form form;
    form.say("hello.");
    form.ask("a");
    form.ask("b");
    EXPECT_EQ(form.walk(), "hello. a | b");
}

TEST(FormWalk, RepeatsTheBeginningOfASentenceOverEachQuestion) {
    Form form;
    const int group = form.group("How you have been");
    form.say(two_weeks, group);
    form.ask("a", group);
    form.ask("b", group);
    const auto pages = form.pages();
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].lead, two_weeks);
    EXPECT_EQ(pages[1].lead, two_weeks);
    EXPECT_EQ(pages[1].section, "How you have been");
    EXPECT_EQ(pages[1].section_number, 2);
    EXPECT_EQ(pages[1].section_of, 2);
}

TEST(FormWalk, TakesALongGroupTextAsLeadAndNotAsSection) {
    Form form;
    form.ask("a", form.group(two_weeks));
    EXPECT_EQ(form.pages()[0].lead, two_weeks);
    EXPECT_EQ(form.pages()[0].section, "");
}

TEST(FormWalk, GivesALongTextAPageOfItsOwn) {
    Form form;
    form.say(std::string(400, 'x')).path.back().link_id = "long";
    form.ask("a");
    form.say("end");
    EXPECT_EQ(form.walk(), "long | a | end");
    EXPECT_EQ(form.pages()[0].section_of, 0);
}

TEST(FormWalk, KeepsTheParagraphsOfAConsentTogether) {
    Form form;
    for (const char* name : {"p1", "p2", "p3", "p4"})
        form.say(std::string(600, 'x')).path.back().link_id = name;
    form.add("agree", ItemType::boolean);
    EXPECT_EQ(form.walk(), "p1 p2 | p3 p4 | agree");
}

TEST(FormWalk, ShowsAGridOnOnePage) {
    Form form;
    const int grid = form.group("Grid");
    form.items.back().control = ItemControl::grid;
    form.ask("a", grid);
    form.ask("b", grid);
    form.ask("c");
    EXPECT_EQ(form.walk(), "Grid a b | c");
    EXPECT_TRUE(form.pages()[0].whole);
    EXPECT_EQ(form.pages()[0].items[2].parent, 0);
}

TEST(FormWalk, ShowsWholePagesToWhoWantsThem) {
    Form form;
    const int first = form.group("First"), second = form.group("Second");
    form.ask("a", first);
    form.ask("b", first);
    form.ask("c", second);
    EXPECT_EQ(form.walk(), "a | b | c");
    EXPECT_TRUE(form.pages()[0].can_be_whole);
    EXPECT_EQ(form.walk(true), "a b | c");
}

TEST(FormWalk, ShowsEachInstanceOfAShortRepeatingGroup) {
    Form form;
    for (int i = 0; i < 2; ++i) {
        const int group = form.group("Medicine");
        form.items.back().repeats = true;
        form.items.back().path.back().index = i;
        form.ask("name", group);
        form.ask("dose", group);
    }
    EXPECT_EQ(form.walk(), "Medicine name dose | Medicine name dose");
    EXPECT_EQ(form.pages()[1].section, "Medicine 2");
}

TEST(FormWalk, OffersAnotherInstanceOnceAtTheEndOfTheLast) {
    Form form;
    for (int i = 0; i < 2; ++i) {
        const int group = form.group("Stay");
        form.items.back().repeats = form.items.back().can_add = true;
        form.items.back().path.back().index = i;
        for (const char* name : {"a", "b", "c", "d", "e", "f"}) form.ask(name, group);
    }
    const auto pages = form.pages();
    ASSERT_EQ(pages.size(), 12U);
    EXPECT_EQ(pages[4].items.size(), 1U);
    ASSERT_EQ(pages[5].items.size(), 2U);
    EXPECT_FALSE(pages[5].items[1].can_add);
    EXPECT_TRUE(pages[11].items[1].can_add);
}

TEST(FormWalk, AsksWhatFollowsFromAnAnswerOnAPageAfterIt) {
    Form form;
    form.ask("smoke");
    form.ask("how_much", 0);
    EXPECT_EQ(form.walk(), "smoke | how_much");
}

TEST(FormWalk, FindsTheWayBackWhenAPageIsGone) {
    Form form;
    form.ask("a");
    form.ask("b");
    form.ask("c");
    const auto here = place_of(form.pages()[1]);
    form.items[1].enabled = false;
    EXPECT_EQ(page_with(form.pages(), form.items, here), 0);
    EXPECT_EQ(page_with(form.pages(), form.items, form.items[2].path), 1);
}

TEST(FormWalk, TellsWhereTheKioskChangesHands) {
    Form form;
    const int guardian = form.group("For you");
    form.items.back().part = "guardian";
    form.ask("a", guardian);
    const int teen = form.group("For the teen");
    form.items.back().part = "teen";
    form.ask("b", teen);
    const auto pages = form.pages();
    EXPECT_EQ(hand_over_to_teen(pages, 0), std::nullopt);
    EXPECT_EQ(hand_over_to_teen(pages, 1), true);
    ASSERT_EQ(review_of(pages, "guardian").size(), 1U);
    EXPECT_EQ(review_of(pages, "guardian")[0].text, "a");
    EXPECT_EQ(review_of(pages, "teen")[0].text, "b");
}

TEST(FormWalk, ReviewsWhatWasAnsweredAndWhatNot) {
    Form form;
    form.ask("a").answers = {{"{}", "One"}, {"{}", "Two"}};
    form.ask("b").declined = true;
    form.ask("c").issues = {{FormIssue::Severity::error, "required", {}, "Please"}};
    const auto lines = review_of(form.pages(), "");
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].answer, "One, Two");
    EXPECT_TRUE(lines[1].declined);
    EXPECT_TRUE(lines[2].problem);
    EXPECT_EQ(lines[2].page, 2);
    EXPECT_EQ(first_problem(form.pages()), 2);
}

TEST(FormWalk, SaysAGroupsTroubleOnItsFirstPage) {
    Form form;
    form.ask("before");
    const int group = form.group("Group");
    form.items.back().issues = {{FormIssue::Severity::error, "constraint", {}, "No"}};
    form.ask("a", group);
    form.ask("b", group);
    EXPECT_EQ(first_problem(form.pages()), 1);
}

TEST(FormWalk, TakesEightSecondsAQuestionAndAMinuteAtLeast) {
    Form form;
    EXPECT_EQ(minutes_of(form.items), 1);
    for (int i = 0; i < 9; ++i) form.ask("q" + std::to_string(i));
    EXPECT_EQ(minutes_of(form.items), 2);
    EXPECT_EQ(form.pages().front().minutes_left, 2);
    EXPECT_EQ(form.pages().back().minutes_left, 1);
}

// --- what is typed ------------------------------------------------------------------

namespace {

using Part = FormTyping::Part;

/// A page of one item, and what is typed there.
struct Typing {
    explicit Typing(ItemType type) {
        page.items.emplace_back();
        page.items[0].path = {{"q"}};
        page.items[0].type = type;
    }
    Typing& type(Part part, const std::string& text, int answer = 0) {
        keep_typing(typing, {{{"q"}}, answer, part, text});
        return *this;
    }
    std::string answer() const {
        const auto typed = typed_answers(page, typing);
        if (typed.unreadable) return "unreadable";
        if (typed.answers.empty()) return "nothing";
        std::string text;
        for (const auto& value : typed.answers[0].values) text += value;
        return text;
    }
    ItemState& item() { return page.items[0]; }

    FormPage page;
    std::vector<FormTyping> typing;
};

}  // namespace

TEST(FormTyping, KeepsTheDigitsOfANumber) {
    EXPECT_EQ(Typing(ItemType::decimal).type(Part::value, " 1,50 ").answer(),
              R"({"valueDecimal":1.50})");
    EXPECT_EQ(Typing(ItemType::integer).type(Part::value, "007").answer(),
              R"({"valueInteger":7})");
    EXPECT_EQ(Typing(ItemType::integer).type(Part::value, "1.5").answer(),
              "unreadable");
    EXPECT_EQ(Typing(ItemType::integer).type(Part::value, "99999999999").answer(),
              "unreadable");
}

TEST(FormTyping, ClearsAnAnswerThatWasTypedAway) {
    Typing typing(ItemType::string);
    typing.item().answers = {{R"({"valueString":"old"})", "old"}};
    EXPECT_EQ(typing.answer(), "nothing");
    EXPECT_EQ(typing.type(Part::value, "").answer(), "");
}

TEST(FormTyping, TakesADateOnlyWhole) {
    Typing typing(ItemType::date);
    typing.type(Part::month, "2").type(Part::day, "30").type(Part::year, "2026");
    EXPECT_EQ(typing.answer(), "unreadable");
    typing.type(Part::day, "3");
    EXPECT_EQ(typing.answer(), R"({"valueDate":"2026-02-03"})");
    typing.type(Part::year, "26");
    EXPECT_EQ(typing.answer(), "unreadable");
}

TEST(FormTyping, TakesAYearWhereTheFormAsksForOne) {
    Typing typing(ItemType::date);
    typing.item().placeholder = "YYYY";
    EXPECT_EQ(typing.type(Part::year, "1999").answer(), R"({"valueDate":"1999"})");
}

TEST(FormTyping, ReadsTwelveOClockAsPeopleDo) {
    Typing typing(ItemType::time);
    typing.type(Part::hour, "12").type(Part::minute, "5").type(Part::half, "am");
    EXPECT_EQ(typing.answer(), R"({"valueTime":"00:05:00"})");
    typing.type(Part::half, "pm");
    EXPECT_EQ(typing.answer(), R"({"valueTime":"12:05:00"})");
}

TEST(FormTyping, SaysInWhichZoneAMomentIs) {
    Typing typing(ItemType::date_time);
    typing.page.utc_offset = -300;
    typing.type(Part::month, "11").type(Part::day, "23").type(Part::year, "2026");
    EXPECT_EQ(typing.answer(), R"({"valueDateTime":"2026-11-23"})");
    typing.type(Part::hour, "2").type(Part::minute, "30").type(Part::half, "pm");
    EXPECT_EQ(typing.answer(), R"({"valueDateTime":"2026-11-23T14:30:00-05:00"})");
}

TEST(FormTyping, GivesAQuantityTheUnitThatWasChosen) {
    Typing typing(ItemType::quantity);
    typing.item().units = {
        {R"({"valueCoding":{"system":"http://unitsofmeasure.org","code":"kg"}})",
         "kg",
         {},
         false,
         false}};
    typing.type(Part::unit, typing.item().units[0].json).type(Part::value, "70.0");
    EXPECT_EQ(typing.answer(), R"({"valueQuantity":{"value":70.0,"unit":"kg",)"
                               R"("system":"http://unitsofmeasure.org","code":"kg"}})");
}

TEST(FormTyping, DoesNotGuessAUnit) {
    Typing typing(ItemType::quantity);
    typing.item().units = {{"kg", "kg", {}, false, false},
                           {"lb", "lb", {}, false, false}};
    EXPECT_EQ(typing.type(Part::value, "150").answer(), "unreadable");
}

TEST(FormTyping, TakesWordsWhereAChoiceHasNoOptions) {
    EXPECT_EQ(Typing(ItemType::choice).type(Part::value, "Peru").answer(),
              R"({"valueCoding":{"display":"Peru"}})");
}

TEST(FormTyping, KeepsTheOtherAnswersOfAQuestionThatRepeats) {
    Typing typing(ItemType::string);
    typing.item().repeats = true;
    typing.item().answers = {{R"({"valueString":"a"})", "a"},
                             {R"({"valueString":"b"})", "b"}};
    typing.type(Part::value, "c", 2).type(Part::value, "A", 0);
    EXPECT_EQ(typing.answer(),
              R"({"valueString":"A"}{"valueString":"b"}{"valueString":"c"})");
}

TEST(FormTyping, SomethingElseStandsInForTheOneChoice) {
    Typing typing(ItemType::open_choice);
    typing.item().options = {{R"({"valueCoding":{"code":"x"}})", "X", {}, false, true}};
    typing.type(Part::other, "a \"word\"");
    EXPECT_EQ(typing.answer(), R"({"valueString":"a \"word\""})");
    typing.item().repeats = true;
    EXPECT_EQ(typing.answer(),
              R"({"valueCoding":{"code":"x"}}{"valueString":"a \"word\""})");
}

TEST(FormChoices, AnExclusiveOneTakesTheOthersBack) {
    ItemState item;
    item.type = ItemType::choice;
    item.repeats = true;
    item.options = {{"1", "One", {}, false, true},
                    {"2", "Two", {}, false, false},
                    {"0", "None", {}, true, false}};
    using Values = std::vector<std::string>;
    EXPECT_EQ(answers_after(item, item.options[1]), (Values{"1", "2"}));
    EXPECT_EQ(answers_after(item, item.options[0]), Values{});
    EXPECT_EQ(answers_after(item, item.options[2]), Values{"0"});
    item.options[0].chosen = false;
    item.options[2].chosen = true;
    EXPECT_EQ(answers_after(item, item.options[0]), Values{"1"});
}

TEST(FormChoices, ATapIsSeenBeforeTheSessionAnswers) {
    FormPage page;
    page.items.emplace_back();
    page.items[0].path = {{"q"}};
    page.items[0].declined = true;
    page.items[0].options = {{"1", "One", {}, false, true},
                             {"2", "Two", {}, false, false}};
    mark_answer(page, {{{"q"}}, {"2"}});
    EXPECT_FALSE(page.items[0].options[0].chosen);
    EXPECT_TRUE(page.items[0].options[1].chosen);
    EXPECT_FALSE(page.items[0].declined);
    EXPECT_EQ(page.items[0].answers[0].text, "Two");
}

TEST(FormSlider, StandsOnItsSteps) {
    ItemState item;
    item.min_value = "0";
    item.max_value = "1";
    item.slider_step = 0.25;
    const auto scale = scale_of(item);
    EXPECT_EQ(scale.literal(0.3), "0.25");
    EXPECT_EQ(scale.literal(7), "1.00");
}
