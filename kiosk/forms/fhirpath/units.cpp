#include "kiosk/forms/fhirpath/units.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

namespace foyer::fhirpath {

namespace {

enum Dimension : std::size_t {
    length,
    time,
    mass,
    temperature,
    charge,
    light,
    substance,
    angle,
    arbitrary,
    dimensions,
};
using Powers = std::array<std::int8_t, dimensions>;

struct Measure {
    Decimal factor{1, 0};  ///< of metre, second, gram, kelvin, coulomb, candela, mole
    Powers powers{};
    bool special = false;
};

struct Atom {
    std::string_view code;
    bool metric;
    std::string_view factor;
    Powers powers;
};

//                          m   s   g   K   C   cd mol rad arb
constexpr Powers none{0, 0, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers metre{1, 0, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers square{2, 0, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers cube{3, 0, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers second{0, 1, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers per_second{0, -1, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers gram{0, 0, 1, 0, 0, 0, 0, 0, 0};
constexpr Powers kelvin{0, 0, 0, 1, 0, 0, 0, 0, 0};
constexpr Powers coulomb{0, 0, 0, 0, 1, 0, 0, 0, 0};
constexpr Powers ampere{0, -1, 0, 0, 1, 0, 0, 0, 0};
constexpr Powers volt{2, -2, 1, 0, -1, 0, 0, 0, 0};
constexpr Powers ohm{2, -1, 1, 0, -2, 0, 0, 0, 0};
constexpr Powers candela{0, 0, 0, 0, 0, 1, 0, 0, 0};
constexpr Powers mole{0, 0, 0, 0, 0, 0, 1, 0, 0};
constexpr Powers katal{0, -1, 0, 0, 0, 0, 1, 0, 0};
constexpr Powers radian{0, 0, 0, 0, 0, 0, 0, 1, 0};
constexpr Powers newton{1, -2, 1, 0, 0, 0, 0, 0, 0};
constexpr Powers pascal{-1, -2, 1, 0, 0, 0, 0, 0, 0};
constexpr Powers joule{2, -2, 1, 0, 0, 0, 0, 0, 0};
constexpr Powers watt{2, -3, 1, 0, 0, 0, 0, 0, 0};
constexpr Powers gray{2, -2, 0, 0, 0, 0, 0, 0, 0};
constexpr Powers units{0, 0, 0, 0, 0, 0, 0, 0, 1};

/// From the UCUM specification, version 2.1; https://ucum.org/ucum
constexpr std::array<Atom, 84> atoms{{
    {"m", true, "1", metre},
    {"s", true, "1", second},
    {"g", true, "1", gram},
    {"K", true, "1", kelvin},
    {"C", true, "1", coulomb},
    {"cd", true, "1", candela},
    {"mol", true, "1", mole},
    {"rad", true, "1", radian},
    {"1", false, "1", none},
    {"10*", false, "10", none},
    {"10^", false, "10", none},
    {"%", false, "0.01", none},
    {"[ppth]", false, "0.001", none},
    {"[ppm]", false, "0.000001", none},
    {"[ppb]", false, "0.000000001", none},
    {"[pi]", false, "3.1415926535897932384626433833", none},
    {"Hz", true, "1", per_second},
    {"Bq", true, "1", per_second},
    {"N", true, "1000", newton},
    {"Pa", true, "1000", pascal},
    {"bar", true, "100000000", pascal},
    {"atm", false, "101325000", pascal},
    {"m[Hg]", true, "133322000", pascal},
    {"m[H2O]", true, "9806650", pascal},
    {"[psi]", false, "6894757.293168", pascal},
    {"J", true, "1000", joule},
    {"cal", true, "4184", joule},
    {"[Cal]", false, "4184000", joule},
    {"W", true, "1000", watt},
    {"A", true, "1", ampere},
    {"V", true, "1000", volt},
    {"Ohm", true, "1000", ohm},
    {"Gy", true, "1", gray},
    {"Sv", true, "1", gray},
    {"kat", true, "1", katal},
    {"U", true, "0.0000000166666666666666666667", katal},
    {"eq", true, "1", mole},
    {"osm", true, "1", mole},
    {"l", true, "0.001", cube},
    {"L", true, "0.001", cube},
    {"ar", true, "100", square},
    {"min", false, "60", second},
    {"h", false, "3600", second},
    {"d", false, "86400", second},
    {"wk", false, "604800", second},
    {"mo", false, "2629800", second},
    {"mo_j", false, "2629800", second},
    {"a", false, "31557600", second},
    {"a_j", false, "31557600", second},
    {"t", true, "1000000", gram},
    {"deg", false, "0.0174532925199432957692369077", radian},
    {"[in_i]", false, "0.0254", metre},
    {"[ft_i]", false, "0.3048", metre},
    {"[yd_i]", false, "0.9144", metre},
    {"[mi_i]", false, "1609.344", metre},
    {"[nmi_i]", false, "1852", metre},
    {"[in_us]", false, "0.0254000508001016002032004064", metre},
    {"[ft_us]", false, "0.3048006096012192024384048768", metre},
    {"[mi_us]", false, "1609.3472186944373888747777495555", metre},
    {"[sin_i]", false, "0.00064516", square},
    {"[sft_i]", false, "0.09290304", square},
    {"[cin_i]", false, "0.000016387064", cube},
    {"[cft_i]", false, "0.028316846592", cube},
    {"[lb_av]", false, "453.59237", gram},
    {"[oz_av]", false, "28.349523125", gram},
    {"[dr_av]", false, "1.7718451953125", gram},
    {"[gr]", false, "0.06479891", gram},
    {"[stone_av]", false, "6350.29318", gram},
    {"[lb_tr]", false, "373.2417216", gram},
    {"[oz_tr]", false, "31.1034768", gram},
    {"[gal_us]", false, "0.003785411784", cube},
    {"[qt_us]", false, "0.000946352946", cube},
    {"[pt_us]", false, "0.000473176473", cube},
    {"[cup_us]", false, "0.0002365882365", cube},
    {"[foz_us]", false, "0.0000295735295625", cube},
    {"[tbs_us]", false, "0.00001478676478125", cube},
    {"[tsp_us]", false, "0.00000492892159375", cube},
    {"[iU]", true, "1", units},
    {"[IU]", true, "1", units},
    {"Cel", true, "", kelvin},  // an empty factor: special
    {"[degF]", false, "", kelvin},
    {"B", true, "", none},
    {"Np", true, "", none},
    {"[pH]", false, "", none},
}};

struct Prefix {
    std::string_view code;
    int exponent;
};
constexpr std::array<Prefix, 20> prefixes{{
    {"da", 1}, {"h", 2},   {"k", 3},   {"M", 6},   {"G", 9},   {"T", 12},  {"P", 15},
    {"E", 18}, {"Z", 21},  {"Y", 24},  {"d", -1},  {"c", -2},  {"m", -3},  {"u", -6},
    {"n", -9}, {"p", -12}, {"f", -15}, {"a", -18}, {"z", -21}, {"y", -24},
}};

Decimal power_of_ten(int exponent) {
    Decimal power{1, 0};
    for (int i = 0; i < exponent; ++i) power.coefficient *= 10;
    if (exponent < 0) power.scale = -exponent;
    return power;
}

const Atom* atom_named(std::string_view code) {
    const auto* found = std::find_if(atoms.begin(), atoms.end(), [&](const Atom& atom) {
        return atom.code == code;
    });
    return found == atoms.end() ? nullptr : found;
}

/// Reads a unit; `ok` once false stays false.
class UnitReader {
public:
    explicit UnitReader(std::string_view text) : text_(text) {}

    std::optional<Measure> whole() {
        const bool per = skip('/');
        Measure measure = term(0);
        if (per) measure = inverse(measure);
        if (!ok_ || !text_.empty()) return std::nullopt;
        return measure;
    }

private:
    bool skip(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    void take(Measure& into, const Measure& other, bool per) {
        const auto factor = per ? divide(into.factor, other.factor)
                                : multiply(into.factor, other.factor);
        if (!factor || factor->is_zero()) {
            ok_ = false;
            return;
        }
        into.factor = *factor;
        into.special = into.special || other.special;
        for (std::size_t i = 0; i < dimensions; ++i) {
            const int power =
                into.powers[i] + (per ? -other.powers[i] : other.powers[i]);
            if (std::abs(power) > 100) ok_ = false;
            into.powers[i] = static_cast<std::int8_t>(power);
        }
    }

    Measure inverse(const Measure& of) {
        Measure out;
        take(out, of, /*per=*/true);
        return out;
    }

    Measure term(int depth) {
        Measure out;
        if (depth > 8) ok_ = false;
        bool per = false;
        while (ok_) {
            take(out, component(depth), per);
            if (skip('.')) {
                per = false;
            } else if (skip('/')) {
                per = true;
            } else {
                break;
            }
        }
        return out;
    }

    Measure component(int depth) {
        if (skip('(')) {
            const Measure inner = term(depth + 1);
            if (!skip(')')) ok_ = false;
            return inner;
        }
        if (!text_.empty() && text_.front() == '{') {
            annotation();
            return {};
        }
        const std::string_view code = symbol();
        Measure unit = simple(code);
        const int exponent = power();
        Measure out;
        for (int i = 0; i < std::abs(exponent) && ok_; ++i)
            take(out, unit, exponent < 0);
        annotation();
        return out;
    }

    void annotation() {
        if (text_.empty() || text_.front() != '{') return;
        const std::size_t end = text_.find('}');
        if (end == std::string_view::npos) {
            ok_ = false;
            return;
        }
        text_.remove_prefix(end + 1);
    }

    /// Up to the exponent or operator; brackets hold anything.
    std::string_view symbol() {
        for (const std::string_view ten : {"10*", "10^"}) {
            if (!text_.starts_with(ten)) continue;
            text_.remove_prefix(ten.size());
            return ten;
        }
        std::size_t at = 0;
        if (at < text_.size() && is_digit(text_[at])) {
            while (at < text_.size() && is_digit(text_[at])) ++at;
        } else {
            bool inside = false;
            for (; at < text_.size(); ++at) {
                const char c = text_[at];
                if (c == '[') inside = true;
                if (c == ']') inside = false;
                const bool ends = c == '.' || c == '/' || c == '(' || c == ')' ||
                                  c == '{' || c == '+' || c == '-' || is_digit(c);
                if (!inside && ends) break;
            }
        }
        const std::string_view code = text_.substr(0, at);
        text_.remove_prefix(at);
        return code;
    }

    int power() {
        const bool down = !text_.empty() && text_.front() == '-';
        const bool sign = down || (!text_.empty() && text_.front() == '+');
        if (sign) text_.remove_prefix(1);
        if (text_.empty() || !is_digit(text_.front())) {
            if (sign) ok_ = false;
            return 1;
        }
        int value = 0;
        while (!text_.empty() && is_digit(text_.front())) {
            value = std::min(value * 10 + (text_.front() - '0'), 100);
            text_.remove_prefix(1);
        }
        if (value > 30) ok_ = false;
        return down ? -value : value;
    }

    Measure of(const Atom& atom) {
        Measure measure;
        measure.powers = atom.powers;
        measure.special = atom.factor.empty();
        if (const auto factor = Decimal::parse(atom.factor)) measure.factor = *factor;
        return measure;
    }

    Measure simple(std::string_view code) {
        if (code.empty()) {
            ok_ = false;
            return {};
        }
        if (const Atom* atom = atom_named(code)) return of(*atom);
        if (is_digit(code.front())) {
            Measure number;
            if (const auto value = Decimal::parse(code)) {
                number.factor = *value;
            } else {
                ok_ = false;
            }
            return number;
        }
        for (const Prefix& prefix : prefixes) {
            if (!code.starts_with(prefix.code)) continue;
            const Atom* atom = atom_named(code.substr(prefix.code.size()));
            if (!atom || !atom->metric) continue;
            Measure measure = of(*atom);
            Measure scale;
            scale.factor = power_of_ten(prefix.exponent);
            take(measure, scale, /*per=*/false);
            return measure;
        }
        ok_ = false;
        return {};
    }

    std::string_view text_;
    bool ok_ = true;
};

std::optional<Measure> measure_of(std::string_view unit) {
    constexpr std::size_t longest = 64;
    if (unit.size() > longest) return std::nullopt;
    return UnitReader(unit).whole();
}

/// Seconds; for a year and a month those of 365 and 30 days.
Decimal seconds_of(CalendarUnit unit) {
    switch (unit) {
        case CalendarUnit::year:
            return Decimal::of(365LL * 86'400);
        case CalendarUnit::month:
            return Decimal::of(30LL * 86'400);
        case CalendarUnit::week:
            return Decimal::of(7LL * 86'400);
        case CalendarUnit::day:
            return Decimal::of(86'400);
        case CalendarUnit::hour:
            return Decimal::of(3600);
        case CalendarUnit::minute:
            return Decimal::of(60);
        case CalendarUnit::second:
            return Decimal::of(1);
        case CalendarUnit::millisecond:
            break;
    }
    return {1, 3};
}

bool is_long(CalendarUnit unit) {
    return unit == CalendarUnit::year || unit == CalendarUnit::month;
}

bool is_mean(std::string_view unit) {
    return unit == "a" || unit == "mo" || unit == "a_j" || unit == "mo_j";
}

constexpr Powers only_time = second;

Common same(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
    if (!a || !b) return {Common::Kind::unsettled, {}};
    return {Common::Kind::same, {*a, *b}};
}

Common both_calendar(const Quantity& a, const Quantity& b) {
    const auto left = calendar_unit(a.unit);
    const auto right = calendar_unit(b.unit);
    if (!left || !right) return {};
    if (is_long(*left) && is_long(*right)) {
        const auto months = [](const Quantity& of, CalendarUnit unit) {
            return unit == CalendarUnit::year ? multiply(of.amount, Decimal::of(12))
                                              : std::optional(of.amount);
        };
        return same(months(a, *left), months(b, *right));
    }
    return same(multiply(a.amount, seconds_of(*left)),
                multiply(b.amount, seconds_of(*right)));
}

/// The UCUM unit that a calendar unit is, nearly.
std::string_view ucum_of(CalendarUnit unit) {
    constexpr std::array<std::string_view, 8> codes{"a", "mo",  "wk", "d",
                                                    "h", "min", "s",  "ms"};
    return codes[static_cast<std::size_t>(unit)];
}

Quantity as_ucum(const Quantity& of) {
    const auto unit = of.calendar ? calendar_unit(of.unit) : std::nullopt;
    return unit ? Quantity{of.amount, ucum_of(*unit), false} : of;
}

/// Of the scales that do not begin at absolute zero; none for other units.
std::optional<Decimal> kelvins_of(const Quantity& of) {
    if (of.unit == "K") return of.amount;
    if (of.unit == "Cel") return add(of.amount, {27315, 2});
    if (of.unit != "[degF]") return std::nullopt;
    const auto ninths = add(of.amount, {45967, 2});
    const auto fifths = ninths ? multiply(*ninths, Decimal::of(5)) : std::nullopt;
    return fifths ? divide(*fifths, Decimal::of(9)) : std::nullopt;
}

/// The other way; `unit` is one of the three.
std::optional<Decimal> from_kelvins(const Decimal& kelvins, std::string_view unit) {
    if (unit == "K") return kelvins;
    if (unit == "Cel") return subtract(kelvins, {27315, 2});
    const auto nine = multiply(kelvins, Decimal::of(9));
    const auto ninths = nine ? divide(*nine, Decimal::of(5)) : std::nullopt;
    return ninths ? subtract(*ninths, {45967, 2}) : std::nullopt;
}

Common both_ucum(const Quantity& a, const Quantity& b) {
    if (a.unit == b.unit) return {Common::Kind::same, {a.amount, b.amount}};
    if (const auto left = kelvins_of(a))
        if (const auto right = kelvins_of(b))
            return {Common::Kind::same, {*left, *right}};
    const auto left = measure_of(a.unit);
    const auto right = measure_of(b.unit);
    if (!left || !right || left->special || right->special ||
        left->powers != right->powers)
        return {};
    return same(multiply(a.amount, left->factor), multiply(b.amount, right->factor));
}

Common one_calendar(const Quantity& calendar, const Quantity& ucum, bool loosely) {
    const auto unit = calendar_unit(calendar.unit);
    const auto measure = measure_of(ucum.unit);
    if (!unit || !measure || measure->powers != only_time) return {};
    if (!loosely && (is_long(*unit) || is_mean(ucum.unit)))
        return {Common::Kind::unsettled, {}};
    return both_ucum(as_ucum(calendar), ucum);
}

/// An amount without the zeros that a calculation leaves.
std::optional<Quantity> quantity_of(const std::optional<Decimal>& amount,
                                    const Quantity& like) {
    if (!amount) return std::nullopt;
    return Quantity{*amount, like.unit, like.calendar};
}

/// The size of the unit beside others of its kind.
std::optional<Decimal> size_of(const Quantity& of) {
    if (of.calendar) {
        const auto unit = calendar_unit(of.unit);
        return unit ? std::optional(seconds_of(*unit)) : std::nullopt;
    }
    const auto measure = measure_of(of.unit);
    return measure ? std::optional(measure->factor) : std::nullopt;
}

bool is_one(const Quantity& of) {
    return !of.calendar && of.unit == "1";
}

bool has_no_dimension(const Quantity& of) {
    const auto measure = of.calendar ? std::nullopt : measure_of(of.unit);
    return measure && !measure->special && measure->powers == none;
}

/// Only a number can multiply or divide what a calendar counts.
bool mixes_calendars(const Quantity& a, const Quantity& b) {
    return a.calendar || b.calendar;
}

std::string in_brackets(std::string_view unit) {
    const bool compound = unit.find_first_of("./") != std::string_view::npos;
    return compound ? "(" + std::string(unit) + ")" : std::string(unit);
}

}  // namespace

Common in_common(const Quantity& a, const Quantity& b, bool loosely) {
    if (a.calendar && b.calendar) return both_calendar(a, b);
    if (a.calendar) return one_calendar(a, b, loosely);
    if (b.calendar) {
        Common turned = one_calendar(b, a, loosely);
        std::swap(turned.amounts.first, turned.amounts.second);
        return turned;
    }
    return both_ucum(a, b);
}

std::optional<Quantity> converted(const Quantity& value, std::string_view unit) {
    if (unit == "K" || unit == "Cel" || unit == "[degF]") {
        const auto kelvins = value.calendar ? std::nullopt : kelvins_of(value);
        const auto amount = kelvins ? from_kelvins(*kelvins, unit) : std::nullopt;
        if (amount) return Quantity{amount->trimmed(), unit, false};
    }
    const Quantity one{Decimal::of(1), unit, calendar_unit(unit).has_value()};
    const Common common = in_common(value, one);
    if (common.kind != Common::Kind::same) return std::nullopt;
    return quantity_of(divide(common.amounts.first, common.amounts.second), one);
}

std::optional<Quantity> added(const Quantity& a, const Quantity& b, bool subtract) {
    if (is_special(a) || is_special(b)) return std::nullopt;
    const Common common = in_common(a, b);
    if (common.kind != Common::Kind::same) return std::nullopt;
    if (a.unit == b.unit && a.calendar == b.calendar)
        return quantity_of(
            subtract ? fhirpath::subtract(a.amount, b.amount) : add(a.amount, b.amount),
            a);
    const auto size_a = size_of(a);
    const auto size_b = size_of(b);
    if (!size_a || !size_b) return std::nullopt;
    const Quantity& smaller = compare(*size_a, *size_b) > 0 ? b : a;
    const Quantity one{Decimal::of(1), smaller.unit, smaller.calendar};
    const Common of_a = in_common(a, one);
    const Common of_b = in_common(b, one);
    if (of_a.kind != Common::Kind::same || of_b.kind != Common::Kind::same)
        return std::nullopt;
    const auto count_a = divide(of_a.amounts.first, of_a.amounts.second);
    const auto count_b = divide(of_b.amounts.first, of_b.amounts.second);
    if (!count_a || !count_b) return std::nullopt;
    return quantity_of(
        subtract ? fhirpath::subtract(*count_a, *count_b) : add(*count_a, *count_b),
        smaller);
}

std::optional<Quantity> multiplied(const Quantity& a, const Quantity& b,
                                   std::string& made_unit) {
    if (is_special(a) || is_special(b)) return std::nullopt;
    const auto product = multiply(a.amount, b.amount);
    if (is_one(b)) return quantity_of(product, a);
    if (is_one(a)) return quantity_of(product, b);
    if (mixes_calendars(a, b)) return std::nullopt;
    made_unit = in_brackets(a.unit) + "." + in_brackets(b.unit);
    return quantity_of(product, {{}, made_unit, false});
}

std::optional<Quantity> divided(const Quantity& a, const Quantity& b,
                                std::string& made_unit) {
    if (is_special(a) || is_special(b)) return std::nullopt;
    if (is_one(b)) return quantity_of(divide(a.amount, b.amount), a);
    if (has_no_dimension(b)) {
        const auto measure = measure_of(b.unit);
        const auto by = multiply(b.amount, measure->factor);
        return by ? quantity_of(divide(a.amount, *by), a) : std::nullopt;
    }
    if (mixes_calendars(a, b)) return std::nullopt;
    const Common common = both_ucum(a, b);
    if (common.kind == Common::Kind::same)
        return quantity_of(divide(common.amounts.first, common.amounts.second),
                           {{}, "1", false});
    made_unit = a.unit == "1" ? "1/" + in_brackets(b.unit)
                              : in_brackets(a.unit) + "/" + in_brackets(b.unit);
    return quantity_of(divide(a.amount, b.amount), {{}, made_unit, false});
}

bool is_special(const Quantity& value) {
    if (value.calendar) return false;
    const auto measure = measure_of(value.unit);
    return measure && measure->special;
}

std::optional<CalendarUnit> calendar_unit_of(const Quantity& value) {
    if (value.calendar) return calendar_unit(value.unit);
    for (const CalendarUnit unit :
         {CalendarUnit::week, CalendarUnit::day, CalendarUnit::hour,
          CalendarUnit::minute, CalendarUnit::second, CalendarUnit::millisecond})
        if (ucum_of(unit) == value.unit) return unit;
    return std::nullopt;
}

std::string quantity_text(const Quantity& value) {
    std::string out = value.amount.to_string();
    out += ' ';
    if (value.calendar) return out += value.unit;
    out += '\'';
    out += value.unit;
    return out += '\'';
}

}  // namespace foyer::fhirpath
