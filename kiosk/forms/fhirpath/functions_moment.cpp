#include <algorithm>
#include <array>
#include <chrono>

#include "kiosk/forms/fhirpath/evaluator.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;
using Precision = Moment::Precision;

Moment clock_now(const Call& call) {
    const Environment& environment = call.evaluator.environment();
    return moment_of(environment.now,
                     static_cast<int>(environment.offset_from_utc.count()));
}

bool now(const Call& call) {
    call.out.push(Value::moment(Kind::date_time, clock_now(call)));
    return true;
}

bool today(const Call& call) {
    const Moment at = clock_now(call);
    Moment day;
    day.year = at.year;
    day.month = at.month;
    day.day = at.day;
    day.precision = Precision::day;
    call.out.push(Value::moment(Kind::date, day));
    return true;
}

bool time_of_day(const Call& call) {
    Moment at = clock_now(call);
    at.year = 0;
    at.month = 1;
    at.day = 1;
    at.offset = Moment::no_offset;
    call.out.push(Value::moment(Kind::time, at));
    return true;
}

/// How many digits the parts of a moment have: "2014-01-05T10" has 10, "10:30" has 4.
struct Digits {
    int count;
    Precision precision;
};
constexpr std::array<Digits, 7> date_digits{{
    {4, Precision::year},
    {6, Precision::month},
    {8, Precision::day},
    {10, Precision::hour},
    {12, Precision::minute},
    {14, Precision::second},
    {17, Precision::millisecond},
}};
constexpr std::array<Digits, 4> time_digits{{
    {2, Precision::hour},
    {4, Precision::minute},
    {6, Precision::second},
    {9, Precision::millisecond},
}};

std::span<const Digits> digits_of(Kind kind) {
    if (kind == Kind::time) return time_digits;
    return date_digits;
}

std::uint8_t last_day(const Moment& moment) {
    const std::chrono::year_month_day_last last{
        std::chrono::year{moment.year},
        std::chrono::month_day_last{std::chrono::month{moment.month}}};
    return static_cast<std::uint8_t>(unsigned(last.day()));
}

/// The earliest or latest moment that this one may mean, as precise as `to`.
Moment boundary_of(const Moment& of, Kind kind, Precision to, bool high) {
    Moment out = of;
    if (of.precision < Precision::month) out.month = high ? 12 : 1;
    if (of.precision < Precision::day) out.day = high ? last_day(out) : 1;
    if (of.precision < Precision::hour) out.hour = high ? 23 : 0;
    if (of.precision < Precision::minute) out.minute = high ? 59 : 0;
    if (of.precision < Precision::second) out.second = high ? 59 : 0;
    if (of.precision < Precision::millisecond) out.millisecond = high ? 999 : 0;
    out.precision = to;
    constexpr std::int16_t east = 14 * 60;
    constexpr std::int16_t west = -12 * 60;
    if (kind == Kind::date_time && to >= Precision::hour && !of.has_offset())
        out.offset = high ? west : east;
    if (to < Precision::hour) out.offset = Moment::no_offset;
    return out;
}

/// Half a unit of the last digit away, then outward to `digits`.
std::optional<Decimal> boundary_of(const Decimal& of, int digits, bool high) {
    const Decimal half{5, of.scale + 1};
    const auto edge = high ? add(of, half) : subtract(of, half);
    if (!edge) return std::nullopt;
    if (edge->scale <= digits) return edge->rounded(digits);
    return high ? edge->ceiling(digits) : edge->floor(digits);
}

bool number_boundary(const Call& call, const Value& value, std::int64_t digits,
                     bool high) {
    if (digits < 0 || digits > Decimal::max_scale) return true;
    const Decimal number = value.kind() == Kind::quantity ? value.quantity().amount
                           : value.kind() == Kind::integer
                               ? Decimal::of(value.integer())
                               : value.decimal();
    const auto edge = boundary_of(number, static_cast<int>(digits), high);
    if (!edge) return true;
    if (value.kind() != Kind::quantity) {
        call.out.push(Value::decimal(*edge));
        return true;
    }
    Quantity quantity = value.quantity();
    quantity.amount = *edge;
    return call.evaluator.put_quantity(quantity, call.out);
}

template <bool high>
bool boundary(const Call& call) {
    const Value* item = nullptr;
    std::optional<std::int64_t> digits;
    if (!single_input(call, item)) return false;
    if (!call.node.arguments.empty() && !integer_argument(call, 0, digits))
        return false;
    if (!item || (!digits && !call.node.arguments.empty())) return true;
    const auto value = to_system(*item, call.evaluator.scratch());
    if (!value) return true;
    switch (value->kind()) {
        case Kind::integer:
        case Kind::decimal:
        case Kind::quantity:
            return number_boundary(call, *value, digits.value_or(8), high);
        case Kind::date:
        case Kind::date_time:
        case Kind::time:
            break;
        default:
            return call.evaluator.fail(call.node, "such a value has no boundary");
    }
    const std::int64_t most = value->kind() == Kind::date        ? 8
                              : value->kind() == Kind::date_time ? 17
                                                                 : 9;
    for (const Digits& row : digits_of(value->kind()))
        if (row.count == digits.value_or(most) && row.count <= most)
            call.out.push(Value::moment(
                value->kind(),
                boundary_of(value->moment(), value->kind(), row.precision, high)));
    return true;
}

bool precision(const Call& call) {
    const Value* item = nullptr;
    if (!single_input(call, item)) return false;
    const auto value = item ? to_system(*item, call.evaluator.scratch()) : std::nullopt;
    if (!value) return true;
    switch (value->kind()) {
        case Kind::integer:
            call.out.push(Value::integer(0));
            return true;
        case Kind::decimal:
            call.out.push(Value::integer(value->decimal().scale));
            return true;
        case Kind::date:
        case Kind::date_time:
        case Kind::time:
            for (const Digits& row : digits_of(value->kind()))
                if (row.precision == value->moment().precision)
                    call.out.push(Value::integer(row.count));
            return true;
        default:
            return call.evaluator.fail(call.node, "such a value has no precision");
    }
}

/// The one moment the call stands on, also as a text; none for anything else.
bool moment_input(const Call& call, std::optional<Value>& out) {
    const Value* item = nullptr;
    out.reset();
    if (!single_input(call, item)) return false;
    auto value = item ? to_system(*item, call.evaluator.scratch()) : std::nullopt;
    if (value && value->kind() == Kind::string) {
        const auto read = parse_date_time(value->text());
        value =
            read ? std::optional(Value::moment(Kind::date_time, *read)) : std::nullopt;
    }
    if (value && (value->kind() == Kind::date || value->kind() == Kind::date_time ||
                  value->kind() == Kind::time))
        out = value;
    return true;
}

template <Precision part>
bool part_of(const Call& call) {
    std::optional<Value> value;
    if (!moment_input(call, value)) return false;
    if (!value) return true;
    const Moment& at = value->moment();
    if (part > at.precision) return true;
    if (value->kind() == Kind::time && part < Precision::hour) return true;
    const std::array<int, 7> parts{at.year,   at.month,  at.day,        at.hour,
                                   at.minute, at.second, at.millisecond};
    call.out.push(Value::integer(parts[static_cast<std::size_t>(part)]));
    return true;
}

/// In hours.
bool offset_of(const Call& call) {
    std::optional<Value> value;
    if (!moment_input(call, value)) return false;
    if (!value || !value->moment().has_offset()) return true;
    const auto hours = divide(Decimal::of(value->moment().offset), Decimal::of(60));
    if (hours) call.out.push(Value::decimal(*hours));
    return true;
}

bool date_of(const Call& call) {
    std::optional<Value> value;
    if (!moment_input(call, value)) return false;
    if (!value || value->kind() == Kind::time) return true;
    Moment day = value->moment();
    day.precision = std::min(day.precision, Precision::day);
    day.offset = Moment::no_offset;
    call.out.push(Value::moment(Kind::date, day));
    return true;
}

bool time_of(const Call& call) {
    std::optional<Value> value;
    if (!moment_input(call, value)) return false;
    if (!value || value->kind() != Kind::date_time ||
        value->moment().precision < Precision::hour)
        return true;
    Moment time = value->moment();
    time.offset = Moment::no_offset;
    call.out.push(Value::moment(Kind::time, time));
    return true;
}

using Takes = Function::Takes;

constexpr std::array functions{
    Function{"now", 0, 0, Takes::values, false, now},
    Function{"today", 0, 0, Takes::values, false, today},
    Function{"timeOfDay", 0, 0, Takes::values, false, time_of_day},
    Function{"lowBoundary", 0, 1, Takes::values, false, boundary<false>},
    Function{"highBoundary", 0, 1, Takes::values, false, boundary<true>},
    Function{"precision", 0, 0, Takes::values, false, precision},
    Function{"yearOf", 0, 0, Takes::values, false, part_of<Precision::year>},
    Function{"monthOf", 0, 0, Takes::values, false, part_of<Precision::month>},
    Function{"dayOf", 0, 0, Takes::values, false, part_of<Precision::day>},
    Function{"hourOf", 0, 0, Takes::values, false, part_of<Precision::hour>},
    Function{"minuteOf", 0, 0, Takes::values, false, part_of<Precision::minute>},
    Function{"secondOf", 0, 0, Takes::values, false, part_of<Precision::second>},
    Function{"millisecondOf", 0, 0, Takes::values, false,
             part_of<Precision::millisecond>},
    Function{"timezoneOffsetOf", 0, 0, Takes::values, false, offset_of},
    Function{"dateOf", 0, 0, Takes::values, false, date_of},
    Function{"timeOf", 0, 0, Takes::values, false, time_of},
};

}  // namespace

std::span<const Function> moment_functions() {
    return functions;
}

}  // namespace foyer::fhirpath
