#include <array>
#include <re2/re2.h>

#include "kiosk/forms/fhirpath/encodings.h"
#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/text.h"

namespace foyer::fhirpath {

namespace {

using Text = std::optional<std::string_view>;

bool put(const Call& call, bool value) {
    call.out.push(Value::boolean(value));
    return true;
}

bool put(const Call& call, std::size_t number) {
    call.out.push(Value::integer(static_cast<std::int64_t>(number)));
    return true;
}

/// The call's text and its first argument; `both` false if either is empty.
struct Pair {
    Text text;
    Text argument;
    Items holder;
    bool both() const { return text && argument; }
};

bool read(const Call& call, Pair& pair) {
    return text_input(call, pair.text) &&
           text_argument(call, 0, pair.argument, pair.holder) &&
           call.evaluator.charge(call.node, (pair.text.value_or("").size() +
                                             pair.argument.value_or("").size()) /
                                                64);
}

bool index_of(const Call& call) {
    Pair pair;
    if (!read(call, pair)) return false;
    if (!pair.both()) return true;
    const std::size_t at = pair.text->find(*pair.argument);
    if (at != std::string_view::npos)
        return put(call, length_of(pair.text->substr(0, at)));
    call.out.push(Value::integer(-1));
    return true;
}

bool last_index_of(const Call& call) {
    Pair pair;
    if (!read(call, pair)) return false;
    if (!pair.both()) return true;
    const std::size_t at = pair.text->rfind(*pair.argument);
    if (at != std::string_view::npos)
        return put(call, length_of(pair.text->substr(0, at)));
    call.out.push(Value::integer(-1));
    return true;
}

bool substring(const Call& call) {
    Text text;
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> length;
    if (!text_input(call, text) || !integer_argument(call, 0, start)) return false;
    if (call.node.arguments.size() > 1 && !integer_argument(call, 1, length))
        return false;
    if (!text || !start || *start < 0) return true;
    const std::size_t from = byte_of(*text, static_cast<std::size_t>(*start));
    if (from >= text->size()) return true;
    std::string_view rest = text->substr(from);
    if (length)
        rest = rest.substr(
            0, *length < 0 ? 0 : byte_of(rest, static_cast<std::size_t>(*length)));
    call.out.push(Value::string(rest));
    return call.evaluator.charge(call.node, text->size() / 64);
}

bool starts_with(const Call& call) {
    Pair pair;
    if (!read(call, pair)) return false;
    return pair.both() ? put(call, pair.text->starts_with(*pair.argument)) : true;
}

bool ends_with(const Call& call) {
    Pair pair;
    if (!read(call, pair)) return false;
    return pair.both() ? put(call, pair.text->ends_with(*pair.argument)) : true;
}

bool contains(const Call& call) {
    Pair pair;
    if (!read(call, pair)) return false;
    return pair.both()
               ? put(call, pair.text->find(*pair.argument) != std::string_view::npos)
               : true;
}

bool to_upper(const Call& call) {
    Text text;
    if (!text_input(call, text)) return false;
    return text ? call.evaluator.keep(call.node, upper(*text), call.out) : true;
}

bool to_lower(const Call& call) {
    Text text;
    if (!text_input(call, text)) return false;
    return text ? call.evaluator.keep(call.node, lower(*text), call.out) : true;
}

bool length(const Call& call) {
    Text text;
    if (!text_input(call, text)) return false;
    return text ? put(call, length_of(*text)) : true;
}

bool trim(const Call& call) {
    Text text;
    if (!text_input(call, text)) return false;
    if (text) call.out.push(Value::string(trimmed(*text)));
    return true;
}

/// Every character of `text`, appended.
bool put_characters(const Call& call, std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = byte_of(text, 1);
        call.out.push(Value::string(text.substr(0, size)));
        text.remove_prefix(size);
    }
    return call.evaluator.charge(call.node, call.out.size());
}

bool to_chars(const Call& call) {
    Text text;
    if (!text_input(call, text)) return false;
    return text ? put_characters(call, *text) : true;
}

bool split(const Call& call) {
    Pair pair;
    if (!read(call, pair)) return false;
    if (!pair.both()) return true;
    if (pair.argument->empty()) return put_characters(call, *pair.text);
    std::string_view rest = *pair.text;
    while (true) {
        const std::size_t at = rest.find(*pair.argument);
        call.out.push(Value::string(rest.substr(0, at)));
        if (at == std::string_view::npos) break;
        rest.remove_prefix(at + pair.argument->size());
    }
    return call.evaluator.charge(call.node, call.out.size());
}

bool join(const Call& call) {
    Text separator = "";
    Items holder;
    if (!call.node.arguments.empty() && !text_argument(call, 0, separator, holder))
        return false;
    if (call.input.empty()) return true;
    std::string joined;
    bool first = true;
    for (const Value& value : call.input) {
        if (is_absent(value)) continue;
        const auto text = text_of(value);
        if (!text) return call.evaluator.fail(call.node, "join() stands on texts");
        if (!first) joined += separator.value_or("");
        first = false;
        joined += *text;
        if (joined.size() > evaluation_limits::text) break;
    }
    return call.evaluator.keep(call.node, joined, call.out);
}

bool too_long(const Call& call) {
    return call.evaluator.fail(call.node, "makes a text that is too long",
                               Fault::Kind::limit);
}

bool replace(const Call& call) {
    Pair pair;
    Text with;
    Items holder;
    if (!read(call, pair) || !text_argument(call, 1, with, holder)) return false;
    if (!pair.both() || !with) return true;
    const std::string_view text = *pair.text;
    const std::string_view what = *pair.argument;
    std::string out;
    std::size_t at = 0;
    while (at <= text.size()) {
        if (out.size() > evaluation_limits::text) return too_long(call);
        if (what.empty()) {
            // Before every character and at the end.
            out += *with;
            const std::size_t size = byte_of(text.substr(at), 1);
            out += text.substr(at, size);
            if (at == text.size()) break;
            at += size;
            continue;
        }
        const std::size_t found = text.find(what, at);
        out += text.substr(at, found - at);
        if (found == std::string_view::npos) break;
        out += *with;
        at = found + what.size();
    }
    return call.evaluator.keep(call.node, out, call.out);
}

/// The pattern of the first argument: the compiled literal, or one made now.
class Pattern {
public:
    bool read(const Call& call, std::string_view text, std::size_t flags_at) {
        std::optional<std::string_view> flags;
        Items holder;
        if (call.node.arguments.size() > flags_at &&
            !text_argument(call, flags_at, flags, holder))
            return false;
        if (call.node.pattern && !flags) {
            compiled_ = call.node.pattern;
            return true;
        }
        if (flags && flags->find_first_not_of("im") != std::string_view::npos)
            return call.evaluator.fail(call.node, "a flag is \"i\" or \"m\"");
        made_ = compiled_pattern(text, flags.value_or(""));
        compiled_ = made_.get();
        constexpr std::uint64_t price = 500;  // of compiling, in steps
        return call.evaluator.charge(call.node, price) &&
               (made_->ok() ||
                call.evaluator.fail(call.node,
                                    "not a pattern, or one with look-around or back "
                                    "references, which run without bound"));
    }
    const re2::RE2& operator*() const { return *compiled_; }

private:
    std::shared_ptr<const re2::RE2> made_;
    const re2::RE2* compiled_ = nullptr;
};

re2::StringPiece piece(std::string_view text) {
    return {text.data(), text.size()};
}

bool match(const Call& call, re2::RE2::Anchor anchor) {
    Pair pair;
    Pattern pattern;
    if (!read(call, pair)) return false;
    if (!pair.both()) return true;
    if (!pattern.read(call, *pair.argument, 1)) return false;
    return call.evaluator.charge(call.node, pair.text->size() / 8) &&
           put(call, (*pattern).Match(piece(*pair.text), 0, pair.text->size(), anchor,
                                      nullptr, 0));
}

bool matches(const Call& call) {
    return match(call, re2::RE2::UNANCHORED);
}
bool matches_full(const Call& call) {
    return match(call, re2::RE2::ANCHOR_BOTH);
}

constexpr int most_groups = 10;  // $0 to $9
using Groups = std::array<re2::StringPiece, most_groups>;

/// Appends `with` and what its $1 and ${name} stand for.
void append_substitution(std::string_view with, const re2::RE2& pattern,
                         const Groups& groups, std::string& out) {
    const auto group = [&](int i) {
        if (i < most_groups) {
            const re2::StringPiece& found = groups[static_cast<std::size_t>(i)];
            out.append(found.data(), found.size());
        }
    };
    for (std::size_t i = 0; i < with.size(); ++i) {
        const std::string_view rest = with.substr(i);
        if (rest.starts_with("$$") || rest.starts_with("\\$")) {
            out += '$';
            ++i;
        } else if (rest.size() > 1 && rest[0] == '$' && rest[1] >= '0' &&
                   rest[1] <= '9') {
            group(rest[1] - '0');
            ++i;
        } else if (const std::size_t end = rest.find('}');
                   rest.starts_with("${") && end != std::string_view::npos) {
            const std::string name(rest.substr(2, end - 2));
            const auto& named = pattern.NamedCapturingGroups();
            if (const auto found = named.find(name); found != named.end())
                group(found->second);
            i += end;
        } else {
            out += with[i];
        }
    }
}

bool replace_matches(const Call& call) {
    Pair pair;
    Pattern pattern;
    Text with;
    Items holder;
    if (!read(call, pair) || !text_argument(call, 1, with, holder)) return false;
    if (!pair.both() || !with) return true;
    if (!pattern.read(call, *pair.argument, 2)) return false;
    const std::string_view text = *pair.text;
    if (pair.argument->empty()) {
        call.out.push(Value::string(text));
        return true;
    }
    const int count = std::min((*pattern).NumberOfCapturingGroups() + 1, most_groups);
    std::string out;
    std::size_t at = 0;
    while (at <= text.size()) {
        Groups groups;
        if (!call.evaluator.charge(call.node, (text.size() - at) / 8 + 1)) return false;
        if (!(*pattern).Match(piece(text), at, text.size(), re2::RE2::UNANCHORED,
                              groups.data(), count))
            break;
        const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
        out += text.substr(at, begin - at);
        append_substitution(*with, *pattern, groups, out);
        if (out.size() > evaluation_limits::text) return too_long(call);
        at = begin + groups[0].size();
        if (groups[0].empty()) {
            if (at == text.size()) return call.evaluator.keep(call.node, out, call.out);
            const std::size_t size = byte_of(text.substr(at), 1);
            out += text.substr(at, size);
            at += size;
        }
    }
    if (at < text.size()) out += text.substr(at);
    return call.evaluator.keep(call.node, out, call.out);
}

/// Texts that are written in another way, by the name of that way.
bool recode(const Call& call,
            std::optional<std::string> (*recoded)(std::string_view, std::string_view,
                                                  bool&)) {
    Pair pair;
    if (!read(call, pair)) return false;
    if (!pair.both()) return true;
    bool broken = false;
    const auto made = recoded(*pair.text, *pair.argument, broken);
    if (broken)
        return call.evaluator.fail(call.node, "the text is not of this encoding");
    return made ? call.evaluator.keep(call.node, *made, call.out) : true;
}

bool encode(const Call& call) {
    return recode(call, [](std::string_view text, std::string_view way, bool&) {
        return encoded(text, way);
    });
}

bool decode(const Call& call) {
    return recode(call, [](std::string_view text, std::string_view way, bool& broken) {
        const auto made = decoded(text, way);
        broken = !made && is_encoding(way);
        return made;
    });
}

bool escape(const Call& call) {
    return recode(call, [](std::string_view text, std::string_view way, bool&) {
        return escaped(text, way);
    });
}

bool unescape(const Call& call) {
    return recode(call, [](std::string_view text, std::string_view way, bool&) {
        return unescaped(text, way);
    });
}

using Takes = Function::Takes;

constexpr std::array functions{
    Function{"indexOf", 1, 1, Takes::values, false, index_of},
    Function{"lastIndexOf", 1, 1, Takes::values, false, last_index_of},
    Function{"substring", 1, 2, Takes::values, false, substring},
    Function{"startsWith", 1, 1, Takes::values, false, starts_with},
    Function{"endsWith", 1, 1, Takes::values, false, ends_with},
    Function{"contains", 1, 1, Takes::values, false, contains},
    Function{"upper", 0, 0, Takes::values, false, to_upper},
    Function{"lower", 0, 0, Takes::values, false, to_lower},
    Function{"length", 0, 0, Takes::values, false, length},
    Function{"trim", 0, 0, Takes::values, false, trim},
    Function{"toChars", 0, 0, Takes::values, false, to_chars},
    Function{"split", 1, 1, Takes::values, false, split},
    Function{"join", 0, 1, Takes::values, false, join},
    Function{"replace", 2, 2, Takes::values, false, replace},
    Function{"matches", 1, 2, Takes::pattern, false, matches},
    Function{"matchesFull", 1, 2, Takes::pattern, false, matches_full},
    Function{"replaceMatches", 2, 3, Takes::pattern, false, replace_matches},
    Function{"encode", 1, 1, Takes::values, false, encode},
    Function{"decode", 1, 1, Takes::values, false, decode},
    Function{"escape", 1, 1, Takes::values, false, escape},
    Function{"unescape", 1, 1, Takes::values, false, unescape},
};

}  // namespace

std::span<const Function> text_functions() {
    return functions;
}

}  // namespace foyer::fhirpath
