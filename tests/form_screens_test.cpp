#include <gtest/gtest.h>

#include "kiosk/assets.h"
#include "kiosk/forms/typing.h"
#include "kiosk/screens/form_item.h"
#include "kiosk/screens/screens.h"
#include "tests/canvas_of_alpha.h"

// Pages of a form under a finger: what a tap, a drag and typing are answered with.

using namespace foyer;
using namespace std::chrono_literals;

namespace {

using Part = FormTyping::Part;

/// A patient before a page. What flow.cpp makes of typing and answers is done here as
/// it does it; events are kept for the test to look at.
class FormScreens : public testing::Test {
protected:
    FormScreens() {
        EXPECT_TRUE(open_translations(asset("locale").string()));
        scene.clinic = "Sycamore Outpatient";
        scene.screen = screen_index<FormQuestions>;
    }

    ItemState& ask(const std::string& link_id, ItemType type) {
        auto& items = screen.page.items;
        items.emplace_back();
        items.back().path = {{link_id}};
        items.back().type = type;
        items.back().text = "What about " + link_id + "?";
        items.back().can_decline = true;
        return items.back();
    }
    static OptionState option(const std::string& text) {
        return {text, text, {}, false, false};
    }

    void look() {
        for (int frames = 0; frames < 16; ++frames) {
            ui.begin(scene);
            if (const auto event = show(Screen{screen}, ui)) {
                take(*event);
                continue;
            }
            ui.end();
            if (!ui.restless()) return;
        }
        ADD_FAILURE() << "the screen does not come to rest";
    }
    void take(const Event& event) {
        if (const auto* typed = std::get_if<AnswerTyped>(&event)) {
            keep_typing(screen.typing, typed->typing);
            return;
        }
        if (const auto* given = std::get_if<AnswerGiven>(&event)) {
            mark_answer(screen.page, {given->path, given->values});
            drop_typing(screen.typing, given->path);
        }
        events.push_back(event);
    }

    const Node& at(const std::string& key) {
        const auto id = ui.shown().find(key);
        if (id != no_node) return ui.shown()[id];
        ADD_FAILURE() << key << " is not shown";
        static const Node none;
        return none;
    }
    bool shows(const std::string& key) { return ui.shown().find(key) != no_node; }
    /// Puts a finger down at a place of a node, in 0..1, and lifts it at another.
    void drag(const std::string& key, std::pair<float, float> from,
              std::pair<float, float> to) {
        const auto rect = at(key).rect;
        const auto x = [&](const auto& point) { return rect.x + point.first * rect.w; };
        const auto y = [&](const auto& point) {
            return rect.y + point.second * rect.h;
        };
        ui.finger(Ui::Finger::down, x(from), y(from), 0ms);
        look();
        ui.finger(Ui::Finger::moved, x(to), y(to), 10ms);
        look();
        ui.finger(Ui::Finger::up, x(to), y(to), 20ms);
        look();
    }
    void tap(const std::string& key) { drag(key, {0.5F, 0.5F}, {0.5F, 0.5F}); }
    void type(const std::string& words) {
        ui.typed(words);
        look();
    }
    template <class E>
    const E& last() {
        if (events.empty() || !std::holds_alternative<E>(events.back())) {
            ADD_FAILURE() << "something else happened";
            static const E none;
            return none;
        }
        return std::get<E>(events.back());
    }

    CanvasOfAlpha canvas;
    TextEngine text{canvas};
    Ui ui{text};
    Scene scene;
    FormQuestions screen;
    std::vector<Event> events;
};

using Values = std::vector<std::string>;

}  // namespace

TEST_F(FormScreens, AnswerWithTheOptionThatWasTapped) {
    ask("mood", ItemType::choice).options = {option("good"), option("bad")};
    look();
    tap("form/mood.2");
    EXPECT_EQ(last<AnswerGiven>().values, Values{"bad"});
    EXPECT_TRUE(at("form/mood.2").checked.value_or(false));
}

TEST_F(FormScreens, BringTheKeyboardForSomethingElse) {
    auto& item = ask("home", ItemType::open_choice);
    item.options = {option("alone"), option("family")};
    look();
    EXPECT_FALSE(shows("key.a"));
    tap("form/home.other");
    EXPECT_TRUE(shows("key.a"));
    type("A boat");
    const auto typed = typed_answers(screen.page, screen.typing);
    ASSERT_EQ(typed.answers.size(), 1U);
    EXPECT_EQ(typed.answers[0].values, Values{R"({"valueString":"A boat"})"});
}

TEST_F(FormScreens, TypeAtOnceWhereThereIsNothingElseToDo) {
    ask("name", ItemType::string);
    look();
    EXPECT_TRUE(shows("key.q"));
    type("Mo");
    tap("key.next");
    last<FormNextTapped>();
}

TEST_F(FormScreens, GiveAnAnswerWhenThePatientGoesOnToTheNextField) {
    ask("first", ItemType::string);
    ask("second", ItemType::string);
    look();
    EXPECT_FALSE(shows("key.q"));
    tap("form/first");
    type("one");
    EXPECT_TRUE(events.empty());
    tap("form/second");
    EXPECT_EQ(last<AnswerGiven>().path, (ItemPath{{"first"}}));
    EXPECT_EQ(last<AnswerGiven>().values, Values{R"({"valueString":"one"})"});
}

TEST_F(FormScreens, SayWhatADateStillNeedsOnceItIsLeft) {
    ask("since", ItemType::date);
    look();
    type("13");
    EXPECT_FALSE(shows("form.bad_date"));
    screen.show_issues = true;
    look();
    EXPECT_TRUE(shows("form.bad_date"));
}

TEST_F(FormScreens, DoNotSayThatAnAnswerIsMissingBeforeContinueWasTapped) {
    auto& item = ask("mood", ItemType::choice);
    item.options = {option("good")};
    item.issues = {{FormIssue::Severity::error, "required", {}, "Please choose."}};
    look();
    EXPECT_FALSE(shows("form/mood.issue.1"));
    screen.show_issues = true;
    look();
    EXPECT_TRUE(shows("form/mood.issue.1"));
}

TEST_F(FormScreens, SetASliderWhereTheFingerIsLifted) {
    auto& item = ask("pain", ItemType::integer);
    item.control = ItemControl::slider;
    item.min_value = "0";
    item.max_value = "10";
    look();
    drag("form/pain", {0.1F, 0.5F}, {0.7F, 0.5F});
    EXPECT_EQ(last<AnswerGiven>().values, Values{R"({"valueInteger":7})"});
    tap("form/pain.more");
    EXPECT_EQ(last<AnswerGiven>().values, Values{R"({"valueInteger":8})"});
    EXPECT_EQ(events.size(), 2U);
}

TEST_F(FormScreens, BeginASliderAtItsLeastByItsButtons) {
    auto& item = ask("pain", ItemType::integer);
    item.control = ItemControl::slider;
    look();
    tap("form/pain.more");
    EXPECT_EQ(last<AnswerGiven>().values, Values{R"({"valueInteger":0})"});
}

TEST_F(FormScreens, TakeBackThatAPatientWouldRatherNotAnswer) {
    ask("mood", ItemType::choice).options = {option("good")};
    look();
    tap("form/mood.decline");
    EXPECT_EQ(last<AnswerDeclined>().path, (ItemPath{{"mood"}}));
    mark_declined(screen.page, {{"mood"}});
    look();
    EXPECT_TRUE(at("form/mood.decline").checked.value_or(false));
    tap("form/mood.decline");
    EXPECT_EQ(last<AnswerGiven>().values, Values{});
}

TEST_F(FormScreens, FindAnOptionAmongMany) {
    auto& item = ask("state", ItemType::choice);
    for (const char* name :
         {"Alabama", "Alaska", "Arizona", "Iowa", "Idaho", "Ohio", "Utah", "Texas",
          "Maine", "Nevada", "Oregon", "Kansas", "New Mexico", "New York"})
        item.options.push_back(option(name));
    look();
    tap("form/state.filter");
    type("new y");
    EXPECT_FALSE(shows("form/state.13"));
    tap("form/state.14");
    EXPECT_EQ(last<AnswerGiven>().values, Values{"New York"});
    EXPECT_FALSE(shows("form/state.filter"));
}

TEST_F(FormScreens, ForgetWhatWasTypedWhenAnotherPageComes) {
    ask("first", ItemType::string);
    look();
    type("secret");
    screen = {};
    ask("second", ItemType::string);
    look();
    EXPECT_EQ(at("form/second").value, "");
    EXPECT_EQ(ui.focused(), "form/second");
}

TEST_F(FormScreens, AddAnAnswerToAQuestionThatRepeats) {
    auto& item = ask("allergy", ItemType::string);
    item.repeats = true;
    look();
    type("Nuts");
    tap("form/allergy.another");
    type("Cats");
    const auto typed = typed_answers(screen.page, screen.typing);
    ASSERT_EQ(typed.answers.size(), 1U);
    EXPECT_EQ(typed.answers[0].values,
              (Values{R"({"valueString":"Nuts"})", R"({"valueString":"Cats"})"}));
}

TEST_F(FormScreens, OfferYesAndNoAlike) {
    ask("agree", ItemType::boolean);
    look();
    const auto yes = at("form/agree.yes"), no = at("form/agree.no");
    EXPECT_EQ(yes.rect.w, no.rect.w);
    EXPECT_EQ(yes.rect.h, no.rect.h);
    EXPECT_EQ(yes.fill, no.fill);
    tap("form/agree.no");
    EXPECT_EQ(last<AnswerGiven>().values, Values{R"({"valueBoolean":false})"});
}

TEST_F(FormScreens, KeepTheStrokesOfASignature) {
    const Ui::Trail drawn{{0.2F, 0.2F}, {0.8F, 0.6F}};
    FormSign sign;
    sign.draw = true;
    std::optional<SignatureStroke> made;
    const auto frame = [&] {
        ui.begin(scene);
        const auto event = show(Screen{sign}, ui);
        if (event && std::holds_alternative<SignatureStrokeMade>(*event))
            made = std::get<SignatureStrokeMade>(*event).stroke;
        ui.end();
    };
    frame();
    const auto rect = at("form_sign.pad").rect;
    const auto touch = [&](Ui::Finger what, std::pair<float, float> point) {
        ui.finger(what, rect.x + point.first * rect.w, rect.y + point.second * rect.h,
                  0ms);
        frame();
    };
    touch(Ui::Finger::down, drawn[0]);
    touch(Ui::Finger::moved, drawn[1]);
    EXPECT_FALSE(made);
    EXPECT_EQ(at("form_sign.pad").strokes.size(), 1U);
    // Off the pad is its edge.
    touch(Ui::Finger::moved, {2.0F, 0.5F});
    touch(Ui::Finger::up, {2.0F, 0.5F});
    ASSERT_TRUE(made);
    ASSERT_EQ(made->points.size(), 3U);
    EXPECT_NEAR(made->points[1].first, 0.8F, 0.01F);
    EXPECT_EQ(made->points[2].first, 1.0F);
}
