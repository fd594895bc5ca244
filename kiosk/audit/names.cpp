#include <algorithm>
#include <map>

#include "kiosk/audit/rule.h"
#include "kiosk/ui/words.h"

// Names: every control can be said, found and kept private.

namespace foyer {

namespace {

/// "welcome.check_in" and the like: a key where words should be.
bool looks_like_a_key(std::string_view text) {
    if (text.find('.') == std::string_view::npos || text.back() == '.') return false;
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

bool is_private(const Tree& tree, NodeId id) {
    for (; id != no_node; id = tree[id].parent)
        if (tree[id].is_private) return true;
    return false;
}

}  // namespace

void check_named(Subject& subject) {
    for (const auto id : subject.targets()) {
        const auto& node = subject.tree[id];
        if (node.key.empty())
            subject.found("unnamed", id, "is a control without a key");
        else if (node.label.empty() && node.spoken.empty())
            subject.found("unnamed", id, "is a control without a label");
    }
}

void check_translated(Subject& subject) {
    const auto& language = subject.setting.comfort.language;
    for (const auto id : subject.shown()) {
        const auto& node = subject.tree[id];
        const bool shows_key = node.content == Content::text && !node.words.empty() &&
                               looks_like_a_key(node.words);
        if (shows_key || (!node.label.empty() && looks_like_a_key(node.label))) {
            subject.found("untranslated", id, "shows a key in place of words");
        } else if (!node.key.empty() && has_translation("en", node.key.c_str()) &&
                   !has_translation(language, node.key.c_str())) {
            subject.found("untranslated", id, "has no text in \"" + language + "\"");
        }
    }
}

void check_unique(Subject& subject) {
    std::map<std::string_view, int> seen;
    for (const auto id : subject.targets()) {
        const auto& key = subject.tree[id].key;
        if (!key.empty() && ++seen[key] == 2)
            subject.found("same-key", id, "is the key of two controls");
    }
}

void check_private(Subject& subject) {
    const auto tells = [&](const Node& node) {
        for (const auto& secret : subject.expected.secrets)
            for (const auto* text :
                 {&node.label, &node.spoken, &node.value, &node.words})
                if (!secret.empty() && text->find(secret) != std::string::npos)
                    return true;
        return false;
    };
    for (const auto id : subject.shown())
        if (!is_private(subject.tree, id) && tells(subject.tree[id]))
            subject.found("not-private", id, "shows what is the patient's own");
}

}  // namespace foyer
