#include "kiosk/ui/ui.h"

#include <functional>
#include <gtest/gtest.h>

#include "kiosk/assets.h"
#include "kiosk/ui/icons.h"
#include "tests/canvas_of_alpha.h"

using namespace foyer;
using namespace std::chrono_literals;

namespace {

/// A screen made for a test, and somebody who uses it.
class Widgets : public testing::Test {
protected:
    Widgets() {
        EXPECT_TRUE(open_translations(asset("locale").string()));
        scene.clinic = "Sycamore Outpatient";
    }

    using Screen = std::function<void(Ui&)>;
    /// Frames until the widgets are at rest.
    void show(const Screen& screen) {
        screen_ = screen;
        frame();
    }
    void frame() {
        for (int count = 0; count < 4; ++count) {
            ui.begin(scene);
            {
                const auto body = ui.region(Region::body);
                screen_(ui);
            }
            ui.end();
            if (!ui.restless()) break;
        }
    }

    const Node& at(std::string_view key) {
        const auto id = ui.shown().find(key);
        if (id != no_node) return ui.shown()[id];
        ADD_FAILURE() << key << " is not shown";
        static const Node none;
        return none;
    }
    bool shows(std::string_view key) { return ui.shown().find(key) != no_node; }

    void press(std::string_view key) {
        const auto& rect = at(key).rect;
        ui.finger(Ui::Finger::down, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    }
    void lift(std::string_view key) {
        const auto& rect = at(key).rect;
        ui.finger(Ui::Finger::up, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    }
    void tap(std::string_view key) {
        press(key);
        lift(key);
        frame();
    }
    /// Letters on the on-screen keyboard, as they stand on it.
    void taps_keys(std::initializer_list<const char*> keys) {
        for (const char* key : keys) tap(std::string("key.") + key);
    }

    CanvasOfAlpha canvas;
    TextEngine text{canvas};
    Ui ui{text};
    Scene scene;
    std::chrono::milliseconds now{0};

private:
    Screen screen_;
};

/// Two fields, as find-me has.
struct Form {
    std::string name, month, day;
    int submitted = 0;

    void operator()(Ui& ui) {
        if (auto typed = ui.field("identify.last_name", name, {})) name = *typed;
        const auto block = ui.block();
        const auto row = ui.beside(130);
        for (auto [key, part] :
             {std::pair{"identify.month", &month}, {"identify.day", &day}})
            if (auto typed = ui.field(
                    key, *part,
                    {.kind = FieldKind::digits, .max = 2, .small_label = true}))
                *part = *typed;
        if (ui.submitted()) ++submitted;
    }
};

}  // namespace

// --- tapping -------------------------------------------------------------------------

TEST_F(Widgets, AnswerATapOnce) {
    int yes = 0, no = 0;
    show([&](Ui& screen) {
        if (screen.button("confirm.yes", Button::primary)) ++yes;
        if (screen.button("confirm.no", Button::plain)) ++no;
    });
    tap("confirm.yes");
    frame();
    EXPECT_EQ(yes, 1);
    EXPECT_EQ(no, 0);
}

TEST_F(Widgets, ShowAPressInTheNextFrame) {
    show([](Ui& screen) { screen.button("confirm.yes", Button::primary); });
    press("confirm.yes");
    frame();
    EXPECT_TRUE(at("confirm.yes").pressed);
    lift("confirm.yes");
    frame();
    EXPECT_FALSE(at("confirm.yes").pressed);
}

TEST_F(Widgets, LetAFingerThinkBetterOfIt) {
    int yes = 0;
    show([&](Ui& screen) {
        if (screen.button("confirm.yes", Button::primary)) ++yes;
        screen.button("confirm.no", Button::plain);
    });
    press("confirm.yes");
    lift("confirm.no");
    frame();
    EXPECT_EQ(yes, 0);
    press("confirm.yes");
    ui.finger(Ui::Finger::moved, 5, 5, now);
    lift("confirm.yes");
    frame();
    EXPECT_EQ(yes, 0);
}

TEST_F(Widgets, IgnoreATapOnWhatIsDisabled) {
    int tapped = 0;
    show([&](Ui& screen) {
        if (screen.button("done.printing", Button::plain, icon::printer, {}, false))
            ++tapped;
    });
    tap("done.printing");
    EXPECT_EQ(tapped, 0);
    EXPECT_TRUE(at("done.printing").disabled);
}

TEST_F(Widgets, TellAHoldFromATap) {
    int held = 0;
    show([&](Ui& screen) {
        if (screen.header("Mon, Nov 23", "9:41 AM")) ++held;
    });
    tap("header.clinic");
    EXPECT_EQ(held, 0);
    press("header.clinic");
    ASSERT_EQ(ui.hold_due(), now + 2s);
    EXPECT_FALSE(ui.tick(now + 1900ms));
    EXPECT_TRUE(ui.tick(now + 2s));
    frame();
    EXPECT_EQ(held, 1);
}

TEST_F(Widgets, ForgetAHoldThatWasLostHalfway) {
    show([](Ui& screen) { screen.header("Mon, Nov 23", "9:41 AM"); });
    press("header.clinic");
    ui.finger(Ui::Finger::lost, 0, 0, now);
    EXPECT_EQ(ui.hold_due(), std::nullopt);
}

// --- typing --------------------------------------------------------------------------

TEST_F(Widgets, FocusTheFirstFieldAndShowItsKeyboard) {
    Form form;
    show(std::ref(form));
    EXPECT_TRUE(at("identify.last_name").focused);
    EXPECT_TRUE(shows("key.q"));
    EXPECT_FALSE(shows("key.7"));
}

TEST_F(Widgets, ShowTheNumberPadForDigits) {
    Form form;
    show(std::ref(form));
    tap("identify.day");
    EXPECT_TRUE(at("identify.day").focused);
    EXPECT_TRUE(shows("key.7"));
    EXPECT_FALSE(shows("key.q"));
}

TEST_F(Widgets, TypeANameBeginningWithACapital) {
    Form form;
    show(std::ref(form));
    EXPECT_EQ(at("key.shift").checked, true);
    taps_keys({"l", "e", "e"});
    EXPECT_EQ(form.name, "Lee");
    taps_keys({"hyphen", "a", "erase"});
    EXPECT_EQ(form.name, "Lee-");
    EXPECT_EQ(at("key.shift").checked, true);
}

TEST_F(Widgets, TypeAccentsAndGoBackToTheLetters) {
    Form form;
    show(std::ref(form));
    taps_keys({"n", "accents"});
    EXPECT_FALSE(shows("key.q"));
    taps_keys({"ú", "e"});
    EXPECT_EQ(form.name, "Núe");
}

TEST_F(Widgets, GoFromFieldToFieldByNext) {
    Form form;
    show(std::ref(form));
    tap("key.next");
    EXPECT_TRUE(at("identify.month").focused);
    tap("key.next");
    EXPECT_TRUE(at("identify.day").focused);
    EXPECT_EQ(form.submitted, 0);
    tap("key.next");
    EXPECT_EQ(form.submitted, 1);
}

TEST_F(Widgets, MoveOnWhenAPartOfADateIsFull) {
    Form form;
    show(std::ref(form));
    tap("identify.month");
    taps_keys({"0", "4", "1", "7", "9"});
    EXPECT_EQ(form.month, "04");
    EXPECT_EQ(form.day, "17");
    EXPECT_TRUE(at("identify.day").focused);
}

TEST_F(Widgets, GoBackToThePartBeforeWhenErasingAnEmptyOne) {
    Form form;
    form.month = "04";
    show(std::ref(form));
    tap("identify.day");
    taps_keys({"erase"});
    EXPECT_TRUE(at("identify.month").focused);
    taps_keys({"erase"});
    EXPECT_EQ(form.month, "0");
}

TEST_F(Widgets, TakeAHardwareKeyboardToo) {
    Form form;
    show(std::ref(form));
    EXPECT_TRUE(ui.typed("Nguyễn"));
    frame();
    EXPECT_EQ(form.name, "Nguyễn");
    ui.stroke(Ui::Stroke::back, false);
    frame();
    EXPECT_EQ(form.name, "Nguyễ");
    ui.stroke(Ui::Stroke::enter, false);
    frame();
    EXPECT_TRUE(at("identify.month").focused);
    EXPECT_TRUE(ui.typed("x4"));
    frame();
    EXPECT_EQ(form.month, "4");
}

TEST_F(Widgets, CopyCutAndPasteWithinTheSession) {
    Form form;
    form.name = "Lee";
    show(std::ref(form));
    ui.stroke(Ui::Stroke::all, false);
    ui.stroke(Ui::Stroke::cut, false);
    frame();
    EXPECT_EQ(form.name, "");
    ui.stroke(Ui::Stroke::paste, false);
    ui.stroke(Ui::Stroke::paste, false);
    frame();
    EXPECT_EQ(form.name, "LeeLee");
    ui.stroke(Ui::Stroke::undo, false);
    frame();
    EXPECT_EQ(form.name, "");
}

TEST_F(Widgets, DropTheClipboardWithTheSession) {
    Form form;
    form.name = "Lee";
    show(std::ref(form));
    ui.stroke(Ui::Stroke::all, false);
    ui.stroke(Ui::Stroke::copy, false);
    ui.wipe();
    form.name.clear();
    frame();
    ui.stroke(Ui::Stroke::paste, false);
    frame();
    EXPECT_EQ(form.name, "");
}

TEST_F(Widgets, KeepWhatTheScreenSaysWhenNobodyTyped) {
    Form form;
    show(std::ref(form));
    form.name = "Given by the screen";
    frame();
    EXPECT_EQ(at("identify.last_name").value, "Given by the screen");
}

TEST_F(Widgets, HideThePinAndSayNothingOfIt) {
    std::string pin = "4213";
    show([&](Ui& screen) {
        screen.field("staff.pin", pin,
                     {.kind = FieldKind::digits, .max = 12, .hidden = true});
    });
    for (const auto& node : ui.shown().nodes)
        EXPECT_EQ(node.words.find("4213"), std::string::npos);
    EXPECT_EQ(to_json(ui.shown()).find("4213"), std::string::npos);
}

// --- languages, comfort, pages -------------------------------------------------------

TEST_F(Widgets, SpeakTheLanguageChosen) {
    show([](Ui& screen) { screen.button("confirm.yes", Button::primary); });
    EXPECT_EQ(at("confirm.yes").label, "Yes, that is me");
    scene.comfort.language = "es";
    frame();
    EXPECT_EQ(at("confirm.yes").label, "Sí, soy yo");
}

TEST_F(Widgets, StandTheOtherWayRoundInArabic) {
    show([](Ui& screen) {
        screen.header("Mon, Nov 23", "9:41 AM");
        screen.note(icon::lock, "identify.private");
    });
    const auto clinic = at("header.clinic").rect, time = at("header.time").rect;
    EXPECT_LT(clinic.x, time.x);
    scene.comfort.language = "ar";
    frame();
    EXPECT_FLOAT_EQ(at("header.clinic").rect.right(), 1080 - clinic.x);
    EXPECT_GT(at("header.clinic").rect.x, at("header.time").rect.x);
}

TEST_F(Widgets, GrowTextByThePatientsSize) {
    show([](Ui& screen) { screen.lead("confirm.lead"); });
    const float normal = at("confirm.lead").rect.h;
    scene.comfort.text = TextSize::largest;
    frame();
    EXPECT_GT(at("confirm.lead").rect.h, normal * 1.4F);
}

TEST_F(Widgets, TurnPagesOfAScreenThatDoesNotFit) {
    show([](Ui& screen) {
        for (int i = 1; i <= 20; ++i)
            screen.choice("choice." + std::to_string(i), "One of many", false);
        screen.back();
        screen.primary("easier.done");
    });
    EXPECT_EQ(ui.shown().pages, 2);
    EXPECT_TRUE(shows("common.back"));
    EXPECT_FALSE(shows("easier.done"));
    tap("page.next");
    EXPECT_EQ(ui.shown().page, 1);
    EXPECT_TRUE(shows("choice.20"));
    EXPECT_TRUE(shows("easier.done"));
    EXPECT_FALSE(shows("common.back"));
    tap("page.back");
    EXPECT_TRUE(shows("choice.1"));
}

TEST_F(Widgets, TurnToThePageOfTheNextField) {
    std::string values[12];
    show([&](Ui& screen) {
        for (int i = 0; i < 12; ++i) {
            const std::string key = "field." + std::to_string(i);
            screen.field(key.c_str(), values[i], {});
        }
    });
    ASSERT_GT(ui.shown().pages, 1);
    while (shows("field.1")) tap("key.next");
    EXPECT_EQ(ui.shown().page, 1);
    const auto& nodes = ui.shown().nodes;
    EXPECT_TRUE(std::ranges::any_of(nodes, [&](const Node& node) {
        return node.focused && node.actions.edit && node.page == 1;
    }));
}

TEST_F(Widgets, ForgetFocusTextAndPageWhenTheScreenChanges) {
    Form form;
    show(std::ref(form));
    tap("identify.day");
    scene.screen = 1;
    frame();
    EXPECT_TRUE(at("identify.last_name").focused);
}

// --- privacy -------------------------------------------------------------------------

TEST_F(Widgets, LeavePrivateValuesOutOfTheTreeAsJson) {
    Form form;
    form.name = "Castellano";
    show(std::ref(form));
    EXPECT_EQ(at("identify.last_name").value, "Castellano");
    EXPECT_EQ(to_json(ui.shown()).find("Castellano"), std::string::npos);
}

TEST_F(Widgets, KeepNothingAfterAWipe) {
    Form form;
    form.name = "Castellano";
    show(std::ref(form));
    ui.wipe();
    EXPECT_TRUE(ui.shown().nodes.empty());
}
