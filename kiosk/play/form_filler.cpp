#include "kiosk/play/form_filler.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace foyer {

namespace {

using Json = nlohmann::json;

/// More pages than any form has.
constexpr int most_pages = 400;
/// What a field may want, tried one after another until the page can be left.
constexpr const char* texts[] = {"1", "Test", "2125550101", "10001", "a@b.example"};
constexpr int most_tries = int(std::size(texts));

/// "form/a/b" of "form/a/b.2": linkIds hold dots too, so only what the screens add
/// behind the last one is taken off.
std::string base_of(const std::string& key, std::string& part) {
    const auto dot = key.rfind('.');
    part = dot == std::string::npos ? "" : key.substr(dot + 1);
    return key.substr(0, dot);
}

std::string text_for(const std::string& part, int tries) {
    if (part == "month") return "04";
    if (part == "day") return "05";
    if (part == "year") return tries % 2 == 0 ? "1990" : "2027";
    if (part == "hour") return "10";
    if (part == "minute") return "30";
    return texts[tries % most_tries];
}

class Filler {
public:
    Filler(Actor& actor, const FillWay& way) : actor_(actor), way_(way) {}

    Result<void> finish() {
        if (shown().screen != "FormReview") return refuse("it is not at its review");
        while (shown().find("page.next") != nullptr) TRY(tap("page.next"));
        if (shown().find("form_review.finish") != nullptr)
            return tap("form_review.finish");
        TRY(tap("form_review.sign"));
        TRY(ask({{"do", "type"}, {"text", "Sam Walker"}}));
        return tap("form_sign.done");
    }

    Result<void> fill() {
        for (int pages = 0; pages < most_pages; ++pages) {
            if (shown().screen == "FormHandOver") {
                TRY(tap(shown().find("hand_over.to_teen_button") != nullptr
                            ? "hand_over.to_teen_button"
                            : "hand_over.to_guardian_button"));
                continue;
            }
            if (shown().screen != "FormQuestions") return {};
            TRY(fill_page());
        }
        return refuse("it has no end");
    }

private:
    const OnScreen& shown() const { return actor_.shown(); }
    Result<void> ask(const Json& command) { return actor_.ask(command.dump()); }
    static tl::unexpected<Error> refuse(const std::string& why) {
        return fail(Error::Code::refused, "the form cannot be filled in: " + why);
    }

    Result<void> tap(const std::string& key) {
        const auto spot = TRY(finger_spot(shown(), key, false));
        return ask({{"do", "tap"}, {"x", spot.x}, {"y", spot.y}});
    }

    Result<void> fill_page() {
        done_.clear();
        TRY(rewind());
        const auto before = here();
        while (true) {
            TRY(answer_what_is_shown());
            if (shown().find("page.next") == nullptr) break;
            TRY(tap("page.next"));
        }
        if (shown().screen != "FormQuestions") return {};
        TRY(tap("form.continue"));
        TRY(rewind());
        tries_ = shown().screen == "FormQuestions" && here() == before ? tries_ + 1 : 0;
        if (tries_ > most_tries) return refuse("a page cannot be left");
        return {};
    }

    /// To the first part of a page that does not fit the screen.
    Result<void> rewind() {
        while (const auto* back = shown().find("page.back")) {
            if (back->disabled || shown().page == 0) break;
            TRY(tap("page.back"));
        }
        return {};
    }

    /// What tells one page from another.
    std::string here() const {
        std::string all;
        for (const auto& node : shown().nodes)
            if (node.key == "form.progress" || node.role == "heading")
                all += node.label + "\n";
        return all;
    }

    /// Answering can bring more questions, so it looks again after each.
    Result<void> answer_what_is_shown() {
        for (int rounds = 0; rounds < most_pages; ++rounds) {
            const auto next = unanswered();
            if (!next) return {};
            if (next->edit)
                TRY(type(*next));
            else
                TRY(tap(next->key));
        }
        return refuse("a page brings questions without end");
    }

    std::optional<SeenNode> unanswered() {
        std::map<std::string, std::vector<const SeenNode*>> choices;
        for (const auto& node : shown().nodes) {
            if (!node.key.starts_with("form/") || node.disabled || node.inert) continue;
            std::string part;
            const auto base = base_of(node.key, part);
            if (part == "decline") continue;
            if (node.checked && node.tap)
                choices[base].push_back(&node);
            else if ((node.edit && part != "filter") || part == "photo" ||
                     part == "more")
                if (done_.insert(node.key).second) return node;
        }
        for (const auto& [base, options] : choices) {
            if (!done_.insert(base).second) continue;
            if (std::ranges::any_of(options,
                                    [](const auto* one) { return *one->checked; }))
                continue;
            const auto at = std::min(std::size_t(way_.option), options.size()) - 1;
            return *options[at];
        }
        return std::nullopt;
    }

    Result<void> type(const SeenNode& field) {
        std::string part;
        base_of(field.key, part);
        if (!field.focused) TRY(tap(field.key));
        TRY(ask({{"do", "key"}, {"name", "end"}}));
        for (int i = 0; i < 12; ++i) TRY(ask({{"do", "key"}, {"name", "back"}}));
        const auto text = text_for(part, tries_);
        if (!way_.on_screen_keyboard) return ask({{"do", "type"}, {"text", text}});
        for (const char letter : text) {
            const std::string key = std::string("key.") + char(std::tolower(letter));
            if (shown().find(key) == nullptr && shown().find("key.symbols") != nullptr)
                TRY(tap("key.symbols"));
            if (shown().find(key) == nullptr)
                TRY(ask({{"do", "type"}, {"text", std::string(1, letter)}}));
            else
                TRY(tap(key));
        }
        return {};
    }

    Actor& actor_;
    FillWay way_;
    std::set<std::string> done_;  ///< questions of this page
    int tries_ = 0;               ///< how often this page did not want what was typed
};

}  // namespace

Result<void> fill_form(Actor& actor, const FillWay& way) {
    return Filler(actor, way).fill();
}

Result<void> finish_form(Actor& actor) {
    TRY(Filler(actor, {}).finish());
    if (actor.shown().screen == "FormEnded") return {};
    return fail(Error::Code::refused, "the form did not end");
}

}  // namespace foyer
