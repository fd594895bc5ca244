#include "kiosk/forms/typing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "kiosk/forms/element.h"

namespace foyer {

namespace {

using Part = FormTyping::Part;

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1));
}

/// The value inside {"valueX": ...}, or null. Lives as long as `elements`.
const Element* value_of(const std::string& json, Elements& elements) {
    const auto read = read_json(json, elements);
    if (!read) return nullptr;
    for (const auto& field : (*read)->fields)
        if (field.name.starts_with("value")) return field.values.front();
    return nullptr;
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, failed] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

/// `text` as the literal of a JSON number; empty if it is none. A comma is a point.
std::string number_literal(std::string_view typed, bool whole) {
    std::string text = trimmed(typed);
    std::ranges::replace(text, ',', '.');
    std::string_view rest = text;
    std::string literal;
    if (rest.starts_with('-') || rest.starts_with('+')) {
        if (rest.front() == '-') literal = "-";
        rest.remove_prefix(1);
    }
    const auto point = rest.find('.');
    auto front = rest.substr(0, point);
    const auto back =
        point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
    if (front.empty() && !back.empty()) front = "0";  // ".5"
    if (!all_digits(front) || front.size() + back.size() > 18) return {};
    if (point != std::string_view::npos && (whole || !all_digits(back))) return {};
    while (front.size() > 1 && front.front() == '0') front.remove_prefix(1);
    literal.append(front);
    if (point != std::string_view::npos) literal.append(".").append(back);
    return literal;
}

std::string as_value(const char* type, const std::string& json) {
    return std::string("{\"") + type + "\":" + json + "}";
}

std::string quoted(const std::string& text) {
    std::string json;
    write_json_string(text, json);
    return json;
}

std::string two(int value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "2026-11-23", or less where less is asked for; empty while it is no date.
std::string date_literal(const ItemState& item, const std::string& month,
                         const std::string& day, const std::string& year) {
    const auto y = number(year);
    // Four digits, so that "88" is not taken for the year 88.
    if (!y || year.size() != 4 || *y < 1800) return {};
    if (!wants_month(item)) return year;
    const auto m = number(month);
    if (!m || *m < 1 || *m > 12) return {};
    if (!wants_day(item)) return year + "-" + two(*m);
    const auto d = number(day);
    const std::chrono::year_month_day date{std::chrono::year{*y},
                                           std::chrono::month{unsigned(*m)},
                                           std::chrono::day{unsigned(d.value_or(0))}};
    if (!d || !date.ok()) return {};
    return year + "-" + two(*m) + "-" + two(*d);
}

/// "14:30:00"; empty while it is no time.
std::string time_literal(const std::string& hour, const std::string& minute,
                         const std::string& half) {
    const auto h = number(hour);
    const auto m = minute.empty() ? std::optional(0) : number(minute);
    if (!h || !m || *m < 0 || *m > 59 || *h < 0) return {};
    int of_day = *h;
    if (*h >= 1 && *h <= 12) {
        // "2:30" alone may be either.
        if (half.empty()) return {};
        of_day = *h % 12 + (half == "pm" ? 12 : 0);
    } else if (*h > 23 || half == "am") {
        return {};
    }
    return two(of_day) + ":" + two(*m) + ":00";
}

std::string offset_literal(int minutes) {
    const int size = std::abs(minutes);
    return std::string(minutes < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

/// The parts of an item's answer that are typed, each with its text.
struct Pieces {
    const ItemState& item;
    const std::vector<FormTyping>& typing;
    int answer;

    std::string operator[](Part part) const {
        return shown_part(item, typing, answer, part);
    }
    bool none(std::initializer_list<Part> parts) const {
        return std::ranges::all_of(
            parts, [&](Part part) { return trimmed((*this)[part]).empty(); });
    }
};

/// What a patient left empty, what makes an answer, and what does not.
struct Reading {
    std::string json;
    bool empty = false;
};
Reading nothing() {
    return {{}, true};
}

Reading read_quantity(const Pieces& pieces) {
    const auto typed = trimmed(pieces[Part::value]);
    if (typed.empty()) return nothing();
    const auto literal = number_literal(typed, false);
    if (literal.empty()) return {};
    const auto unit = pieces[Part::unit];
    // 150 may be kilograms or pounds.
    if (unit.empty() && pieces.item.units.size() > 1) return {};
    if (unit.empty() && pieces.item.unit.empty())
        return {as_value("valueQuantity", "{\"value\":" + literal + "}")};
    if (unit.empty()) {
        // The session knows the whole of the default unit.
        return {literal};
    }
    Elements elements;
    const auto* coding = value_of(unit, elements);
    std::string json = "{\"value\":" + literal;
    if (coding != nullptr) {
        const auto put = [&](const char* name, std::string_view text) {
            if (!text.empty())
                json.append(",\"").append(name).append("\":").append(
                    quoted(std::string(text)));
        };
        const auto display = coding->text_of("display");
        put("unit", display.empty() ? coding->text_of("code") : display);
        put("system", coding->text_of("system"));
        put("code", coding->text_of("code"));
    }
    return {as_value("valueQuantity", json + "}")};
}

Reading read_moment(const Pieces& pieces, int utc_offset) {
    if (pieces.none({Part::month, Part::day, Part::year, Part::hour, Part::minute}))
        return nothing();
    const auto date = date_literal(pieces.item, pieces[Part::month], pieces[Part::day],
                                   pieces[Part::year]);
    if (date.empty()) return {};
    // A day without a time is a dateTime too.
    if (pieces.none({Part::hour, Part::minute}) || date.size() < 10)
        return {as_value("valueDateTime", quoted(date))};
    const auto time =
        time_literal(pieces[Part::hour], pieces[Part::minute], pieces[Part::half]);
    if (time.empty()) return {};
    return {as_value("valueDateTime",
                     quoted(date + "T" + time + offset_literal(utc_offset)))};
}

Reading read_pieces(const Pieces& pieces, int utc_offset) {
    const auto& item = pieces.item;
    switch (item.type) {
        case ItemType::date: {
            if (pieces.none({Part::month, Part::day, Part::year})) return nothing();
            const auto date = date_literal(item, pieces[Part::month], pieces[Part::day],
                                           pieces[Part::year]);
            return {date.empty() ? "" : as_value("valueDate", quoted(date))};
        }
        case ItemType::date_time:
            return read_moment(pieces, utc_offset);
        case ItemType::time: {
            if (pieces.none({Part::hour, Part::minute})) return nothing();
            const auto time = time_literal(pieces[Part::hour], pieces[Part::minute],
                                           pieces[Part::half]);
            return {time.empty() ? "" : as_value("valueTime", quoted(time))};
        }
        case ItemType::integer:
        case ItemType::decimal: {
            const auto typed = trimmed(pieces[Part::value]);
            if (typed.empty()) return nothing();
            return {number_answer(item, typed)};
        }
        case ItemType::quantity:
            return read_quantity(pieces);
        default: {
            const auto typed = trimmed(pieces[Part::value]);
            if (typed.empty()) return nothing();
            return {text_answer(item, typed)};
        }
    }
}

/// Options as they are chosen, and the text typed beside them.
TypedAnswer read_other(const ItemState& item, const std::vector<FormTyping>& typing) {
    TypedAnswer answer;
    const auto other = trimmed(shown_part(item, typing, 0, Part::other));
    if (item.repeats || other.empty())
        for (const auto& option : item.options)
            if (option.chosen &&
                (item.repeats ? !option.exclusive || other.empty() : true))
                answer.values.push_back(option.json);
    if (!other.empty()) answer.values.push_back(as_value("valueString", quoted(other)));
    return answer;
}

}  // namespace

std::string answered_part(const ItemState& item, int answer, Part part) {
    if (part == Part::other) return other_answer(item);
    if (part == Part::filter || answer < 0 ||
        std::size_t(answer) >= item.answers.size())
        return {};
    Elements elements;
    const auto* value = value_of(item.answers[std::size_t(answer)].json, elements);
    if (value == nullptr) return {};
    if (item.type == ItemType::quantity) {
        if (part == Part::value) return std::string(value->text_of("value"));
        if (part != Part::unit) return {};
        const auto code = value->text_of("code"), unit = value->text_of("unit");
        for (const auto& option : item.units) {
            const auto* coding = value_of(option.json, elements);
            if (coding != nullptr &&
                ((!code.empty() && coding->text_of("code") == code) ||
                 (code.empty() && option.text == unit)))
                return option.json;
        }
        return {};
    }
    const auto text = value->text;
    const auto date = [&]() -> std::string {
        const auto day = text.substr(0, text.find('T'));
        if (part == Part::year) return std::string(day.substr(0, 4));
        if (part == Part::month)
            return day.size() >= 7 ? std::string(day.substr(5, 2)) : "";
        if (part == Part::day)
            return day.size() >= 10 ? std::string(day.substr(8, 2)) : "";
        return {};
    };
    const auto time = [&](std::string_view clock) -> std::string {
        if (clock.size() < 5) return {};
        const int hour = number(clock.substr(0, 2)).value_or(0);
        if (part == Part::hour) return std::to_string(hour % 12 == 0 ? 12 : hour % 12);
        if (part == Part::minute) return std::string(clock.substr(3, 2));
        if (part == Part::half) return hour < 12 ? "am" : "pm";
        return {};
    };
    switch (item.type) {
        case ItemType::date:
            return date();
        case ItemType::time:
            return time(text);
        case ItemType::date_time: {
            auto piece = date();
            const auto t = text.find('T');
            if (piece.empty() && t != std::string_view::npos)
                piece = time(text.substr(t + 1));
            return piece;
        }
        case ItemType::choice:
        case ItemType::reference:
            return part == Part::value ? std::string(value->text_of("display"))
                                       : std::string{};
        default:
            return part == Part::value ? std::string(text) : std::string{};
    }
}

const FormTyping* typing_of(const std::vector<FormTyping>& typing, const ItemPath& path,
                            int answer, Part part) {
    const auto found = std::ranges::find_if(typing, [&](const FormTyping& piece) {
        return piece.part == part && piece.answer == answer && piece.path == path;
    });
    return found == typing.end() ? nullptr : &*found;
}

bool is_typing(const std::vector<FormTyping>& typing, const ItemPath& path) {
    return std::ranges::any_of(typing, [&](const FormTyping& piece) {
        return piece.part != Part::filter && piece.path == path;
    });
}

std::string shown_part(const ItemState& item, const std::vector<FormTyping>& typing,
                       int answer, Part part) {
    if (const auto* piece = typing_of(typing, item.path, answer, part))
        return piece->text;
    return answered_part(item, answer, part);
}

int fields_of(const ItemState& item, const std::vector<FormTyping>& typing) {
    int count = std::max(1, int(item.answers.size()));
    for (const auto& piece : typing)
        if (piece.path == item.path && piece.part != Part::filter)
            count = std::max(count, piece.answer + 1);
    return count;
}

TypedAnswer typed_answer(const ItemState& item, const std::vector<FormTyping>& typing,
                         int utc_offset) {
    if (!item.options.empty()) return read_other(item, typing);
    TypedAnswer all;
    const int count = fields_of(item, typing);
    for (int answer = 0; answer < count; ++answer) {
        const auto read = read_pieces({item, typing, answer}, utc_offset);
        if (read.empty) continue;
        if (read.json.empty())
            all.unreadable = true;
        else
            all.values.push_back(read.json);
    }
    return all;
}

std::string number_answer(const ItemState& item, const std::string& typed) {
    const bool whole = item.type == ItemType::integer;
    const auto literal = number_literal(typed, whole);
    if (literal.empty()) return {};
    // A quantity's default unit is the session's to add.
    if (item.type == ItemType::quantity) return literal;
    // R4's integer has 32 bits.
    if (whole && !number(literal)) return {};
    return as_value(whole ? "valueInteger" : "valueDecimal", literal);
}

std::string text_answer(const ItemState& item, const std::string& text) {
    if (item.type == ItemType::url) return as_value("valueUri", quoted(text));
    // A choice whose options are not there (a value set elsewhere).
    if (item.type == ItemType::choice)
        return as_value("valueCoding", "{\"display\":" + quoted(text) + "}");
    if (item.type == ItemType::reference)
        return as_value("valueReference", "{\"display\":" + quoted(text) + "}");
    return as_value("valueString", quoted(text));
}

std::string boolean_answer(bool yes) {
    return as_value("valueBoolean", yes ? "true" : "false");
}

std::vector<std::string> answers_after(const ItemState& item,
                                       const OptionState& tapped) {
    if (!item.repeats) return {tapped.json};
    std::vector<std::string> values;
    for (const auto& option : item.options) {
        const bool is_tapped = option.json == tapped.json;
        const bool stays = option.chosen &&
                           (tapped.chosen || (!tapped.exclusive && !option.exclusive));
        if (is_tapped ? !tapped.chosen : stays) values.push_back(option.json);
    }
    const auto other = other_answer(item);
    if (!other.empty() && (!tapped.exclusive || tapped.chosen))
        values.push_back(as_value("valueString", quoted(other)));
    return values;
}

std::string other_answer(const ItemState& item) {
    if (item.type != ItemType::open_choice) return {};
    for (const auto& answer : item.answers) {
        Elements elements;
        const auto* value = value_of(answer.json, elements);
        const bool is_text = value != nullptr && value->kind == Element::Kind::string;
        const bool is_option = std::ranges::any_of(
            item.options,
            [&](const auto& option) { return option.json == answer.json; });
        if (is_text && !is_option) return std::string(value->text);
    }
    return {};
}

bool wants_day(const ItemState& item) {
    return item.placeholder.find_first_of("yYaA") == std::string::npos ||
           item.placeholder.find_first_of("dD") != std::string::npos;
}

bool wants_month(const ItemState& item) {
    return item.placeholder.find_first_of("yYaA") == std::string::npos ||
           item.placeholder.find_first_of("mM") != std::string::npos;
}

std::string SliderScale::literal(double value) const {
    const double steps = std::round((std::clamp(value, least, most) - least) / step);
    const double on_scale = std::clamp(least + steps * step, least, most);
    int digits = 0;
    for (double part = step; digits < 6 && std::abs(part - std::round(part)) > 1e-9;
         part *= 10)
        ++digits;
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), on_scale,
                                   std::chars_format::fixed, digits);
    return {text.data(), end.ptr};
}

SliderScale scale_of(const ItemState& item) {
    SliderScale scale;
    const auto read = [](const std::string& literal, double otherwise) {
        double value = 0;
        const auto [end, failed] =
            std::from_chars(literal.data(), literal.data() + literal.size(), value);
        return failed == std::errc{} && end != literal.data() ? value : otherwise;
    };
    scale.least = read(item.min_value, scale.least);
    scale.most = read(item.max_value, std::max(scale.most, scale.least + 10));
    if (scale.most <= scale.least) scale.most = scale.least + 1;
    if (item.slider_step && *item.slider_step > 0) scale.step = *item.slider_step;
    return scale;
}

}  // namespace foyer
