#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "kiosk/forms/element.h"

namespace foyer {

namespace {

using nlohmann::json;

/// Builds elements as the reader goes; one frame for each open array or object. What a
/// frame has gathered lies on two shared stacks from its marks on.
class Builder final : public nlohmann::json_sax<json> {
public:
    explicit Builder(Elements& into) : into_(into) {}

    const Element* root = nullptr;
    std::string fault;
    std::size_t fault_at = 0;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(into_.boolean(value)); }
    bool number_integer(number_integer_t value) override {
        return put(into_.number(std::to_string(value)));
    }
    bool number_unsigned(number_unsigned_t value) override {
        return put(into_.number(std::to_string(value)));
    }
    bool number_float(number_float_t, const string_t& literal) override {
        return put(into_.number(literal));
    }
    bool string(string_t& value) override {
        if (value.find('\0') != string_t::npos) return refuse("a text holds U+0000");
        return put(into_.string(value));
    }
    bool binary(binary_t&) override { return refuse("holds binary data"); }

    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override {
        if (frames_.empty()) return refuse("is a list where one object is expected");
        if (frames_.back().array) return refuse("has a list inside a list");
        return open(true);
    }
    bool key(string_t& name) override {
        frames_.back().key = into_.keep(name);
        return true;
    }
    bool end_array() override {
        const Frame frame = frames_.back();
        frames_.pop_back();
        const auto first = values_.begin() + static_cast<std::ptrdiff_t>(frame.mark);
        const std::span<const Element* const> all =
            into_.keep(std::span<const Element* const>(first, values_.end()));
        values_.erase(first, values_.end());
        if (!all.empty()) fields_.push_back({frames_.back().key, all, /*list=*/true});
        return true;
    }
    bool end_object() override {
        const Frame frame = frames_.back();
        frames_.pop_back();
        const std::span<Field> own(fields_.data() + frame.mark,
                                   fields_.size() - frame.mark);
        if (const Field* twice = repeated(own))
            return refuse("has the name " + quoted(twice->name) +
                          " twice in one object");
        const std::size_t kept = join_extensions(own);
        const Element* made = into_.object({own.data(), kept});
        fields_.resize(frame.mark);
        return put(made);
    }

    bool parse_error(std::size_t at, const std::string&,
                     const nlohmann::detail::exception&) override {
        // Not the library's words: they quote the text.
        fault_at = at;
        fault = "is not valid JSON";
        return false;
    }

private:
    struct Frame {
        bool array = false;
        std::size_t mark = 0;  ///< into values_ for an array, else into fields_
        std::string_view key;  ///< the name read last, for an object
    };

    bool refuse(std::string why) {
        fault = std::move(why);
        return false;
    }

    static std::string quoted(std::string_view name) {
        std::string out = "\"";
        for (const char c : name.substr(0, 40)) out += c > ' ' && c < 0x7f ? c : '?';
        return out + '"';
    }

    bool open(bool array) {
        if (frames_.size() >= std::size_t{json_limits::depth})
            return refuse("is nested deeper than " +
                          std::to_string(json_limits::depth) + " levels");
        frames_.push_back({array, array ? values_.size() : fields_.size(), {}});
        return true;
    }

    bool put(const Element* value) {
        if (++elements_ > json_limits::elements)
            return refuse("has more than " + std::to_string(json_limits::elements) +
                          " parts");
        if (frames_.empty()) {
            root = value;
        } else if (frames_.back().array) {
            values_.push_back(value);
        } else if (value) {
            fields_.push_back(
                {frames_.back().key, into_.keep({&value, 1}), /*list=*/false});
        }
        return true;
    }

    const Field* repeated(std::span<const Field> fields) {
        constexpr std::size_t few = 16;
        if (fields.size() <= few) {
            for (std::size_t i = 1; i < fields.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (fields[i].name == fields[j].name) return &fields[i];
            return nullptr;
        }
        std::unordered_set<std::string_view> seen;
        for (const Field& field : fields)
            if (!seen.insert(field.name).second) return &field;
        return nullptr;
    }

    /// Puts the members "_x" into the elements of "x", and drops the nulls; answers how
    /// many fields remain.
    std::size_t join_extensions(std::span<Field> fields) {
        std::unordered_map<std::string_view, Field*> by_name;
        for (Field& extra : fields) {
            if (!extra.name.starts_with('_')) continue;
            if (by_name.empty())
                for (Field& field : fields) by_name.emplace(field.name, &field);
            const std::string_view name = extra.name.substr(1);
            const auto base = by_name.find(name);
            if (base == by_name.end()) {
                extra = joined({name, {}, extra.list}, extra);
            } else {
                *base->second = joined(*base->second, extra);
                extra.values = {};
            }
        }
        std::size_t kept = 0;
        for (const Field& field : fields) {
            Field whole = field;
            if (std::find(field.values.begin(), field.values.end(), nullptr) !=
                field.values.end()) {
                std::vector<const Element*> present;
                for (const Element* value : field.values)
                    if (value) present.push_back(value);
                whole.values = into_.keep(std::span<const Element* const>(present));
            }
            if (!whole.values.empty()) fields[kept++] = whole;
        }
        return kept;
    }

    Field joined(const Field& base, const Field& extra) {
        std::vector<const Element*> all;
        const std::size_t size = std::max(base.values.size(), extra.values.size());
        for (std::size_t i = 0; i < size; ++i) {
            const Element* value = i < base.values.size() ? base.values[i] : nullptr;
            const Element* more = i < extra.values.size() ? extra.values[i] : nullptr;
            if (more && !more->fields.empty()) {
                Element both;
                both.kind = Element::Kind::absent;
                if (value) both = *value;
                both.fields = more->fields;
                value = into_.make(both);
            }
            all.push_back(value);
        }
        return {base.name, into_.keep(std::span<const Element* const>(all)),
                base.list || extra.list};
    }

    Elements& into_;
    std::size_t elements_ = 0;
    std::vector<Frame> frames_;
    std::vector<Field> fields_;
    std::vector<const Element*> values_;
};

std::string place_of(std::string_view text, std::size_t at) {
    at = std::min(at, text.size());
    const std::string_view before = text.substr(0, at);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t newline = before.rfind('\n');
    const std::size_t column =
        newline == std::string_view::npos ? at : at - newline - 1;
    return "line " + std::to_string(lines + 1) + ", column " +
           std::to_string(std::max<std::size_t>(column, 1));
}

void write_value(const Element& element, std::string& out) {
    if (element.kind == Element::Kind::string) {
        write_json_string(element.text, out);
    } else {
        out += element.text;
    }
}

void write_object(const Element& element, std::string& out);

/// A list or one element, in its two halves: values and what extends them.
template <class Write>
void write_half(const Field& field, std::string& out, const Write& write) {
    if (!field.list) {
        write(*field.values.front());
        return;
    }
    out += '[';
    bool first = true;
    for (const Element* value : field.values) {
        if (!first) out += ',';
        first = false;
        write(*value);
    }
    out += ']';
}

void write_field(const Field& field, std::string& out, bool& first) {
    const auto begin = [&](std::string_view underscore) {
        if (!first) out += ',';
        first = false;
        write_json_string(std::string(underscore) + std::string(field.name), out);
        out += ':';
    };
    if (field.values.front()->kind == Element::Kind::complex) {
        begin("");
        write_half(field, out, [&](const Element& value) { write_object(value, out); });
        return;
    }
    const auto any = [&](auto what) {
        return std::any_of(field.values.begin(), field.values.end(), what);
    };
    if (any([](const Element* value) { return value->has_value(); })) {
        begin("");
        write_half(field, out, [&](const Element& value) {
            if (value.has_value()) {
                write_value(value, out);
            } else {
                out += "null";
            }
        });
    }
    if (any([](const Element* value) { return !value->fields.empty(); })) {
        begin("_");
        write_half(field, out, [&](const Element& value) {
            if (value.fields.empty()) {
                out += "null";
            } else {
                write_object(value, out);
            }
        });
    }
}

void write_object(const Element& element, std::string& out) {
    out += '{';
    bool first = true;
    for (const Field& field : element.fields) write_field(field, out, first);
    out += '}';
}

}  // namespace

Result<const Element*> read_json(std::string_view text, Elements& into) {
    if (text.size() > json_limits::bytes)
        return fail(
            Error::Code::bad_input,
            "is larger than " + std::to_string(json_limits::bytes >> 20) + " MB");
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    Builder builder(into);
    if (!json::sax_parse(text.begin(), text.end(), &builder))
        return fail(Error::Code::bad_input,
                    builder.fault + (builder.fault_at
                                         ? " (" + place_of(text, builder.fault_at) + ")"
                                         : std::string()));
    if (!builder.root || builder.root->has_value())
        return fail(Error::Code::bad_input, "is not a JSON object");
    return builder.root;
}

void write_json_string(std::string_view text, std::string& out) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (const auto byte = static_cast<unsigned char>(c); byte < 0x20) {
                    out += "\\u00";
                    out += hex[byte >> 4];
                    out += hex[byte & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void write_json(const Element& element, std::string& out) {
    if (element.has_value()) {
        write_value(element, out);
    } else {
        write_object(element, out);
    }
}

std::string write_json(const Element& element) {
    std::string out;
    write_json(element, out);
    return out;
}

}  // namespace foyer
