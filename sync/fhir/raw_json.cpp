#include "sync/fhir/raw_json.h"

#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

/// A part of a text: from its first byte to behind its last.
struct Span {
    std::size_t begin = 0, end = 0;
};

bool space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Walks over valid JSON.
class Scan {
public:
    explicit Scan(std::string_view text) : text_(text) {}

    std::size_t past_space(std::size_t at) const {
        while (at < text_.size() && space(text_[at])) ++at;
        return at;
    }

    /// Of the value that begins at `at`.
    Span value(std::size_t at) const {
        if (at >= text_.size()) return {text_.size(), text_.size()};
        const char first = text_[at];
        if (first == '"') return {at, past_string(at)};
        std::size_t end = at;
        if (first != '{' && first != '[') {
            while (end < text_.size() && !space(text_[end]) && text_[end] != ',' &&
                   text_[end] != '}' && text_[end] != ']')
                ++end;
            return {at, end};
        }
        for (int depth = 0; end < text_.size();) {
            const char c = text_[end];
            if (c == '"') {
                end = past_string(end);
                continue;
            }
            ++end;
            if (c == '{' || c == '[') ++depth;
            if ((c == '}' || c == ']') && --depth == 0) break;
        }
        return {at, end};
    }

    struct Member {
        Span name;  ///< empty in an array
        Span value;
    };
    /// Of an object or an array.
    std::vector<Member> members(Span within) const {
        std::vector<Member> all;
        if (within.begin >= within.end) return all;
        const bool object = text_[within.begin] == '{';
        if (!object && text_[within.begin] != '[') return all;
        for (std::size_t at = past_space(within.begin + 1);
             at < within.end && text_[at] != '}' && text_[at] != ']';) {
            Member member;
            if (object) {
                member.name = {at, past_string(at)};
                at = past_space(past_space(member.name.end) + 1);
            }
            member.value = value(at);
            // A text that is no JSON must not hold us for ever.
            if (member.value.end <= at) break;
            at = past_space(member.value.end);
            if (at < within.end && text_[at] == ',') at = past_space(at + 1);
            all.push_back(member);
        }
        return all;
    }

    /// Whether a name's token, quotes included, means `wanted`.
    bool means(Span token, std::string_view wanted) const {
        const auto raw = text_.substr(token.begin, token.end - token.begin);
        if (raw.size() < 2) return false;
        if (raw.find('\\') == std::string_view::npos)
            return raw.substr(1, raw.size() - 2) == wanted;
        const auto name = nlohmann::json::parse(raw, nullptr, false);
        return name.is_string() && name.get_ref<const std::string&>() == wanted;
    }

    std::optional<Span> step(Span from, const JsonStep& step) const {
        if (from.begin >= from.end) return std::nullopt;
        const auto all = members(from);
        if (step.index) {
            if (text_[from.begin] != '[' || *step.index >= all.size())
                return std::nullopt;
            return all[*step.index].value;
        }
        if (text_[from.begin] != '{') return std::nullopt;
        for (const auto& member : all)
            if (means(member.name, step.name)) return member.value;
        return std::nullopt;
    }

private:
    std::size_t past_string(std::size_t at) const {
        for (++at; at < text_.size() && text_[at] != '"'; ++at)
            if (text_[at] == '\\') ++at;
        return std::min(at + 1, text_.size());
    }

    std::string_view text_;
};

tl::unexpected<Error> no_place() {
    return fail(Error::Code::bad_input, "JSON: there is no such place");
}

}  // namespace

std::optional<std::string_view> raw_value(std::string_view json, const JsonPath& path) {
    const Scan scan(json);
    Span at = scan.value(scan.past_space(0));
    for (const auto& step : path) {
        const auto next = scan.step(at, step);
        if (!next) return std::nullopt;
        at = *next;
    }
    if (at.begin == at.end) return std::nullopt;
    return json.substr(at.begin, at.end - at.begin);
}

std::vector<std::string_view> raw_elements(std::string_view array) {
    const Scan scan(array);
    const Span whole = scan.value(scan.past_space(0));
    std::vector<std::string_view> elements;
    if (whole.begin == whole.end || array[whole.begin] != '[') return elements;
    for (const auto& member : scan.members(whole))
        elements.push_back(
            array.substr(member.value.begin, member.value.end - member.value.begin));
    return elements;
}

Result<std::string> with_value(std::string_view json, const JsonPath& path,
                               std::string_view value) {
    if (path.empty()) return no_place();
    if (!parse_json(json) || !parse_json(value))
        return fail(Error::Code::bad_input, "JSON: not a text that can be changed");
    const Scan scan(json);
    Span parent = scan.value(scan.past_space(0));
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        const auto next = scan.step(parent, path[i]);
        if (!next) return no_place();
        parent = *next;
    }

    std::string changed(json);
    const JsonStep& last = path.back();
    if (const auto there = scan.step(parent, last)) {
        changed.replace(there->begin, there->end - there->begin, value);
        return changed;
    }
    const auto members = scan.members(parent);
    if (json[parent.begin] != (last.index ? '[' : '{')) return no_place();
    if (last.index && *last.index != members.size()) return no_place();
    std::string added = members.empty() ? "" : ",";
    if (!last.index) {
        const std::string name = json_text(last.name);
        const auto read = parse_json(name);
        if (!read || *read != std::string(last.name)) return no_place();
        added += name + ":";
    }
    added += value;
    changed.insert(members.empty() ? parent.begin + 1 : members.back().value.end,
                   added);
    return changed;
}

std::string json_text(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false,
                                     nlohmann::json::error_handler_t::replace);
}

}  // namespace foyer
