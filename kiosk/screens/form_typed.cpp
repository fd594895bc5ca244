#include <array>

#include "kiosk/forms/typing.h"
#include "kiosk/screens/form_item.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/icons.h"

// Answers that are typed: words, numbers, dates and times.

namespace foyer {

namespace {

using Part = FormTyping::Part;

/// R4 lets a text be a megabyte; a kiosk is no place to write one.
constexpr std::size_t longest_line = 200, longest_text = 2000;
constexpr int text_lines = 4;

/// A field for one part of an answer.
struct Piece {
    int answer = 0;
    Part part = Part::value;
    std::string key, label, spoken;
};

std::optional<Event> ask_piece(const Asked& asked, const Piece& piece,
                               const Ui::Field& how) {
    const auto shown =
        shown_part(asked.item, asked.screen.typing, piece.answer, piece.part);
    if (const auto text =
            asked.ui.field_said(piece.key, piece.label, piece.spoken, shown, how))
        return AnswerTyped{{asked.item.path, piece.answer, piece.part, *text}};
    return std::nullopt;
}

std::string key_of(const Asked& asked, int answer) {
    return answer == 0 ? asked.key : asked.key + "." + std::to_string(answer + 1);
}

/// One more field under those of a question that repeats.
std::optional<Event> ask_for_another(const Asked& asked, int fields) {
    const auto& item = asked.item;
    const bool full = item.max_occurs && fields >= *item.max_occurs;
    const bool last_empty =
        shown_part(item, asked.screen.typing, fields - 1, Part::value).empty();
    if (!item.repeats || full || last_empty) return std::nullopt;
    const auto row = asked.ui.links();
    if (!asked.ui.link(asked.key + ".another", asked.ui.tr("form.another"), icon::plus))
        return std::nullopt;
    asked.ui.type_into(key_of(asked, fields));
    return AnswerTyped{{item.path, fields, Part::value, {}}};
}

struct DatePart {
    Part part;
    const char* label;
    const char* abbreviation;
    const char* suffix;
    std::size_t digits;
    float share;
};

/// In the order the language writes a date; only what the form asks for.
std::vector<DatePart> date_parts(const Asked& asked) {
    const DatePart month{
        Part::month, "identify.month", "identify.month_short", ".month", 2, 1.0F};
    const DatePart day{Part::day, "identify.day", "identify.day_short", ".day", 2,
                       1.0F};
    const DatePart year{Part::year, "identify.year", "identify.year_short", ".year", 4,
                        1.4F};
    const bool m = wants_month(asked.item), d = wants_day(asked.item);
    std::vector<DatePart> parts;
    if (m && asked.ui.language() == "en") parts.push_back(month);
    if (d) parts.push_back(day);
    if (m && asked.ui.language() != "en") parts.push_back(month);
    parts.push_back(year);
    return parts;
}

/// Fields side by side, never parted; date and time may come to stand on two pages.
std::optional<Event> ask_parts(const Asked& asked, const std::vector<DatePart>& parts) {
    const auto block = asked.ui.block();
    const auto row = asked.ui.beside(130);
    for (const auto& part : parts) {
        const auto label = asked.ui.tr(part.label);
        auto event = ask_piece(asked,
                               {0, part.part, asked.key + part.suffix, label,
                                name_of(asked.item, asked.ui) + ". " + label},
                               {.kind = FieldKind::digits,
                                .max = part.digits,
                                .small_label = true,
                                .abbreviation = part.abbreviation,
                                .share = part.share});
        if (event) return event;
    }
    return std::nullopt;
}

/// Morning or afternoon, as cards: nobody types "p. m.".
std::optional<Event> ask_half(const Asked& asked) {
    using namespace std::chrono_literals;
    const auto half = shown_part(asked.item, asked.screen.typing, 0, Part::half);
    const auto row = asked.ui.across();
    for (const char* which : {"am", "pm"}) {
        const auto label = day_half_words(
            asked.ui.language(), std::chrono::minutes(which[0] == 'a' ? 9h : 15h));
        asked.ui.private_next();
        if (asked.ui.choice(asked.key + "." + which, label, half == which, nullptr,
                            Mark::one))
            return AnswerTyped{{asked.item.path, 0, Part::half, which}};
    }
    return std::nullopt;
}

std::optional<Event> ask_unit(const Asked& asked) {
    const auto& item = asked.item;
    const auto chosen = shown_part(item, asked.screen.typing, 0, Part::unit);
    const auto row = asked.ui.across();
    int number = 0;
    for (const auto& unit : item.units) {
        asked.ui.private_next();
        if (asked.ui.choice(asked.key + ".unit." + std::to_string(++number), unit.text,
                            unit.json == chosen, nullptr, Mark::one))
            return AnswerTyped{{item.path, 0, Part::unit, unit.json}};
    }
    return std::nullopt;
}

/// The one unit there is; of several, one is chosen.
std::string unit_beside(const ItemState& item) {
    if (item.units.size() == 1) return item.units.front().text;
    return item.units.empty() ? item.unit : std::string{};
}

/// "555 123 4567" asks for digits and nothing else.
bool is_of_digits(const std::string& format) {
    return format.find_first_of("0123456789") != std::string::npos &&
           format.find_first_not_of("0123456789 -()+.") == std::string::npos;
}

/// What is said of a field whose question stands above: its entry format, or nothing.
std::string hint_of(const Asked& asked) {
    return asked.item.placeholder;
}

}  // namespace

bool is_typed(const ItemState& item) {
    if (!item.options.empty()) return false;
    switch (item.type) {
        case ItemType::group:
        case ItemType::display:
        case ItemType::boolean:
        case ItemType::attachment:
            return false;
        case ItemType::integer:
        case ItemType::decimal:
        case ItemType::quantity:
            return item.control != ItemControl::slider;
        default:
            return true;
    }
}

std::optional<Event> ask_text(const Asked& asked) {
    const auto& item = asked.item;
    const bool tall = item.type == ItemType::text && !item.repeats;
    const bool digits = is_of_digits(item.placeholder);
    const auto most = item.max_length ? std::size_t(std::max(1, *item.max_length))
                                      : (tall ? longest_text : longest_line);
    const int fields = item.repeats ? fields_of(item, asked.screen.typing) : 1;
    for (int answer = 0; answer < fields; ++answer)
        if (auto event =
                ask_piece(asked,
                          {answer, Part::value, key_of(asked, answer), hint_of(asked),
                           name_of(item, asked.ui)},
                          {.kind = digits ? FieldKind::digits : FieldKind::text,
                           .max = std::min(most, longest_text),
                           .lines = tall ? text_lines : 1}))
            return event;
    return ask_for_another(asked, fields);
}

std::optional<Event> ask_number(const Asked& asked) {
    const auto& item = asked.item;
    const bool decimal = item.type != ItemType::integer && item.max_decimals != 0;
    const bool negative = item.min_value.starts_with('-');
    const int fields = item.repeats ? fields_of(item, asked.screen.typing) : 1;
    for (int answer = 0; answer < fields; ++answer)
        if (auto event = ask_piece(asked,
                                   {answer, Part::value, key_of(asked, answer),
                                    hint_of(asked), name_of(item, asked.ui)},
                                   {.kind = FieldKind::number,
                                    .max = 18,
                                    .decimal = decimal,
                                    .negative = negative,
                                    .unit = unit_beside(item)}))
            return event;
    if (item.units.size() > 1)
        if (auto event = ask_unit(asked)) return event;
    return ask_for_another(asked, fields);
}

std::optional<Event> ask_moment(const Asked& asked) {
    if (asked.item.type != ItemType::time)
        if (auto event = ask_parts(asked, date_parts(asked))) return event;
    if (asked.item.type == ItemType::date) return std::nullopt;
    if (auto event = ask_parts(
            asked,
            {{Part::hour, "form.hour", "form.hour_short", ".hour", 2, 1.0F},
             {Part::minute, "form.minute", "form.minute_short", ".minute", 2, 1.0F}}))
        return event;
    return ask_half(asked);
}

}  // namespace foyer
