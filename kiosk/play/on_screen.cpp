#include "kiosk/play/on_screen.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace foyer {

namespace {

using Json = nlohmann::json;

/// Line ends and the blanks that keep words together are blanks to a reader.
std::string as_read(std::string label) {
    std::ranges::replace(label, '\n', ' ');
    for (const std::string_view blank : {"\u00a0", "\u202f"})
        for (auto at = label.find(blank); at != std::string::npos;
             at = label.find(blank))
            label.replace(at, blank.size(), " ");
    return label;
}

SeenNode node_of(const Json& json) {
    SeenNode node;
    node.key = json.value("key", "");
    node.role = json.value("role", "");
    node.label = json.value("label", "");
    node.label = as_read(std::move(node.label));
    if (const auto rect = json.find("rect"); rect != json.end() && rect->size() == 4)
        node.rect = {rect->at(0), rect->at(1), rect->at(2), rect->at(3)};
    node.tap = json.value("tap", false);
    node.hold = json.value("hold", false);
    node.edit = json.value("edit", false);
    node.disabled = json.value("disabled", false);
    node.inert = json.value("inert", false);
    node.truncated = json.value("truncated", false);
    node.focused = json.value("focused", false);
    if (json.contains("checked")) node.checked = json.value("checked", false);
    return node;
}

std::string described(const SeenNode& node) {
    std::string line = "  " + node.role;
    if (!node.key.empty()) line += " " + node.key;
    if (!node.label.empty()) line += " \"" + node.label + "\"";
    if (node.checked) line += *node.checked ? ", on" : ", off";
    if (node.focused) line += ", has the caret";
    if (node.disabled) line += ", disabled";
    if (node.inert) line += ", under a cover";
    if (node.truncated) line += ", cut short";
    return line + "\n";
}

bool takes_fingers(const SeenNode& node) {
    return (node.tap || node.edit || node.hold) && !node.disabled && !node.inert;
}

}  // namespace

const SeenNode* OnScreen::find(std::string_view key) const {
    const auto node = std::ranges::find(nodes, key, &SeenNode::key);
    return node == nodes.end() ? nullptr : &*node;
}

bool OnScreen::says(std::string_view what) const {
    return std::ranges::any_of(nodes, [&](const auto& node) {
        return node.key == what || node.label.find(what) != std::string::npos;
    });
}

std::string OnScreen::described() const {
    std::string text = screen;
    if (pages > 1)
        text += ", page " + std::to_string(page + 1) + " of " + std::to_string(pages);
    text += "\n";
    bool keyboard = false;
    for (const auto& node : nodes) {
        if (node.role == "key")
            keyboard = true;
        else
            text += foyer::described(node);
    }
    if (keyboard) text += "  and a keyboard\n";
    return text;
}

Result<OnScreen> read_answer(const std::string& line) {
    const auto json = Json::parse(line, nullptr, false);
    if (!json.is_object())
        return fail(Error::Code::corrupt, "the kiosk's answer is not a JSON object");
    try {
        OnScreen shown;
        shown.ok = json.value("ok", false);
        shown.error = json.value("error", "");
        shown.screen = json.value("screen", "");
        shown.now = json.value("now", "");
        shown.token = json.value("token", "");
        shown.printed = json.value("printed", 0);
        shown.found = json.value("found", std::int64_t{0});
        if (const auto tree = json.find("tree"); tree != json.end()) {
            shown.page = tree->value("page", 0);
            shown.pages = tree->value("pages", 1);
            for (const auto& node : tree->value("nodes", Json::array()))
                shown.nodes.push_back(node_of(node));
        }
        return shown;
    } catch (const Json::exception& wrong) {
        return fail(Error::Code::corrupt, wrong.what());
    }
}

Result<Spot> finger_spot(const OnScreen& shown, std::string_view key, bool to_hold) {
    const auto refuse = [&](const std::string& why) {
        return fail(Error::Code::refused, std::string(key) + " " + why);
    };
    const auto* node = shown.find(key);
    if (node == nullptr)
        return refuse(shown.pages > 1 ? "is not on this page" : "is not on the screen");
    if (node->disabled) return refuse("is disabled");
    if (node->inert) return refuse("lies under a cover");
    if (node->truncated) return refuse("is cut short");
    if (to_hold ? !node->hold : !node->tap && !node->edit)
        return refuse(to_hold ? "cannot be held" : "cannot be tapped");
    const Spot spot{node->rect.x + node->rect.w / 2, node->rect.y + node->rect.h / 2};
    // What was placed later lies on top.
    for (const auto& other : shown.nodes) {
        if (&other <= node || !takes_fingers(other)) continue;
        if (other.rect.contains(spot.x, spot.y))
            return refuse("is covered by " +
                          (other.key.empty() ? other.label : other.key));
    }
    return spot;
}

}  // namespace foyer
