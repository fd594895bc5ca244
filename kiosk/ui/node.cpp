#include "kiosk/ui/node.h"

#include <nlohmann/json.hpp>

namespace foyer {

namespace {

const char* spelled(Role role) {
    switch (role) {
        case Role::group:
            return "group";
        case Role::heading:
            return "heading";
        case Role::text:
            return "text";
        case Role::button:
            return "button";
        case Role::checkbox:
            return "checkbox";
        case Role::radio:
            return "radio";
        case Role::slider:
            return "slider";
        case Role::text_field:
            return "text_field";
        case Role::key:
            return "key";
        case Role::image:
            return "image";
        case Role::progress:
            return "progress";
        case Role::status:
            return "status";
    }
    return "";
}

}  // namespace

bool Tree::shown(NodeId id) const {
    const auto& node = (*this)[id];
    return (node.page == page || node.page == every_page) && node.rect.w > 0;
}

NodeId Tree::find(std::string_view key) const {
    if (key.empty()) return no_node;
    for (NodeId id = 0; id < NodeId(nodes.size()); ++id)
        if ((*this)[id].key == key && shown(id)) return id;
    return no_node;
}

NodeId Tree::control_at(float x, float y) const {
    // Later nodes are drawn over earlier ones.
    for (NodeId id = NodeId(nodes.size()) - 1; id >= 0; --id) {
        const auto& node = (*this)[id];
        if (shown(id) && !node.inert && !node.disabled &&
            (node.is_control() || node.actions.hold) && node.rect.contains(x, y))
            return id;
    }
    return no_node;
}

std::string to_json(const Tree& tree) {
    auto list = nlohmann::json::array();
    for (NodeId id = 0; id < NodeId(tree.nodes.size()); ++id) {
        const auto& node = tree[id];
        if (!tree.shown(id)) continue;
        if (node.key.empty() && node.label.empty()) continue;
        nlohmann::json entry{
            {"role", spelled(node.role)},
            {"rect", {node.rect.x, node.rect.y, node.rect.w, node.rect.h}}};
        if (!node.key.empty()) entry["key"] = node.key;
        if (!node.label.empty()) entry["label"] = node.label;
        if (!node.value.empty() && !node.is_private) entry["value"] = node.value;
        if (node.actions.activate) entry["tap"] = true;
        if (node.actions.hold) entry["hold"] = true;
        if (node.actions.edit) entry["edit"] = true;
        if (node.disabled) entry["disabled"] = true;
        if (node.inert) entry["inert"] = true;
        if (node.focused) entry["focused"] = true;
        if (node.truncated) entry["truncated"] = true;
        if (node.is_private) entry["private"] = true;
        if (node.checked) entry["checked"] = *node.checked;
        list.push_back(std::move(entry));
    }
    nlohmann::json out{
        {"nodes", std::move(list)}, {"page", tree.page}, {"pages", tree.pages}};
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace foyer
