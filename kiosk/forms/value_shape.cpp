#include "kiosk/forms/value_shape.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>

#include "kiosk/forms/fhirpath/decimal.h"
#include "kiosk/forms/fhirpath/moment.h"

namespace foyer {

namespace {

enum class Part : std::uint8_t {
    text,
    code,
    uri,
    decimal,
    boolean,
    count,
    base64,
    date_time,
    comparator,
    object,
};
struct Member {
    std::string_view name;
    Part part;
};

constexpr std::array coding = {
    Member{"system", Part::uri},
    Member{"version", Part::text},
    Member{"code", Part::code},
    Member{"display", Part::text},
    Member{"userSelected", Part::boolean},
};
constexpr std::array quantity = {
    Member{"value", Part::decimal}, Member{"comparator", Part::comparator},
    Member{"unit", Part::text},     Member{"system", Part::uri},
    Member{"code", Part::code},
};
constexpr std::array attachment = {
    Member{"contentType", Part::code}, Member{"language", Part::code},
    Member{"data", Part::base64},      Member{"url", Part::uri},
    Member{"size", Part::count},       Member{"hash", Part::base64},
    Member{"title", Part::text},       Member{"creation", Part::date_time},
};
constexpr std::array reference = {
    Member{"reference", Part::text},
    Member{"type", Part::uri},
    Member{"identifier", Part::object},
    Member{"display", Part::text},
};

bool is_code(std::string_view text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
           text.find("  ") == std::string_view::npos &&
           text.find_first_of("\t\r\n") == std::string_view::npos;
}

bool is_count(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0;
}

bool is_base64(std::string_view text) {
    std::size_t digits = 0, padding = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        const bool digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '+' || c == '/';
        if (c != '=' && (!digit || padding > 0)) return false;
        ++(c == '=' ? padding : digits);
    }
    return digits > 0 && padding <= 2 && (digits + padding) % 4 == 0;
}

bool fits(Part part, const Element& value) {
    using Kind = Element::Kind;
    if (value.kind == Kind::absent) return true;  // extensions alone
    const std::string_view text = value.text;
    const bool string = value.kind == Kind::string && !text.empty();
    switch (part) {
        case Part::text:
            return string && is_clean_text(text);
        case Part::code:
            return string && is_clean_text(text) && is_code(text);
        case Part::uri:
            return string && is_uri(text);
        case Part::decimal:
            return value.kind == Kind::number && fhirpath::Decimal::parse(text);
        case Part::boolean:
            return value.kind == Kind::boolean;
        case Part::count:
            return value.kind == Kind::number && is_count(text);
        case Part::base64:
            return string && is_base64(text);
        case Part::date_time:
            return string && fhirpath::parse_date_time(text).has_value();
        case Part::comparator:
            return string &&
                   (text == "<" || text == "<=" || text == ">" || text == ">=");
        case Part::object:
            return value.kind == Kind::complex;
    }
    return false;
}

bool fits(std::span<const Member> members, const Element& value) {
    return std::ranges::all_of(value.fields, [&](const Field& field) {
        if (field.name == "extension")
            return field.list && std::ranges::all_of(field.values, [](const auto* one) {
                       return one->kind == Element::Kind::complex &&
                              !one->text_of("url").empty();
                   });
        if (field.list) return false;
        if (field.name == "id") return fits(Part::text, *field.values.front());
        const auto member = std::ranges::find(members, field.name, &Member::name);
        return member != members.end() && fits(member->part, *field.values.front());
    });
}

}  // namespace

bool is_clean_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return static_cast<unsigned char>(c) >= ' ' || c == '\t' || c == '\n' ||
               c == '\r';
    });
}

bool is_uri(std::string_view text) {
    return !text.empty() && std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) <= ' ';
    });
}

const char* flaw_of(std::string_view type, const Element& value) {
    if (type == "Coding")
        return fits(coding, value) ? nullptr : "the value is not a valid Coding";
    if (type == "Quantity") {
        if (!fits(quantity, value)) return "the value is not a valid Quantity";
        return value.field("code") && !value.field("system")
                   ? "the quantity's code needs its system"
                   : nullptr;
    }
    if (type == "Attachment") {
        if (!fits(attachment, value)) return "the value is not a valid Attachment";
        return value.field("data") && !value.field("contentType")
                   ? "the attachment's data needs its contentType"
                   : nullptr;
    }
    if (type == "Reference")
        return fits(reference, value) ? nullptr : "the value is not a valid Reference";
    return nullptr;
}

}  // namespace foyer
