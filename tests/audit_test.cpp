#include "kiosk/audit/audit.h"

#include <functional>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "kiosk/assets.h"
#include "kiosk/audit/expected.h"
#include "kiosk/commands/audit_ui.h"
#include "kiosk/stage.h"
#include "kiosk/ui/icons.h"
#include "tests/canvas_of_alpha.h"

using namespace foyer;

namespace {

/// A small screen with nothing wrong, and room in it for one mistake.
class Audit : public testing::Test {
protected:
    Audit() {
        EXPECT_TRUE(open_translations(asset("locale").string()));
        scene.clinic = "Sycamore Outpatient";
    }

    void shows(const std::function<void(Ui&)>& more) {
        ui.begin(scene);
        {
            const auto body = ui.region(Region::body);
            ui.heading("confirm.title_plain");
            ui.button("confirm.yes", Button::primary, icon::check);
            more(ui);
        }
        if (has_footer) {
            const auto footer = ui.region(Region::footer);
            ui.pill("footer.help", Button::clay_soft, icon::help);
        }
        ui.end();
        tree = ui.shown();
    }

    /// A control that is nothing but a rectangle.
    static Node control(const std::string& key, float height) {
        Node node;
        node.key = key;
        node.role = Role::button;
        node.label = "Something to tap";
        node.actions.activate = true;
        node.before = 40;
        node.min_h = height;
        return node;
    }

    Node& at(const char* key) { return tree[tree.find(key)]; }

    std::set<std::string> broken() {
        painter.check(tree, ui.setting());
        std::set<std::string> rules;
        for (const auto& finding : audit(tree, ui.setting(), expected))
            rules.insert(finding.rule);
        return rules;
    }

    using Only = std::set<std::string>;
    CanvasOfAlpha canvas;
    TextEngine text{canvas};
    Painter painter{canvas};
    Ui ui{text};
    Scene scene;
    Tree tree;
    Expected expected;
    bool has_footer = true;
};

}  // namespace

TEST_F(Audit, FindsNothingOnAGoodScreen) {
    shows([](Ui&) {});
    EXPECT_EQ(broken(), Only{});
}

TEST_F(Audit, SaysWhichNodeAndByHowMuch) {
    shows([](Ui& screen) { screen.add(control("easier.done", 60)); });
    const auto findings = audit(tree, ui.setting(), expected);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].node, "easier.done");
    EXPECT_EQ(findings[0].what, "is 236.0 mm wide and 14.9 mm high");
    EXPECT_EQ(findings[0].rect, at("easier.done").rect);
}

// --- every rule is broken alone ------------------------------------------------------

TEST_F(Audit, FindsATargetTooLow) {
    shows([](Ui& screen) { screen.add(control("easier.done", 60)); });
    EXPECT_EQ(broken(), Only{"target-size"});
}

TEST_F(Audit, FindsAKeyTooNarrow) {
    shows([](Ui& screen) {
        const auto keyboard = screen.region(Region::keyboard);
        Node row;
        row.flow = Flow::row;
        const Ui::Inside inside(screen, screen.add(row));
        auto key = control("key.q", 104);
        key.role = Role::key;
        key.width = 40;
        screen.add(key);
    });
    EXPECT_EQ(broken(), Only{"key-size"});
}

TEST_F(Audit, FindsTargetsTooClose) {
    shows([](Ui& screen) {
        auto close = control("easier.done", 100);
        close.before = 8;
        screen.add(close);
    });
    EXPECT_EQ(broken(), Only{"target-gap"});
}

TEST_F(Audit, FindsATargetOverAnother) {
    shows([](Ui& screen) {
        screen.add(control("easier.done", 100));
        screen.add(control("contact.skip", 100));
    });
    at("contact.skip").rect.y -= 60;
    EXPECT_EQ(broken(), Only{"target-overlap"});
}

TEST_F(Audit, FindsCutText) {
    shows([](Ui& screen) { screen.lead("confirm.lead"); });
    at("confirm.lead").rect.h -= 3;
    EXPECT_EQ(broken(), Only{"cut-text"});
}

TEST_F(Audit, FindsInkOutsideItsNode) {
    shows([](Ui& screen) { screen.lead("confirm.lead"); });
    at("confirm.lead").style.line_height = 0.3F;
    EXPECT_EQ(broken(), Only{"overdrawn"});
}

TEST_F(Audit, FindsABrokenWord) {
    shows([](Ui& screen) {
        Node narrow;
        narrow.content = Content::text;
        narrow.role = Role::text;
        narrow.words = narrow.label = "Registrarse";
        narrow.max_w = 100;
        screen.add(narrow);
    });
    for (auto& node : tree.nodes)
        if (node.label == "Registrarse") node.rect.w = 100;
    EXPECT_EQ(broken(), Only{"broken-word"});
}

TEST_F(Audit, FindsTextTooSmallToRead) {
    shows([](Ui& screen) { screen.words("Small print", Align::start, 400, 20); });
    EXPECT_EQ(broken(), Only{"capital-height"});
}

TEST_F(Audit, AsksForLargerTextInTheLargestSize) {
    scene.comfort.text = TextSize::largest;
    shows([](Ui& screen) {
        Node fixed;
        fixed.content = Content::text;
        fixed.role = Role::text;
        fixed.words = fixed.label = "Not grown";
        fixed.fixed_size = true;
        screen.add(fixed);
    });
    EXPECT_EQ(broken(), Only{"capital-height"});
}

TEST_F(Audit, FindsACharacterWithoutAGlyph) {
    shows([](Ui& screen) { screen.words("\xf4\x8f\xbf\xbd"); });
    EXPECT_EQ(broken(), Only{"unknown-glyph"});
}

TEST_F(Audit, FindsWhatReachesOutOfWhatItStandsIn) {
    shows([](Ui& screen) { screen.add(control("easier.done", 100)); });
    at("easier.done").rect.w += 200;
    EXPECT_EQ(broken(), Only{"outside"});
}

TEST_F(Audit, FindsAScreenThatDoesNotFit) {
    shows([](Ui&) {});
    tree.does_not_fit = true;
    EXPECT_EQ(broken(), Only{"does-not-fit"});
}

TEST_F(Audit, FindsAControlAboveTheReachLine) {
    scene.comfort.reach = true;
    shows([](Ui& screen) {
        Node leaf;
        leaf.content = Content::text;
        leaf.role = Role::text;
        screen.add(leaf);
    });
    EXPECT_EQ(broken(), Only{});
    const auto line = reach_line(scene.display, scene.comfort);
    // Back to where it stands without the reach layout, its content with it.
    const float by = at("confirm.yes").rect.y - line / 2;
    const auto button = tree.find("confirm.yes");
    tree[button].rect.y -= by;
    for (const auto child : tree[button].children) tree[child].rect.y -= by;
    EXPECT_EQ(broken(), Only{"reach"});
}

TEST_F(Audit, FindsTextTooPale) {
    shows([](Ui& screen) {
        screen.words("Pale", Align::start, 400, 32, Color::outline);
    });
    EXPECT_EQ(broken(), Only{"text-contrast"});
}

TEST_F(Audit, FindsABorderNobodySees) {
    shows([](Ui& screen) {
        Node field;
        field.min_h = 100;
        field.border = Color::card_border;
        field.border_w = 4;
        field.border_means = true;
        screen.add(field);
    });
    EXPECT_EQ(broken(), Only{"border-contrast"});
}

TEST_F(Audit, FindsAControlWithoutAName) {
    shows([](Ui& screen) {
        auto nameless = control("easier.done", 100);
        nameless.label.clear();
        screen.add(nameless);
    });
    EXPECT_EQ(broken(), Only{"unnamed"});
}

TEST_F(Audit, FindsAKeyShownInPlaceOfWords) {
    shows([](Ui& screen) { screen.lead("nobody.wrote_this"); });
    EXPECT_EQ(broken(), Only{"untranslated"});
}

TEST_F(Audit, FindsTwoControlsWithOneKey) {
    shows([](Ui& screen) {
        screen.add(control("easier.done", 100));
        screen.add(control("easier.done", 100));
    });
    EXPECT_EQ(broken(), Only{"same-key"});
}

TEST_F(Audit, FindsANameThatIsNotPrivate) {
    expected.secrets = {"Maria"};
    shows([](Ui& screen) {
        screen.private_next();
        screen.words("Hello, Maria");
    });
    EXPECT_EQ(broken(), Only{});
    shows([](Ui& screen) { screen.words("Hello, Maria"); });
    EXPECT_EQ(broken(), Only{"not-private"});
}

TEST_F(Audit, FindsAFocusThatJumpsBack) {
    shows([](Ui& screen) {
        screen.add(control("easier.done", 100));
        screen.add(control("contact.skip", 100));
    });
    std::swap(at("easier.done").rect, at("contact.skip").rect);
    EXPECT_EQ(broken(), Only{"focus-order"});
}

TEST_F(Audit, FindsAScreenWithoutHelp) {
    has_footer = false;
    shows([](Ui&) {});
    EXPECT_EQ(broken(), Only{"no-help"});
    expected.help = false;
    EXPECT_EQ(broken(), Only{});
}

// --- the screens themselves ----------------------------------------------------------

TEST(AuditOfTheScreens, FindsNothingInAnyLanguageSizeThemeAndOrientation) {
    ASSERT_TRUE(open_translations(asset("locale").string()));
    std::ostringstream report;
    EXPECT_EQ(audit_ui({}, report), 0) << report.str();
}

TEST(AuditOfTheScreens, CountsPatientsScreensAndNotTheStaffsAsInNeedOfHelp) {
    EXPECT_TRUE(expected_of(Welcome{}).help);
    EXPECT_TRUE(expected_of(StillThere{}).help);
    EXPECT_FALSE(expected_of(StaffMenu{}).help);
}
