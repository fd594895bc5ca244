#include "kiosk/ui/ui.h"

#include <cassert>
#include <cmath>
#include <utility>

#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// How long the clinic's sign is held to reach the staff menu: longer than any tap.
constexpr auto hold_time = 2s;

bool is_right_to_left(std::string_view language) {
    const auto tag = language.substr(0, 2);
    return tag == "ar" || tag == "fa" || tag == "he" || tag == "ur";
}

void overwrite(std::string& text) {
    std::fill(text.begin(), text.end(), '\0');
    text.clear();
}

}  // namespace

Ui::Ui(TextEngine& text) : text_(text) {}

Setting Ui::setting() const {
    return {text_, scene_.display, scene_.comfort,
            is_right_to_left(scene_.comfort.language)};
}

void Ui::begin(const Scene& scene) {
    if (scene.screen != scene_.screen) {
        for (auto& [key, editing] : editing_) editing.edit.wipe();
        editing_.clear();
        focus_.clear();
        if (!shown_.nodes.empty()) page_ = 0;
        upper_ = true;
        accents_ = symbols_ = false;
        submitted_ = false;
        left_.clear();
        chapter_.clear();
    }
    typing_waits_ = false;
    scene_ = scene;
    text_.set_language(scene.comfort.language);
    // The memory of the frame before last serves again.
    auto nodes = std::move(tree_.nodes);
    nodes.clear();
    tree_ = Tree{};
    tree_.nodes = std::move(nodes);
    tree_.nodes.emplace_back();
    tree_[0].fill = Color::paper;
    open_.assign(1, 0);
    restless_ = false;
    private_next_ = spare_next_ = false;
    fields_.clear();

    if (activated("page.next")) ++page_;
    if (activated("page.back")) page_ = std::max(0, page_ - 1);
    for (const auto& row : keyboard_)
        for (const auto& key : row)
            if (activated(key.name)) press_key(key);
}

void Ui::end() {
    fields_shown_ = fields_;
    if (focus_.empty() && !fields_.empty() && !typing_waits_) focus(fields_.front());
    if (!focus_.empty() && std::ranges::find(fields_, focus_) == fields_.end())
        focus_.clear();
    build_keyboard();
    build_pager();

    const auto how = setting();
    arrange(tree_, page_, how);
    // The page follows the field being typed in.
    if (!focus_.empty()) {
        for (const auto& node : tree_.nodes) {
            if (node.key != focus_ || node.page < 0 || node.page == tree_.page)
                continue;
            if (page_ == tree_.page && !restless_) {
                // The patient turned the page: the first field there takes the focus.
                for (const auto& other : tree_.nodes)
                    if (other.actions.edit && other.page == tree_.page) {
                        focus(other.key);
                        restless_ = true;
                        break;
                    }
            }
            break;
        }
    }
    page_ = tree_.page;
    if (how.right_to_left) mirror(tree_, float(scene_.display.width));
    std::swap(shown_, tree_);
    activated_.clear();
    held_.clear();
    dragged_.clear();
}

bool Ui::activated(std::string_view key) {
    if (activated_.empty() || activated_ != key) return false;
    activated_.clear();
    return true;
}

bool Ui::finger(Finger what, float x, float y, std::chrono::milliseconds at) {
    const auto under = shown_.control_at(x, y);
    const std::string key = under == no_node ? "" : shown_[under].key;
    switch (what) {
        case Finger::down:
            pressed_ = key;
            pressed_at_ = key.empty() ? std::nullopt : std::optional(at);
            trail_.clear();
            if (under != no_node) follow(shown_[under], x, y);
            return !key.empty();
        case Finger::moved:
            // Off the edge of a pad is still the same stroke.
            if (const auto id = shown_.find(pressed_);
                id != no_node && shown_[id].actions.drag) {
                follow(shown_[id], x, y);
                return true;
            }
            if (pressed_.empty() || key == pressed_) return false;
            pressed_.clear();
            pressed_at_.reset();
            return true;
        case Finger::up: {
            const bool changed = !pressed_.empty();
            if (const auto id = shown_.find(pressed_);
                id != no_node && shown_[id].actions.drag) {
                follow(shown_[id], x, y);
                dragged_ = pressed_;
            }
            const bool same = changed && key == pressed_ && dragged_.empty();
            if (same) {
                const auto& node = shown_[under];
                if (node.actions.edit)
                    focus(key);
                else if (node.actions.activate)
                    activated_ = key;
            }
            pressed_.clear();
            pressed_at_.reset();
            return changed;
        }
        case Finger::lost: {
            const bool changed = !pressed_.empty();
            pressed_.clear();
            pressed_at_.reset();
            trail_.clear();
            return changed;
        }
    }
    return false;
}

void Ui::follow(const Node& node, float x, float y) {
    if (!node.actions.drag || node.rect.w <= 0 || node.rect.h <= 0) return;
    const auto along = [](float at, float size) {
        return std::clamp(at / size, 0.0F, 1.0F);
    };
    const std::pair point{along(x - node.rect.x, node.rect.w),
                          along(y - node.rect.y, node.rect.h)};
    // A hand at rest trembles, and a panel reports it a hundred times a second.
    constexpr float step = 0.002F;
    const bool moved = trail_.empty() ||
                       std::abs(point.first - trail_.back().first) >= step ||
                       std::abs(point.second - trail_.back().second) >= step;
    if (moved) trail_.push_back(point);
}

void Ui::chapter(const std::string& name) {
    if (name == chapter_) return;
    const bool first = chapter_.empty();
    chapter_ = name;
    if (first) return;
    for (auto& [key, editing] : editing_) editing.edit.wipe();
    editing_.clear();
    focus_.clear();
    left_.clear();
    page_ = 0;
    upper_ = true;
    accents_ = symbols_ = submitted_ = false;
}

void Ui::unfocus() {
    if (focus_.empty()) return;
    left_ = std::exchange(focus_, {});
    restless_ = true;
}

std::optional<std::chrono::milliseconds> Ui::hold_due() const {
    if (!pressed_at_) return std::nullopt;
    const auto id = shown_.find(pressed_);
    if (id == no_node || !shown_[id].actions.hold) return std::nullopt;
    return *pressed_at_ + hold_time;
}

bool Ui::tick(std::chrono::milliseconds now) {
    const auto due = hold_due();
    if (!due || now < *due) return false;
    held_ = pressed_;
    pressed_.clear();
    pressed_at_.reset();
    return true;
}

void Ui::wipe() {
    for (auto& [key, editing] : editing_) {
        editing.edit.wipe();
        overwrite(editing.known);
    }
    editing_.clear();
    overwrite(clipboard_);
    for (auto* tree : {&tree_, &shown_}) {
        for (auto& node : tree->nodes) {
            overwrite(node.label);
            overwrite(node.words);
            overwrite(node.value);
            overwrite(node.spoken);
            overwrite(node.composing);
            for (auto& stroke : node.strokes)
                std::ranges::fill(stroke, std::pair{0.0F, 0.0F});
        }
        *tree = Tree{};
    }
    activated_.clear();
    held_.clear();
    pressed_.clear();
    dragged_.clear();
    std::ranges::fill(trail_, std::pair{0.0F, 0.0F});
    trail_.clear();
    overwrite(focus_);
    overwrite(left_);
    overwrite(chapter_);
    page_ = 0;
    text_.wipe();
}

std::string Ui::tr(const char* key, const Args& args) const {
    return translate(language(), key, args);
}

std::string Ui::tr_count(const char* key, long count, const Args& args) const {
    return translate_count(language(), key, count, args);
}

NodeId Ui::add(Node node) {
    assert(!open_.empty());
    const auto id = NodeId(tree_.nodes.size());
    node.parent = open_.back();
    if (private_next_) {
        node.is_private = true;
        private_next_ = false;
    }
    if (spare_next_) {
        node.optional = true;
        spare_next_ = false;
    }
    tree_.nodes.push_back(std::move(node));
    tree_[tree_[id].parent].children.push_back(id);
    return id;
}

Ui::Inside Ui::region(Region region) {
    auto& id = tree_.regions[std::size_t(region)];
    if (id != no_node) return {*this, id};

    Node node;
    node.role = Role::group;
    const float margin = margin_units(scene_.display);
    const bool narrow = margin < 64;
    switch (region) {
        case Region::header:
            node.pad = Insets::sides(margin, 19);
            break;
        case Region::body:
            node.pad = {margin, 28, margin, 0};
            break;
        case Region::actions:
            node.flow = Flow::row;
            node.pad = {margin, 20, margin, 36};
            node.gap = 28;
            node.stacks = true;
            node.across = Place::center;
            break;
        case Region::keyboard:
            node.pad = Insets::sides(24, 24);
            node.gap = 12;
            node.fill = Color::tray;
            break;
        case Region::footer:
            node.flow = Flow::row;
            node.pad = Insets::sides(margin, narrow ? 20 : 36);
            node.gap = narrow ? 14 : 20;
            node.wrap = true;
            node.across = Place::center;
            node.along = Place::end;
            node.fill = Color::footer;
            break;
    }
    const auto open = std::exchange(open_, {0});
    id = add(std::move(node));
    open_ = open;
    return {*this, id};
}

void Ui::build_pager() {
    // The pager stands among the actions; arrange() shows it where there are pages.
    const auto inside = region(Region::actions);
    const auto actions = inside.id();
    const auto own = tree_[actions].children;

    // The screen's own back is on the first page, its main action on the last.
    for (const auto child : own)
        if (tree_[child].on_pages != OnPages::first)
            tree_[child].on_pages = OnPages::last;
    const auto pager = [&](const char* key, Button look, const char* icon,
                           OnPages when) {
        button(key, look, icon);
        const auto id = tree_[actions].children.back();
        tree_[id].on_pages = when;
        tree_[id].grow = look == Button::primary ? 1.0F : 0.0F;
        if (look == Button::quiet) tree_[id].along = Place::start;
        return id;
    };
    const auto back = pager("page.back", Button::quiet, icon::back, OnPages::later);
    pager("page.next", Button::primary, icon::forward, OnPages::earlier);
    // Back comes first, wherever it came from.
    auto& order = tree_[actions].children;
    std::erase(order, back);
    order.insert(order.begin(), back);
}

}  // namespace foyer
