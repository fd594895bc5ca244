#include "sync/fhir/bundle_reader.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <istream>
#include <optional>
#include <utility>
#include <vector>

#include "sync/fhir/limits.h"

namespace foyer {

namespace {

enum Kind : std::uint8_t { foreign, plain, newline, quote, opens, closes };

/// What a byte outside a string is. Everything else there is a sign of rubbish.
constexpr std::array<std::uint8_t, 256> kinds = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = '0'; c <= '9'; ++c) table[c] = plain;
    for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = plain;
    for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] = plain;
    for (const unsigned char c : {' ', '\t', '\r', ',', ':', '+', '-', '.'})
        table[c] = plain;
    table['\n'] = newline;
    table['"'] = quote;
    table['{'] = table['['] = opens;
    table['}'] = table[']'] = closes;
    return table;
}();

bool is_space(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

unsigned char byte(char c) {
    return static_cast<unsigned char>(c);
}

/// What a file that is not UTF-8 JSON seems to be; empty if nothing speaks against
/// JSON.
std::string_view other_format(std::string_view head) {
    const auto begins = [&](std::string_view magic) { return head.starts_with(magic); };
    using namespace std::string_view_literals;
    if (begins("\xFF\xFE"sv) || begins("\xFE\xFF"sv) || begins("{\0"sv) ||
        begins("\0{"sv) || begins("[\0"sv) || begins("\0["sv) || begins("\0\0"sv))
        return "the file is UTF-16 or UTF-32: save it as UTF-8";
    if (begins("\x1F\x8B"sv))
        return "the file is compressed with gzip: unpack it first";
    if (begins("PK\x03\x04"sv)) return "the file is a zip archive: unpack it first";
    if (begins("<"sv)) return "the file is XML: only FHIR JSON is read";
    return {};
}

/// Whether a file whose first line may be broken is NDJSON all the same: two lines
/// begin as resources at the margin, which no Bundle or list does.
bool looks_like_lines(std::string_view head) {
    constexpr std::string_view mark = "{\"resourceType\"";
    if (!head.starts_with('{')) return false;
    int found = head.starts_with(mark) ? 1 : 0;
    for (auto at = head.find('\n'); at != std::string_view::npos && found < 2;
         at = head.find('\n', at + 1))
        if (head.substr(at + 1).starts_with(mark)) ++found;
    return found == 2;
}

class Reader {
public:
    Reader(std::istream& in, Layout layout, BundleListener& listener)
        : in_(in), listener_(listener), lines_(layout == Layout::lines) {
        chunk_.resize(import_limits::chunk_bytes);
    }

    Result<void> run();

private:
    // --- bytes -------------------------------------------------------------------
    bool fill();
    int peek() { return at_ < end_ || fill() ? byte(chunk_[at_]) : -1; }
    void step() {
        if (chunk_[at_] == '\n') ++line_;
        ++at_;
    }
    FilePlace place() const { return {entry_, line_, base_ + std::int64_t(at_)}; }
    void begin_capture();
    void keep_captured();
    void end_capture();
    void drop_capture() {
        capturing_ = false;
        captured_.clear();
    }

    // --- JSON; false when it is broken here, with the reason in broken_ ------------
    bool broken(std::string why);
    bool unexpected(const char* wanted);
    void skip_space();
    bool expect(char wanted, const char* name);
    bool skip_string();
    bool read_text(std::string& out, std::size_t most);
    bool skip_container();
    bool skip_value();
    /// Calls `member(key)` for each member, standing on the first byte of its value.
    template <class Member>
    bool each_member(Member member);
    template <class Element>
    bool each_element(Element element);

    // --- FHIR --------------------------------------------------------------------
    bool read_top();
    bool read_top_object();
    bool read_entry();
    bool read_link();
    bool read_members(std::string& type);
    bool deliver(const FilePlace& from, std::string_view type,
                 std::string_view full_url);
    void skip_line();

    std::istream& in_;
    BundleListener& listener_;
    std::vector<char> chunk_;
    std::size_t at_ = 0, end_ = 0;
    std::int64_t base_ = 0;  ///< file offset of chunk_[0]
    std::int64_t line_ = 1, entry_ = 0, told_ = 0;
    bool lines_;

    std::string captured_;
    std::size_t capture_from_ = 0;
    bool capturing_ = false;
    bool too_big_ = false, too_deep_ = false, long_string_ = false;

    std::optional<std::pair<FilePlace, std::string>> broken_;
    std::optional<Error> stopped_;
};

bool Reader::fill() {
    if (capturing_) keep_captured();
    base_ += std::int64_t(end_);
    at_ = end_ = 0;
    capture_from_ = 0;
    if (base_ - told_ >= import_limits::progress_step) {
        told_ = base_;
        listener_.on_progress(base_);
    }
    if (!in_) return false;
    in_.read(chunk_.data(), std::streamsize(chunk_.size()));
    end_ = std::size_t(in_.gcount());
    return end_ > 0;
}

void Reader::begin_capture() {
    captured_.clear();
    capturing_ = true;
    too_big_ = too_deep_ = long_string_ = false;
    capture_from_ = at_;
}

void Reader::keep_captured() {
    const std::size_t size = at_ - capture_from_;
    if (too_big_ || captured_.size() + size > import_limits::resource_bytes) {
        too_big_ = true;
        captured_.clear();
    } else {
        captured_.append(chunk_.data() + capture_from_, size);
    }
    capture_from_ = at_;
}

void Reader::end_capture() {
    keep_captured();
    capturing_ = false;
}

bool Reader::broken(std::string why) {
    if (!broken_) broken_.emplace(place(), std::move(why));
    return false;
}

bool Reader::unexpected(const char* wanted) {
    const int c = peek();
    if (c < 0) return broken("the file is cut off here: it ends inside a value");
    if (c == '\n' && lines_) return broken("the line ends inside a value");
    char text[8] = {};
    if (c > 0x20 && c < 0x7F) {
        std::snprintf(text, sizeof text, "'%c'", c);
    } else {
        std::snprintf(text, sizeof text, "0x%02X", static_cast<unsigned>(c));
    }
    return broken("not JSON: " + std::string(wanted) + " was expected and " + text +
                  " found");
}

/// In lines_, a line end is no space: it ends the value, whole or not.
void Reader::skip_space() {
    while (true) {
        const int c = peek();
        if (!is_space(c) || (c == '\n' && lines_)) return;
        step();
    }
}

bool Reader::expect(char wanted, const char* name) {
    skip_space();
    if (peek() != wanted) return unexpected(name);
    step();
    return true;
}

bool Reader::skip_string() {
    step();
    std::size_t size = 0;
    while (true) {
        if (at_ == end_ && !fill()) return unexpected("");
        const std::size_t from = at_;
        while (at_ < end_ && chunk_[at_] != '"' && chunk_[at_] != '\\' &&
               byte(chunk_[at_]) >= 0x20)
            ++at_;
        size += at_ - from;
        if (at_ == end_) continue;
        if (chunk_[at_] == '"') {
            ++at_;
            if (size > import_limits::string_bytes) long_string_ = true;
            return true;
        }
        if (chunk_[at_] != '\\') return unexpected("the end of a string (a '\"')");
        ++at_;
        if (peek() < 0x20) return unexpected("a character behind '\\'");
        ++at_;
        size += 2;
    }
}

/// A string's characters; empty if it is longer than `most`. Of the escapes only `\/`
/// is undone: nothing that is compared here needs another.
bool Reader::read_text(std::string& out, std::size_t most) {
    out.clear();
    step();
    bool fits = true;
    while (true) {
        const int c = peek();
        if (c < 0x20) return unexpected("the end of a string (a '\"')");
        ++at_;
        if (c == '"') break;
        if (c == '\\') {
            const int escaped = peek();
            if (escaped < 0x20) return unexpected("a character behind '\\'");
            ++at_;
            if (escaped != '/') out += '\\';
            out += static_cast<char>(escaped);
        } else {
            out += static_cast<char>(c);
        }
        if (out.size() > most) {
            fits = false;
            out.clear();
        }
    }
    if (!fits) out.clear();
    return true;
}

bool Reader::skip_container() {
    std::uint64_t objects = 0;  ///< bit d: level d is an object; deeper ones only count
    static_assert(import_limits::depth <= 64);
    std::int64_t depth = 0;
    do {
        if (at_ == end_ && !fill()) return unexpected("");
        const char c = chunk_[at_];
        switch (kinds[byte(c)]) {
            case plain:
                ++at_;
                break;
            case newline:
                if (lines_) return unexpected("");
                step();
                break;
            case quote:
                if (!skip_string()) return false;
                break;
            case opens:
                if (depth < import_limits::depth) {
                    const auto bit = std::uint64_t{1} << depth;
                    objects = c == '{' ? objects | bit : objects & ~bit;
                } else {
                    too_deep_ = true;
                }
                ++depth;
                ++at_;
                break;
            case closes:
                assert(depth > 0);
                --depth;
                if (depth < import_limits::depth) {
                    const bool object = (objects >> depth) & 1u;
                    if (object != (c == '}')) return unexpected(object ? "'}'" : "']'");
                }
                ++at_;
                break;
            default:
                return unexpected("a value");
        }
    } while (depth > 0);
    return true;
}

bool Reader::skip_value() {
    const int c = peek();
    if (c == '{' || c == '[') return skip_container();
    if (c == '"') return skip_string();
    const auto scalar = [](int b) {
        return b >= 0 && kinds[std::size_t(b)] == plain && b != ',' && b != ':' &&
               !is_space(b);
    };
    if (!scalar(c)) return unexpected("a value");
    while (scalar(peek())) ++at_;
    return true;
}

template <class Member>
bool Reader::each_member(Member member) {
    if (!expect('{', "'{'")) return false;
    skip_space();
    if (peek() == '}') return step(), true;
    while (true) {
        skip_space();
        if (peek() != '"') return unexpected("a name in quotes");
        std::string key;
        if (!read_text(key, 64) || !expect(':', "':'")) return false;
        skip_space();
        if (!member(key)) return false;
        skip_space();
        if (peek() == '}') return step(), true;
        if (!expect(',', "',' or '}'")) return false;
    }
}

template <class Element>
bool Reader::each_element(Element element) {
    if (!expect('[', "'['")) return false;
    skip_space();
    if (peek() == ']') return step(), true;
    const auto outer = std::exchange(entry_, 0);
    while (true) {
        skip_space();
        ++entry_;
        if (!element()) return false;
        skip_space();
        if (peek() == ']') break;
        if (!expect(',', "',' or ']'")) return false;
    }
    entry_ = outer;
    step();
    return true;
}

/// Hands the captured resource over; false only when the listener stops the reading.
bool Reader::deliver(const FilePlace& from, std::string_view type,
                     std::string_view full_url) {
    const auto megabytes = [](std::size_t bytes) {
        return std::to_string(bytes >> 20);
    };
    if (too_big_) {
        listener_.on_refused(
            from, "larger than " + megabytes(import_limits::resource_bytes) + " MB");
    } else if (too_deep_) {
        listener_.on_refused(
            from,
            "nested deeper than " + std::to_string(import_limits::depth) + " levels");
    } else if (long_string_) {
        listener_.on_refused(from, "holds a string longer than " +
                                       megabytes(import_limits::string_bytes) + " MB");
    } else if (auto taken = listener_.on_resource({captured_, type, full_url, from});
               !taken) {
        stopped_ = taken.error();
        return false;
    }
    return true;
}

/// Passes over a resource, noting its type.
bool Reader::read_members(std::string& type) {
    return each_member([&](const std::string& key) {
        const bool told = key == "resourceType" && peek() == '"';
        return told ? read_text(type, 64) : skip_value();
    });
}

bool Reader::read_entry() {
    const FilePlace entry_at = place();
    if (peek() != '{') {
        if (!skip_value()) return false;
        listener_.on_refused(entry_at, "the entry is not an object");
        return true;
    }
    std::string full_url, type;
    FilePlace from;
    int resources = 0;
    bool wrong = false;
    const bool whole = each_member([&](const std::string& key) {
        if (key == "fullUrl" && peek() == '"')
            return read_text(full_url, import_limits::reference_bytes);
        if (key != "resource") return skip_value();
        ++resources;
        if (peek() != '{') return wrong = true, skip_value();
        from = place();
        begin_capture();
        if (!read_members(type)) return false;
        end_capture();
        return true;
    });
    if (!whole) return false;
    if (wrong) {
        listener_.on_refused(entry_at, "\"resource\" is not an object");
    } else if (resources != 1) {
        listener_.on_refused(entry_at, resources == 0
                                           ? "the entry holds no resource"
                                           : "the entry holds two resources");
    } else {
        return deliver(from, type, full_url);
    }
    return true;
}

bool Reader::read_link() {
    if (peek() != '{') return skip_value();
    std::string relation, url;
    const bool whole = each_member([&](const std::string& key) {
        if (key == "relation" && peek() == '"') return read_text(relation, 64);
        if (key == "url" && peek() == '"')
            return read_text(url, import_limits::link_bytes);
        return skip_value();
    });
    if (whole && !relation.empty()) listener_.on_link(relation, url);
    return whole;
}

/// A Bundle or a resource. Which of the two shows late, so it is captured as a resource
/// until its entries begin.
bool Reader::read_top_object() {
    const FilePlace from = place();
    std::string type;
    bool bundle = false;
    begin_capture();
    const bool whole = each_member([&](const std::string& key) {
        if (key == "resourceType" && peek() == '"') return read_text(type, 64);
        // Other resources' links have no relation.
        if (key == "link" && peek() == '[')
            return each_element([&] { return read_link(); });
        if (key != "entry" || !(type.empty() || type == "Bundle")) return skip_value();
        bundle = true;
        drop_capture();
        if (peek() == '[') return each_element([&] { return read_entry(); });
        listener_.on_refused(place(), "Bundle.entry is not a list");
        return skip_value();
    });
    if (!whole) return drop_capture(), false;
    if (bundle || type == "Bundle") {
        drop_capture();
        return true;
    }
    end_capture();
    return deliver(from, type, {});
}

bool Reader::read_top() {
    if (peek() == '{') return read_top_object();
    return each_element([&] {
        if (peek() == '{') return read_top_object();
        const FilePlace from = place();
        if (!skip_value()) return false;
        listener_.on_refused(from, "not a resource: not an object");
        return true;
    });
}

void Reader::skip_line() {
    while (true) {
        const int c = peek();
        if (c < 0) return;
        step();
        if (c == '\n') return;
    }
}

Result<void> Reader::run() {
    if (fill()) {
        std::string_view head(chunk_.data(), end_);
        if (head.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark is allowed
        head.remove_prefix(at_);
        if (const auto other = other_format(head); !other.empty()) {
            listener_.on_broken(place(), std::string(other));
            return {};
        }
        lines_ = lines_ || looks_like_lines(head);
    }
    bool first = true;
    while (true) {
        const auto line_before = line_;
        while (is_space(peek())) step();
        if (peek() < 0) break;
        // One value after another, each on its own line, is NDJSON by whatever name.
        if (!first && line_ > line_before) lines_ = true;
        entry_ = 0;
        const int c = peek();
        const bool read =
            c == '{' || c == '['
                ? read_top()
                : unexpected(first ? "FHIR JSON, which begins with '{' or '[',"
                                   : "another resource");
        drop_capture();
        if (stopped_) return tl::unexpected<Error>(*stopped_);
        if (in_.bad()) break;
        if (!read) {
            if (!lines_) {
                listener_.on_broken(broken_->first, std::move(broken_->second));
                return {};
            }
            listener_.on_refused(broken_->first, std::move(broken_->second));
            broken_.reset();
            skip_line();
        }
        first = false;
    }
    if (in_.bad())
        return fail(Error::Code::bad_input, "the file cannot be read further");
    if (first) listener_.on_broken({0, 1, 0}, "the file is empty");
    listener_.on_progress(base_ + std::int64_t(end_));
    return {};
}

}  // namespace

void BundleListener::on_link(std::string_view, std::string_view) {}

std::string describe(const FilePlace& place) {
    const auto within = place.line > 1 || place.entry == 0
                            ? "line " + std::to_string(place.line)
                            : "byte " + std::to_string(place.offset);
    return place.entry > 0
               ? "entry " + std::to_string(place.entry) + " (" + within + ")"
               : within;
}

Result<void> read_bundle(std::istream& in, Layout layout, BundleListener& listener) {
    return Reader(in, layout, listener).run();
}

}  // namespace foyer
