#include "sync/fhir/json_tree.h"

#include <nlohmann/json.hpp>

#include "sync/fhir/limits.h"

namespace foyer {

namespace {

using nlohmann::json;

/// Builds the tree as nlohmann's own builder does, and refuses what parse_json()
/// refuses.
class Builder final : public nlohmann::json_sax<json> {
public:
    json root;
    JsonFault fault;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override {
        return put(value);
    }
    bool string(string_t& value) override {
        if (value.find('\0') != string_t::npos) return refuse("holds U+0000");
        return put(std::move(value));
    }
    bool binary(binary_t&) override { return refuse("holds binary data"); }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        auto [member, fresh] = open_.back()->emplace(name, nullptr);
        if (!fresh) return refuse("has " + shown(name) + " twice in one object");
        member_ = &*member;
        return true;
    }

    bool parse_error(std::size_t at, const std::string&,
                     const nlohmann::detail::exception& error) override {
        // Neither the token nor the library's words: they quote the file.
        fault.offset = at;
        constexpr int number_overflow = 406;
        fault.what = error.id == number_overflow ? "holds a number that is out of range"
                                                 : "is not valid JSON";
        return false;
    }

private:
    bool refuse(std::string why) {
        fault.what = std::move(why);
        return false;
    }

    json* place(json&& value) {
        if (open_.empty()) return &(root = std::move(value));
        if (open_.back()->is_array()) {
            auto& list = open_.back()->get_ref<json::array_t&>();
            list.push_back(std::move(value));
            return &list.back();
        }
        *member_ = std::move(value);
        return member_;
    }
    template <class Value>
    bool put(Value&& value) {
        place(json(std::forward<Value>(value)));
        return true;
    }
    bool open(json&& container) {
        if (open_.size() >= std::size_t{import_limits::depth})
            return refuse("is nested deeper than " +
                          std::to_string(import_limits::depth) + " levels");
        open_.push_back(place(std::move(container)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    std::vector<json*> open_;
    json* member_ = nullptr;
};

const json* member(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

}  // namespace

tl::expected<json, JsonFault> parse_json(std::string_view text) {
    Builder builder;
    if (!json::sax_parse(text.begin(), text.end(), &builder))
        return tl::unexpected<JsonFault>(std::move(builder.fault));
    return std::move(builder.root);
}

std::string compact_json(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        const std::size_t from = i;
        if (c == '"')
            for (++i; i + 1 < text.size() && text[i] != '"'; ++i)
                if (text[i] == '\\') ++i;
        out.append(text.substr(from, i - from + 1));
    }
    return out;
}

std::string_view text_of(const json& object, const char* name) {
    const json* found = member(object, name);
    if (!found || !found->is_string()) return {};
    return found->get_ref<const std::string&>();
}

const json* object_of(const json& object, const char* name) {
    const json* found = member(object, name);
    return found && found->is_object() ? found : nullptr;
}

std::vector<const json*> objects_of(const json& object, const char* name) {
    std::vector<const json*> objects;
    const json* found = member(object, name);
    if (!found) return objects;
    if (found->is_object()) objects.push_back(found);
    if (found->is_array())
        for (const json& element : *found)
            if (element.is_object()) objects.push_back(&element);
    return objects;
}

bool has(const json& object, const char* name) {
    return member(object, name) != nullptr;
}

bool is_true(const json& object, const char* name) {
    const json* found = member(object, name);
    return found && found->is_boolean() && found->get<bool>();
}

std::string clean(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
    }
    if (out.size() > import_limits::name_bytes) {
        std::size_t size = import_limits::name_bytes;
        // Not between the bytes of one character.
        while (size > 0 && (static_cast<unsigned char>(out[size]) & 0xC0) == 0x80)
            --size;
        out.resize(size);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::string shown(std::string_view value) {
    constexpr std::size_t most = 60;
    std::string out = "\"";
    for (const char c : value.substr(0, most))
        out += c >= 0x20 && c < 0x7F && c != '"' ? c : '?';
    return out + (value.size() > most ? "...\"" : "\"");
}

}  // namespace foyer
