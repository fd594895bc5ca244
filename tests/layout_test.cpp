#include <gtest/gtest.h>

#include "kiosk/ui/pages.h"
#include "kiosk/ui/paginate.h"
#include "tests/canvas_of_alpha.h"

using namespace foyer;

namespace {

/// Boxes of given sizes in a tree, on the reference display: a design unit is a pixel.
class Layout : public testing::Test {
protected:
    Layout() {
        tree.nodes.emplace_back();
        scene_is({.width = 1080, .height = 1920, .ppi = 102.46});
    }

    void scene_is(const Display& display) { setting.display = display; }

    NodeId add(NodeId parent, Node node) {
        node.parent = parent;
        tree.nodes.push_back(std::move(node));
        const auto id = NodeId(tree.nodes.size()) - 1;
        tree[parent].children.push_back(id);
        return id;
    }
    NodeId add_box(NodeId parent, float w, float h) {
        Node node;
        node.width = w;
        node.min_h = h;
        return add(parent, node);
    }
    NodeId add_part(float h, bool control = false) {
        Node node;
        node.min_h = h;
        node.before = 20;
        node.actions.activate = control;
        node.key = "part." + std::to_string(tree.nodes.size());
        return add(tree.region(Region::body), node);
    }
    NodeId add_region(Region which, float pad = 0) {
        Node node;
        node.pad = Insets::all(pad);
        if (which == Region::actions) node.flow = Flow::row;
        return tree.regions[std::size_t(which)] = add(0, node);
    }
    NodeId add_words(NodeId parent, const std::string& said) {
        Node node;
        node.content = Content::text;
        node.words = node.label = said;
        return add(parent, node);
    }
    void lay_out(NodeId id, Rect rect) {
        measure(tree, id, rect.w, setting);
        place(tree, id, rect, setting);
    }
    Rect rect(NodeId id) { return tree[id].rect; }

    CanvasOfAlpha canvas;
    TextEngine text{canvas};
    Setting setting{text, {}, {}};
    Tree tree;
};

Node row(float gap) {
    Node node;
    node.flow = Flow::row;
    node.gap = gap;
    return node;
}

}  // namespace

// --- rows and columns ----------------------------------------------------------------

TEST_F(Layout, SharesWhatIsLeftOfARowByGrowth) {
    const auto line = add(0, row(20));
    const auto fixed = add_box(line, 100, 50);
    Node grows;
    grows.grow = 1;
    const auto one = add(line, grows);
    grows.grow = 3;
    const auto three = add(line, grows);
    lay_out(line, {0, 0, 540, 50});
    EXPECT_EQ(rect(fixed).w, 100);
    EXPECT_EQ(rect(one), (Rect{120, 0, 100, 50}));
    EXPECT_EQ(rect(three), (Rect{240, 0, 300, 50}));
}

TEST_F(Layout, WrapsARowBetweenItsChildren) {
    auto wraps = row(20);
    wraps.wrap = true;
    const auto line = add(0, wraps);
    const auto a = add_box(line, 200, 50), b = add_box(line, 200, 80);
    const auto c = add_box(line, 200, 50);
    EXPECT_EQ(measure(tree, line, 500, setting), (Size{420, 150}));
    lay_out(line, {0, 0, 500, 150});
    EXPECT_EQ(rect(a).y, 0);
    EXPECT_EQ(rect(b).x, 220);
    EXPECT_EQ(rect(c), (Rect{0, 100, 200, 50}));
}

TEST_F(Layout, StacksARowThatIsTooWide) {
    auto stacks = row(30);
    stacks.stacks = true;
    const auto line = add(0, stacks);
    Node wide;
    wide.grow = 1;
    wide.min_w = 300;
    wide.min_h = 100;
    const auto a = add(line, wide), b = add(line, wide);
    lay_out(line, {0, 0, 700, 100});
    EXPECT_EQ(rect(b).x, 365);
    lay_out(line, {0, 0, 500, 230});
    EXPECT_EQ(rect(a), (Rect{0, 0, 500, 100}));
    EXPECT_EQ(rect(b), (Rect{0, 130, 500, 100}));
}

TEST_F(Layout, LeavesOutWhatIsOptionalInARowThatIsTooWide) {
    const auto line = add(0, row(20));
    const auto name = add_box(line, 300, 50), date = add_box(line, 300, 50);
    tree[date].optional = true;
    lay_out(line, {0, 0, 500, 50});
    EXPECT_EQ(rect(name).w, 300);
    EXPECT_EQ(rect(date).w, 0);
}

TEST_F(Layout, PlacesAChildInTheMiddleOfItsColumn) {
    Node middle;
    middle.across = Place::center;
    middle.along = Place::end;
    const auto column = add(0, middle);
    const auto box = add_box(column, 200, 50);
    lay_out(column, {100, 0, 500, 300});
    EXPECT_EQ(rect(box), (Rect{250, 250, 200, 50}));
}

TEST_F(Layout, MeasuresAgainOnlyAfterForgetting) {
    const auto words = add_words(0, "One");
    const auto before = measure(tree, words, 500, setting);
    tree[words].words = "Quite a few more words than that";
    EXPECT_EQ(measure(tree, words, 500, setting), before);
    forget(tree, words);
    EXPECT_GT(measure(tree, words, 500, setting).w, before.w);
}

TEST_F(Layout, MirrorsTheWholeScreen) {
    const auto line = add(0, row(20));
    const auto first = add_box(line, 100, 50), second = add_box(line, 200, 50);
    lay_out(line, {64, 0, 500, 50});
    mirror(tree, 1080);
    EXPECT_EQ(rect(first).right(), 1080 - 64);
    EXPECT_LT(rect(second).right(), rect(first).x);
}

TEST_F(Layout, KeepsThreeMillimetresBetweenTargetsWhereRoomIsShort) {
    setting.room = Roominess::tight;
    for (const double ppi : {68.8, 102.46, 141.2, 163.2}) {
        setting.display.ppi = ppi;
        EXPECT_GE(setting.gap(20) + 0.5F, setting.display.mm(3)) << ppi;
        EXPECT_LT(setting.gap(48), setting.px(48)) << ppi;
    }
}

// --- pages ---------------------------------------------------------------------------

TEST_F(Layout, DealsPartsOutToPages) {
    add_region(Region::body);
    const auto a = add_part(400), b = add_part(400), c = add_part(400);
    const auto pages = paginate(tree, {a, b, c}, 1000, 900, setting);
    EXPECT_EQ(pages, (Pages{{a, b}, {c}}));
    EXPECT_FALSE(tree.does_not_fit);
}

TEST_F(Layout, TakesAHeadingAlongToThePageOfWhatItAnnounces) {
    add_region(Region::body);
    const auto a = add_part(400), heading = add_part(100), b = add_part(600);
    tree[heading].keeps_next = true;
    const auto pages = paginate(tree, {a, heading, b}, 1000, 800, setting);
    EXPECT_EQ(pages, (Pages{{a}, {heading, b}}));
}

TEST_F(Layout, CutsALongTextBetweenLines) {
    add_region(Region::body);
    std::string said;
    for (int i = 0; i < 60; ++i) said += "word" + std::to_string(i) + " ";
    const auto words =
        add_words(tree.region(Region::body), said.substr(0, said.size() - 1));
    const auto pages = paginate(tree, {words}, 400, 300, setting);
    ASSERT_GT(pages.size(), 2U);
    std::string together;
    for (const auto& page : pages) together += tree[page.front()].words + " ";
    EXPECT_EQ(together, said);
    EXPECT_FALSE(tree.does_not_fit);
}

TEST_F(Layout, CutsACardBetweenItsChildren) {
    add_region(Region::body);
    Node card;
    card.pad = Insets::all(20);
    card.fill = Color::card;
    const auto id = add(tree.region(Region::body), card);
    for (int i = 0; i < 4; ++i) add_box(id, 300, 200);
    const auto pages = paginate(tree, {id}, 400, 500, setting);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(tree[pages[0][0]].children.size(), 2U);
    EXPECT_EQ(tree[pages[1][0]].children.size(), 2U);
    EXPECT_EQ(tree[pages[1][0]].fill, Color::card);
}

TEST_F(Layout, SaysWhenAPartFitsNoPage) {
    add_region(Region::body);
    const auto tall = add_part(1000, true);
    paginate(tree, {tall}, 1000, 900, setting);
    EXPECT_TRUE(tree.does_not_fit);
}

// --- whole screens -------------------------------------------------------------------

TEST_F(Layout, StandsTheBodyBetweenHeaderAndFooter) {
    const auto header = add_region(Region::header, 40);
    add_region(Region::body, 20);
    const auto part = add_part(300);
    const auto footer = add_region(Region::footer, 50);
    arrange(tree, 0, setting);
    EXPECT_EQ(rect(header), (Rect{0, 0, 1080, 80}));
    EXPECT_EQ(rect(footer), (Rect{0, 1820, 1080, 100}));
    EXPECT_GE(rect(part).y, 100);
    EXPECT_EQ(tree.pages, 1);
}

TEST_F(Layout, TurnsToThePageWantedAndToNoOther) {
    add_region(Region::body);
    std::vector<NodeId> parts;
    for (int i = 0; i < 5; ++i) parts.push_back(add_part(800));
    arrange(tree, 1, setting);
    EXPECT_EQ(tree.pages, 3);
    EXPECT_EQ(tree.page, 1);
    EXPECT_FALSE(tree.shown(parts[0]));
    EXPECT_TRUE(tree.shown(parts[2]));
    EXPECT_EQ(page_of(tree, parts[4]), 2);
    EXPECT_EQ(tree.find("part." + std::to_string(parts[0])), no_node);
}

TEST_F(Layout, TurnsToTheLastPageWhenAskedForALaterOne) {
    add_region(Region::body);
    for (int i = 0; i < 5; ++i) add_part(800);
    arrange(tree, 99, setting);
    EXPECT_EQ(tree.page, 2);
}

TEST_F(Layout, SetsABodyTighterBeforeItMakesPages) {
    add_region(Region::body);
    std::vector<NodeId> parts;
    for (int i = 0; i < 13; ++i) {
        parts.push_back(add_part(112, true));
        tree[parts.back()].before = 48;
        tree[parts.back()].tight_h = 84;
    }
    arrange(tree, 0, setting);
    EXPECT_EQ(tree.pages, 1);
    EXPECT_EQ(rect(parts[3]).h, 84);
}

TEST_F(Layout, LeavesOutWhatIsOptionalBeforeItMakesPages) {
    add_region(Region::body);
    const auto icon = add_part(400);
    tree[icon].optional = true;
    const auto rest = add_part(1700);
    arrange(tree, 0, setting);
    EXPECT_EQ(tree.pages, 1);
    EXPECT_FALSE(tree.shown(icon));
    EXPECT_TRUE(tree.shown(rest));
}

TEST_F(Layout, StandsWhatIsReadLeftAndWhatIsTappedRightInLandscape) {
    scene_is({.width = 1920, .height = 1080, .ppi = 102.46});
    add_region(Region::body);
    const auto said = add_part(200), button = add_part(200, true);
    arrange(tree, 0, setting);
    EXPECT_LT(rect(said).right(), rect(button).x);
    EXPECT_EQ(rect(said).y, rect(button).y);
    EXPECT_LE(rect(button).right(), 1920 - 64);
}

TEST_F(Layout, PassesWhatIsReadOnAPageBeforeTheControlsThatStayedFromAnEarlierOne) {
    scene_is({.width = 1920, .height = 1080, .ppi = 102.46});
    add_region(Region::body);
    const auto first = add_part(800), button = add_part(200, true),
               second = add_part(800);
    arrange(tree, 1, setting);
    ASSERT_EQ(tree.pages, 2);
    const auto& order = tree[tree.region(Region::body)].children;
    EXPECT_EQ(order, (std::vector<NodeId>{first, second, button}));
    EXPECT_TRUE(tree.shown(second));
    EXPECT_TRUE(tree.shown(button));
    EXPECT_FALSE(tree.shown(first));
}

TEST_F(Layout, StandsTheWayBackUnderWhatIsReadAndTheWayOnUnderWhatIsTapped) {
    scene_is({.width = 1920, .height = 1080, .ppi = 102.46});
    add_region(Region::body);
    const auto said = add_part(200), choice = add_part(200, true);
    const auto actions = add_region(Region::actions);
    tree[actions].pad = {64, 20, 64, 36};
    const auto back = add_box(actions, 260, 112);
    Node on;
    on.grow = 1;
    on.min_h = 112;
    const auto next = add(actions, on);
    arrange(tree, 0, setting);
    EXPECT_EQ(rect(back).x, rect(said).x);
    EXPECT_EQ(rect(next).x, rect(choice).x);
    EXPECT_EQ(rect(next).w, rect(choice).w);
}

TEST_F(Layout, StandsTheKeyboardBesideWhatIsTypedInLandscape) {
    scene_is({.width = 1920, .height = 1080, .ppi = 102.46});
    add_region(Region::body);
    const auto said = add_part(200), field = add_part(118, true);
    const auto keyboard = add_region(Region::keyboard, 24);
    add_box(keyboard, 900, 400);
    arrange(tree, 0, setting);
    EXPECT_EQ(rect(said).x, rect(field).x);
    EXPECT_LT(rect(field).right(), rect(keyboard).x);
}

TEST_F(Layout, BringsEveryControlBelowTheReachLine) {
    setting.comfort.reach = true;
    add_region(Region::body);
    const auto button = add_part(200, true), said = add_part(200);
    const auto other = add_part(112, true);
    arrange(tree, 0, setting);
    const float line = reach_line(setting.display, setting.comfort);
    EXPECT_FLOAT_EQ(line, 1920 * 0.45F);
    EXPECT_LT(rect(said).bottom(), line);
    EXPECT_GE(rect(button).y, line);
    EXPECT_GT(rect(other).y, rect(button).bottom());
}

TEST_F(Layout, TakesTheReachLineInMillimetresFromTheBottom) {
    setting.comfort.reach = true;
    setting.display.reach_line_mm = 200;
    EXPECT_NEAR(reach_line(setting.display, setting.comfort),
                1920 - setting.display.mm(200), 0.01);
}

TEST_F(Layout, KeepsTheReachLineOutOfLandscape) {
    setting.comfort.reach = true;
    EXPECT_EQ(reach_line({.width = 1920, .height = 1080}, setting.comfort), 0);
}
