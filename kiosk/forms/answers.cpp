#include "kiosk/forms/answers.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "kiosk/forms/fhirpath/decimal.h"
#include "kiosk/forms/fhirpath/moment.h"
#include "kiosk/forms/value_shape.h"

namespace foyer {

namespace {

using fhirpath::Decimal;

/// FHIR's own limit for a string (R4, datatypes).
constexpr std::size_t most_text = 1u << 20;
constexpr std::size_t most_digits = 30;

tl::unexpected<FormFault> wrong(std::string why) {
    return tl::unexpected(FormFault{"wrong-type", {}, std::move(why)});
}

bool is_number(std::string_view type) {
    return type == "Decimal" || type == "Integer" || type == "PositiveInt" ||
           type == "UnsignedInt";
}
bool is_text(std::string_view type) {
    return type == "String" || type == "Uri" || type == "Url" || type == "Markdown" ||
           type == "Code" || type == "Canonical" || type == "Id";
}

bool is_moment(std::string_view type) {
    return type == "Date" || type == "DateTime" || type == "Instant" || type == "Time";
}

bool is_integer_literal(std::string_view text) {
    int value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

/// "yyyy-mm-dd", a month or a year alone: real dates only.
bool is_date(std::string_view text) {
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
    const auto date = fhirpath::parse_date(text);
    if (!date) return false;
    return text.size() < 10 ||
           std::chrono::year_month_day(std::chrono::year(date->year),
                                       std::chrono::month(date->month),
                                       std::chrono::day(date->day))
               .ok();
}

/// R4's time: hh:mm:ss; "hh:mm" gets its seconds. Empty if it is none.
std::string whole_time(std::string_view text) {
    std::string whole(text);
    if (whole.size() == 4 && whole[1] == ':') whole.insert(0, 1, '0');
    if (whole.size() == 5) whole += ":00";
    if (whole.size() < 8 || !fhirpath::parse_time(whole)) return {};
    return whole;
}

std::string offset_text(std::chrono::minutes offset) {
    const int minutes = static_cast<int>(std::abs(offset.count()));
    std::array<char, 8> text{};
    text[0] = offset.count() < 0 ? '-' : '+';
    text[1] = static_cast<char>('0' + minutes / 600);
    text[2] = static_cast<char>('0' + minutes / 60 % 10);
    text[3] = ':';
    text[4] = static_cast<char>('0' + minutes % 60 / 10);
    text[5] = static_cast<char>('0' + minutes % 10);
    return std::string(text.data(), 6);
}

/// R4's dateTime: with a time it needs seconds and an offset. Empty if it is none.
std::string whole_date_time(std::string_view text, std::chrono::minutes offset) {
    const std::size_t t = text.find('T');
    if (t == std::string_view::npos) return is_date(text) ? std::string(text) : "";
    if (!is_date(text.substr(0, t)) || t != 10) return {};
    std::string_view time = text.substr(t + 1);
    std::string zone;
    if (const std::size_t at = time.find_first_of("Z+-");
        at != std::string_view::npos) {
        zone = time.substr(at);
        time = time.substr(0, at);
    }
    if (zone.empty()) zone = offset_text(offset);
    const std::string whole =
        std::string(text.substr(0, t)) + "T" + whole_time(time) + zone;
    if (whole_time(time).empty() || !fhirpath::parse_date_time(whole)) return {};
    return whole;
}

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

tl::unexpected<FormFault> not_an_option() {
    return tl::unexpected(
        FormFault{"not-an-option", {}, "no option has this code or text"});
}

/// A primitive of its type, or the reason why not.
FormResult<FormValue> primitive(const AnswerContext& context, const Element& given,
                                Elements& home) {
    const ItemType type = context.question.item->type;
    const std::string_view text = given.text;
    const bool number = given.kind == Element::Kind::number;
    const bool string = given.kind == Element::Kind::string;
    const auto keep = [&](std::string_view said) {
        return FormValue{home.string(said), answer_type(type)};
    };
    switch (type) {
        case ItemType::boolean:
            if (given.kind != Element::Kind::boolean)
                return wrong("the answer is true or false");
            return FormValue{&given, "Boolean"};
        case ItemType::decimal:
            if (!number || text.size() > most_digits || !Decimal::parse(text))
                return wrong("the answer is a number");
            return FormValue{&given, "Decimal"};
        case ItemType::integer:
            if (!number || !is_integer_literal(text))
                return wrong("the answer is a whole number of 32 bits");
            return FormValue{&given, "Integer"};
        case ItemType::date:
            if (!string || !is_date(text))
                return wrong("the answer is a date, YYYY-MM-DD");
            return keep(text);
        case ItemType::date_time: {
            const auto whole =
                string ? whole_date_time(text, context.offset_from_utc) : "";
            if (whole.empty())
                return wrong("the answer is a date with a time, YYYY-MM-DDThh:mm");
            return keep(whole);
        }
        case ItemType::time: {
            const auto whole = string ? whole_time(text) : "";
            if (whole.empty()) return wrong("the answer is a time, hh:mm");
            return keep(whole);
        }
        case ItemType::string:
        case ItemType::text:
        case ItemType::url:
        case ItemType::open_choice:
            if (!string || text.size() > most_text)
                return wrong("the answer is a text");
            if (blank(text)) return FormValue{};
            if (!is_clean_text(text)) return wrong("the text holds control characters");
            if (type != ItemType::url) return FormValue{&given, "String"};
            return is_uri(text) ? FormResult<FormValue>(FormValue{&given, "Uri"})
                                : wrong("an address has no spaces");
        case ItemType::reference:
            if (!string || blank(text) || !is_clean_text(text))
                return wrong("the answer is a reference");
            {
                const std::array fields = {home.field("reference", &given)};
                return FormValue{home.object(fields), "Reference"};
            }
        case ItemType::choice:
            return wrong("the answer is one of the options");
        case ItemType::attachment:
            return wrong("the answer is an attachment");
        case ItemType::group:
        case ItemType::display:
        case ItemType::quantity:
            break;
    }
    return wrong("the item takes no answer of this kind");
}

/// A bare number takes the form's first unit.
FormResult<FormValue> quantity(const Instance& question, const Element& given,
                               Elements& home) {
    if (given.kind == Element::Kind::number) {
        if (!Decimal::parse(given.text) || given.text.size() > most_digits)
            return wrong("the answer is a number with a unit");
        std::vector<Field> fields = {home.field("value", &given)};
        if (!question.item->units.empty()) {
            const Element& unit = *question.item->units.front().value;
            const std::string_view code = unit.text_of("code");
            const std::string_view display = unit.text_of("display");
            if (!display.empty() || !code.empty())
                fields.push_back(
                    home.field("unit", home.string(display.empty() ? code : display)));
            if (!unit.text_of("system").empty() && !code.empty()) {
                fields.push_back(
                    home.field("system", home.string(unit.text_of("system"))));
                fields.push_back(home.field("code", home.string(code)));
            }
        }
        return FormValue{home.object(fields), "Quantity"};
    }
    if (given.has_value()) return wrong("the answer is a number with a unit");
    const Element* value = given.one("value");
    if (!value || value->kind != Element::Kind::number || !Decimal::parse(value->text))
        return wrong("the quantity has no number");
    const Element* whole = &given;
    if (given.field("code") && !given.field("system")) {
        // A code alone means the form's unit of that code.
        for (const FormOption& unit : question.item->units) {
            const std::string_view system = unit.value->text_of("system");
            if (system.empty() || unit.value->text_of("code") != given.text_of("code"))
                continue;
            std::vector<Field> fields(given.fields.begin(), given.fields.end());
            fields.push_back(home.field("system", home.string(system)));
            whole = home.object(fields);
            break;
        }
    }
    if (const char* flaw = flaw_of("Quantity", *whole)) return wrong(flaw);
    return FormValue{whole, "Quantity"};
}

bool text_matches(const FormOption& option, std::string_view said,
                  const std::string& language) {
    if (option.text.base == said || option.text.in(language) == said) return true;
    return std::ranges::any_of(option.text.other,
                               [&](const auto& other) { return other.second == said; });
}

/// A plain text or number on a question with options.
FormResult<FormValue> plain_choice(const AnswerContext& context, const Element& given,
                                   Elements& home) {
    const Instance& question = context.question;
    const auto& options = question.options();
    std::vector<const FormOption*> by_code, by_text;
    for (const FormOption& option : options) {
        const bool coded = option.type == "Coding";
        if (coded ? option.value->text_of("code") == given.text
                  : option.value->text == given.text ||
                        option.value->text_of("reference") == given.text)
            by_code.push_back(&option);
        if (text_matches(option, given.text, context.language))
            by_text.push_back(&option);
    }
    const auto& found = by_code.empty() ? by_text : by_code;
    if (found.size() == 1) return FormValue{found.front()->value, found.front()->type};
    if (found.size() > 1)
        return tl::unexpected(
            FormFault{"ambiguous", {}, "several options are called that"});
    if (question.item->type == ItemType::open_choice) {
        if (given.kind != Element::Kind::string) return wrong("the answer is a text");
        return primitive(context, given, home);
    }
    // The value set is not here: what is said is kept as the display of a Coding.
    if (!question.item->options_known && !question.offered &&
        given.kind == Element::Kind::string && !blank(given.text)) {
        const std::array fields = {home.field("display", &given)};
        return FormValue{home.object(fields), "Coding"};
    }
    return not_an_option();
}

bool is_empty_object(const Element& element) {
    return !element.has_value() && element.fields.empty();
}

/// The value of {"valueX": ...} fitted to the question, its type checked.
FormResult<FormValue> typed(const AnswerContext& context, const FormValue& given,
                            Elements& home) {
    const Instance& question = context.question;
    const ItemType type = question.item->type;
    if (is_empty_object(*given.value) && !given.value->has_value())
        return wrong("the value is empty");
    if (type == ItemType::choice || type == ItemType::open_choice) {
        if (const FormOption* option = option_for(question.options(), given))
            return FormValue{option->value, option->type};
        const bool coding = given.type == "Coding" && !given.value->has_value();
        const bool text = given.type == "String" && given.value->has_value();
        if (coding || (text && type == ItemType::open_choice)) {
            if (text && blank(given.value->text)) return FormValue{};
            if (text && !is_clean_text(given.value->text))
                return wrong("the text holds control characters");
            if (const char* flaw = flaw_of(given.type, *given.value))
                return wrong(flaw);
            return given;
        }
        const bool same_type = std::ranges::any_of(
            question.options(),
            [&](const FormOption& option) { return option.type == given.type; });
        return same_type && given.type != "Coding"
                   ? not_an_option()
                   : wrong("the answer is one of the options");
    }
    if (type == ItemType::quantity && given.type == "Quantity")
        return quantity(question, *given.value, home);
    const bool fits = given.type == answer_type(type) ||
                      (type == ItemType::decimal && given.type == "Integer") ||
                      (type == ItemType::date_time && given.type == "Date") ||
                      (is_text(answer_type(type)) && is_text(given.type)) ||
                      (type == ItemType::url && given.type == "Url");
    if (!fits)
        return wrong("the question's type is " + std::string(answer_type(type)) +
                     ", not " + std::string(given.type));
    if (type == ItemType::attachment || type == ItemType::reference) {
        if (given.value->has_value()) return wrong("the value is not an object");
        if (const char* flaw = flaw_of(given.type, *given.value)) return wrong(flaw);
        return given;
    }
    return primitive(context, *given.value, home);
}

}  // namespace

std::string_view answer_type(ItemType type) {
    switch (type) {
        case ItemType::boolean:
            return "Boolean";
        case ItemType::decimal:
            return "Decimal";
        case ItemType::integer:
            return "Integer";
        case ItemType::date:
            return "Date";
        case ItemType::date_time:
            return "DateTime";
        case ItemType::time:
            return "Time";
        case ItemType::string:
        case ItemType::text:
            return "String";
        case ItemType::url:
            return "Uri";
        case ItemType::choice:
        case ItemType::open_choice:
            return "Coding";
        case ItemType::attachment:
            return "Attachment";
        case ItemType::reference:
            return "Reference";
        case ItemType::quantity:
            return "Quantity";
        case ItemType::group:
        case ItemType::display:
            break;
    }
    return {};
}

FormResult<FormValue> read_answer(const AnswerContext& context, std::string_view json,
                                  Elements& home) {
    const auto document = read_json("{\"value\":" + std::string(json) + "}", home);
    if (!document || (*document)->fields.size() > 1)
        return tl::unexpected(FormFault{"bad-json", {}, "the value is not JSON"});
    const Field* field = (*document)->field("value");
    if (!field) return wrong("null is no answer; [] clears");
    if (field->list) return wrong("a value is not a list");
    const Element& given = *field->values.front();
    const ItemType type = context.question.item->type;
    if (!given.has_value()) {
        // An option may be given as it was offered, with the answerOption's own parts.
        const bool whole = std::ranges::all_of(given.fields, [](const Field& part) {
            return part.name.starts_with("value") || part.name == "extension" ||
                   part.name == "id" || part.name == "initialSelected";
        });
        if (std::ranges::count_if(given.fields, [](const Field& part) {
                return part.name.size() > 5 && part.name.starts_with("value");
            }) > 1)
            return wrong("one value is one answer");
        if (const FormValue value = value_of(given); value.value && whole)
            return typed(context, value, home);
        return typed(context, {&given, answer_type(type)}, home);
    }
    if (type == ItemType::quantity) return quantity(context.question, given, home);
    if (type == ItemType::choice || type == ItemType::open_choice)
        return plain_choice(context, given, home);
    return primitive(context, given, home);
}

std::optional<FormValue> fit_answer(const Instance& question, const FormValue& value,
                                    Elements& home) {
    const AnswerContext context{question, {}, std::chrono::minutes(0)};
    const ItemType type = question.item->type;
    FormValue given = value;
    // A whole decimal is an integer too; a Coding's place takes its code.
    if (type == ItemType::integer && given.type == "Decimal") {
        const auto decimal = Decimal::parse(given.value->text);
        if (!decimal || !decimal->to_integer()) return {};
        given = {home.number(std::to_string(*decimal->to_integer())), "Integer"};
    }
    if (type == ItemType::date && given.type == "DateTime" &&
        given.value->text.size() >= 10)
        given = {home.string(given.value->text.substr(0, 10)), "Date"};
    if (type == ItemType::quantity && is_number(given.type)) {
        auto made = quantity(question, *given.value, home);
        return made ? std::optional(*made) : std::nullopt;
    }
    if ((type == ItemType::string || type == ItemType::text) &&
        given.value->has_value() && !is_text(given.type))
        given = {home.string(given.value->text), "String"};
    if ((type == ItemType::choice || type == ItemType::open_choice) &&
        given.value->has_value()) {
        auto made = plain_choice(context, *given.value, home);
        return made && made->value ? std::optional(*made) : std::nullopt;
    }
    if (type == ItemType::reference && is_text(given.type)) {
        auto made = primitive(context, *given.value, home);
        return made ? std::optional(*made) : std::nullopt;
    }
    auto made = typed(context, given, home);
    if (!made || !made->value) return {};
    return *made;
}

const FormOption* option_for(const std::vector<FormOption>& options,
                             const FormValue& value) {
    for (const FormOption& option : options)
        if (same_value({option.value, option.type}, value)) return &option;
    return nullptr;
}

bool same_value(const FormValue& a, const FormValue& b) {
    if (!a.value || !b.value) return a.value == b.value;
    if (a.value == b.value) return true;
    if (a.type == "Coding" && b.type == "Coding") {
        const std::string_view code = a.value->text_of("code");
        if (code.empty() && b.value->text_of("code").empty())
            return a.value->text_of("display") == b.value->text_of("display");
        const std::string_view left = a.value->text_of("system");
        const std::string_view right = b.value->text_of("system");
        return code == b.value->text_of("code") &&
               (left == right || left.empty() || right.empty());
    }
    if (is_number(a.type) && is_number(b.type)) {
        const auto left = Decimal::parse(a.value->text);
        const auto right = Decimal::parse(b.value->text);
        return left && right && fhirpath::compare(*left, *right) == 0;
    }
    if (a.type == "Quantity" && b.type == "Quantity") return compare_values(a, b) == 0;
    // The same moment in another zone, or with its fractions of a second.
    if (is_moment(a.type) && is_moment(b.type))
        return a.value->text == b.value->text || compare_values(a, b) == 0;
    if (a.type == "Reference" && b.type == "Reference")
        return a.value->text_of("reference") == b.value->text_of("reference");
    if (a.value->has_value() && b.value->has_value())
        return a.value->text == b.value->text;
    return write_json(*a.value) == write_json(*b.value);
}

std::optional<int> compare_values(const FormValue& a, const FormValue& b) {
    if (!a.value || !b.value) return {};
    const auto sign = [](const auto& order) {
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    };
    if (is_number(a.type) && is_number(b.type)) {
        const auto left = Decimal::parse(a.value->text);
        const auto right = Decimal::parse(b.value->text);
        if (!left || !right) return {};
        return sign(fhirpath::compare(*left, *right));
    }
    const auto moment = [](const FormValue& value) {
        return value.type == "Time" ? fhirpath::parse_time(value.value->text)
                                    : fhirpath::parse_date_time(value.value->text);
    };
    if (is_moment(a.type) && is_moment(b.type)) {
        const bool time = a.type == "Time";
        if (time != (b.type == "Time")) return {};
        const auto left = moment(a), right = moment(b);
        if (!left || !right) return {};
        const auto order = fhirpath::compare_moments(*left, *right, time);
        if (!order) return {};
        return sign(*order);
    }
    if (a.type == "Quantity" || b.type == "Quantity") {
        // Units are FHIRPath's business.
        static const auto less = fhirpath::Expression::compile("%a < %b");
        static const auto equal = fhirpath::Expression::compile("%a = %b");
        const std::map<std::string, fhirpath::Collection, std::less<>> variables = {
            {"a", {fhirpath::of_element(a.value, a.type)}},
            {"b", {fhirpath::of_element(b.value, b.type)}},
        };
        Elements scratch;
        fhirpath::Environment environment;
        environment.variables = &variables;
        environment.scratch = &scratch;
        const auto truth = [&](const auto& expression) -> std::optional<bool> {
            if (!expression) return {};
            const auto result = fhirpath::evaluate(*expression, {}, environment);
            return result ? fhirpath::as_boolean(*result) : std::nullopt;
        };
        const auto below = truth(less), same = truth(equal);
        if (!below || !same) return {};
        return *same ? 0 : *below ? -1 : 1;
    }
    if (is_text(a.type) && is_text(b.type))
        return sign(a.value->text.compare(b.value->text));
    return {};
}

std::string answer_text(const FormValue& value, const std::vector<FormOption>& options,
                        const std::string& language) {
    if (!value.value) return {};
    if (const FormOption* option = option_for(options, value))
        return option->text.in(language);
    const Element& element = *value.value;
    if (value.type == "Coding") {
        const std::string_view display = element.text_of("display");
        return std::string(display.empty() ? element.text_of("code") : display);
    }
    if (value.type == "Quantity") {
        std::string text(element.text_of("value"));
        const std::string_view unit = element.text_of("unit");
        const std::string_view said = unit.empty() ? element.text_of("code") : unit;
        return said.empty() ? text : text + " " + std::string(said);
    }
    if (value.type == "Reference") {
        const std::string_view display = element.text_of("display");
        return std::string(display.empty() ? element.text_of("reference") : display);
    }
    if (value.type == "Attachment") return std::string(element.text_of("title"));
    return std::string(element.text);
}

std::string value_json(const FormValue& value) {
    Elements home;
    const std::array fields = {
        home.field(home.keep("value" + std::string(value.type)), value.value)};
    return write_json(*home.object(fields));
}

}  // namespace foyer
