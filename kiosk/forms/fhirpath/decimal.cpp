#include "kiosk/forms/fhirpath/decimal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace foyer::fhirpath {

namespace {

constexpr std::array<Int128, 39> powers_of_ten = [] {
    std::array<Int128, 39> powers{};
    Int128 power = 1;
    for (std::size_t i = 0; i < powers.size(); ++i) {
        powers[i] = power;
        if (i + 1 < powers.size()) power *= 10;
    }
    return powers;
}();

Int128 ten_to(int exponent) {
    return powers_of_ten[static_cast<std::size_t>(exponent)];
}

constexpr Int128 beyond = powers_of_ten[Decimal::max_digits];

Int128 magnitude(Int128 value) {
    return value < 0 ? -value : value;
}

/// `value` / `by`, half away from zero.
Int128 divided_rounding(Int128 value, Int128 by) {
    const Int128 whole = value / by;
    const Int128 rest = magnitude(value % by);
    if (rest < by - rest) return whole;
    return value < 0 ? whole - 1 : whole + 1;
}

/// With as many digits of the fraction as there is room for.
std::optional<Decimal> fitting(Int128 coefficient, int scale) {
    while (scale > Decimal::max_scale || magnitude(coefficient) >= beyond) {
        if (scale <= 0) return std::nullopt;
        coefficient = divided_rounding(coefficient, 10);
        --scale;
    }
    return Decimal{coefficient, scale};
}

Decimal without_last_digit(const Decimal& value) {
    return {divided_rounding(value.coefficient, 10), value.scale - 1};
}

bool scaled_up(Int128& coefficient, int digits) {
    if (coefficient == 0 || digits == 0) return true;
    if (digits > Decimal::max_digits) return false;
    return !__builtin_mul_overflow(coefficient, ten_to(digits), &coefficient) &&
           magnitude(coefficient) < beyond;
}

/// Gives both the same scale, at the cost of the longer fraction if need be.
bool align(Decimal& a, Decimal& b) {
    Decimal& shorter = a.scale < b.scale ? a : b;
    Decimal& longer = a.scale < b.scale ? b : a;
    while (true) {
        Int128 raised = shorter.coefficient;
        if (scaled_up(raised, longer.scale - shorter.scale)) {
            shorter = {raised, longer.scale};
            return true;
        }
        if (longer.scale <= shorter.scale) return false;
        longer = without_last_digit(longer);
    }
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    std::size_t at = 0;
    const bool negative = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    Int128 coefficient = 0;
    int scale = 0;
    int digits = 0;
    int dropped = 0;  // whole digits that found no room
    bool point = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !point && digits > 0) {
            point = true;
            if (at + 1 >= text.size() || text[at + 1] < '0' || text[at + 1] > '9')
                return std::nullopt;
            continue;
        }
        if (c < '0' || c > '9') break;
        ++digits;
        if (coefficient < beyond / 10 && !(point && scale >= max_scale)) {
            coefficient = coefficient * 10 + (c - '0');
            if (point) ++scale;
        } else if (!point) {
            ++dropped;
        }
    }
    if (digits == 0 || dropped > 0) return std::nullopt;
    int exponent = 0;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        bool down = false;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            down = text[at++] == '-';
        if (at >= text.size()) return std::nullopt;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
            exponent = std::min(exponent * 10 + (text[at] - '0'), 10'000);
        if (down) exponent = -exponent;
    }
    if (at != text.size()) return std::nullopt;
    if (negative) coefficient = -coefficient;
    scale -= exponent;
    if (scale < 0) {
        if (!scaled_up(coefficient, -scale)) return std::nullopt;
        scale = 0;
    }
    if (scale > max_scale + max_digits) return Decimal{0, max_scale};
    return fitting(coefficient, scale);
}

std::optional<Decimal> Decimal::from_double(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    std::array<char, 40> text{};
    const int size = std::snprintf(text.data(), text.size(), "%.15g", value);
    const auto parsed = parse({text.data(), static_cast<std::size_t>(size)});
    return parsed ? std::optional(parsed->trimmed()) : std::nullopt;
}

double Decimal::to_double() const {
    return std::strtod(to_string().c_str(), nullptr);
}

std::string Decimal::to_string() const {
    std::string digits;
    for (Int128 rest = magnitude(coefficient); rest != 0 || digits.empty(); rest /= 10)
        digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    while (static_cast<int>(digits.size()) <= scale) digits += '0';
    if (scale > 0) digits.insert(static_cast<std::size_t>(scale), 1, '.');
    if (coefficient < 0) digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

Decimal Decimal::trimmed() const {
    Decimal out = *this;
    while (out.scale > 0 && out.coefficient % 10 == 0) {
        out.coefficient /= 10;
        --out.scale;
    }
    return out;
}

std::optional<Decimal> Decimal::rounded(int digits) const {
    if (digits >= scale) {
        Int128 raised = coefficient;
        if (digits > max_scale || !scaled_up(raised, digits - scale))
            return std::nullopt;
        return Decimal{raised, digits};
    }
    const int fewer = scale - digits;
    if (fewer > max_digits) return Decimal{0, digits};
    return Decimal{divided_rounding(coefficient, ten_to(fewer)), digits};
}

Decimal Decimal::truncated() const {
    return {coefficient / ten_to(scale), 0};
}

Decimal Decimal::floor(int digits) const {
    if (digits >= scale) return *this;
    const Int128 unit = ten_to(scale - digits);
    Int128 whole = coefficient / unit;
    if (coefficient % unit < 0) --whole;
    return {whole, digits};
}

Decimal Decimal::ceiling(int digits) const {
    if (digits >= scale) return *this;
    const Int128 unit = ten_to(scale - digits);
    Int128 whole = coefficient / unit;
    if (coefficient % unit > 0) ++whole;
    return {whole, digits};
}

std::optional<std::int64_t> Decimal::to_integer() const {
    const Decimal whole = trimmed();
    if (whole.scale != 0 || whole.coefficient > INT64_MAX ||
        whole.coefficient < INT64_MIN)
        return std::nullopt;
    return static_cast<std::int64_t>(whole.coefficient);
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
    Decimal left = a;
    Decimal right = b;
    if (!align(left, right)) return std::nullopt;
    return fitting(left.coefficient + right.coefficient, left.scale);
}

std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) {
    return add(a, {-b.coefficient, b.scale});
}

std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) {
    Decimal left = a;
    Decimal right = b;
    Int128 product = 0;
    while (__builtin_mul_overflow(left.coefficient, right.coefficient, &product)) {
        Decimal& longer = left.scale > right.scale ? left : right;
        if (longer.scale == 0) return std::nullopt;
        longer = without_last_digit(longer);
    }
    return fitting(product, left.scale + right.scale);
}

std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
    if (b.is_zero()) return std::nullopt;
    const bool negative = a.is_negative() != b.is_negative();
    const Int128 divisor = magnitude(b.coefficient);
    Int128 whole = magnitude(a.coefficient) / divisor;
    Int128 rest = magnitude(a.coefficient) % divisor;
    int scale = a.scale - b.scale;
    while (scale < 0 ||
           (rest != 0 && scale < Decimal::max_scale && whole < beyond / 10)) {
        if (whole >= beyond / 10) return std::nullopt;
        rest *= 10;
        whole = whole * 10 + rest / divisor;
        rest %= divisor;
        ++scale;
    }
    if (rest >= divisor - rest) ++whole;
    const auto fits = fitting(negative ? -whole : whole, scale);
    return fits ? std::optional(fits->trimmed()) : std::nullopt;
}

std::optional<Decimal> quotient(const Decimal& a, const Decimal& b) {
    if (b.is_zero()) return std::nullopt;
    Decimal left = a;
    Decimal right = b;
    if (align(left, right) && !right.is_zero())
        return Decimal{left.coefficient / right.coefficient, 0};
    const auto exact = divide(a, b);
    return exact ? std::optional(exact->truncated()) : std::nullopt;
}

std::optional<Decimal> remainder(const Decimal& a, const Decimal& b) {
    Decimal left = a;
    Decimal right = b;
    if (b.is_zero() || !align(left, right) || right.is_zero()) return std::nullopt;
    return Decimal{left.coefficient % right.coefficient, left.scale};
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
    if (a.scale == b.scale) return a.coefficient <=> b.coefficient;
    const Decimal shorter = a.trimmed();
    const Decimal other = b.trimmed();
    if (shorter.scale == other.scale) return shorter.coefficient <=> other.coefficient;
    // Different scales without zeros at the end: never equal. Whole parts first, so
    // that nothing overflows.
    const Decimal whole_a = shorter.floor();
    const Decimal whole_b = other.floor();
    if (whole_a.coefficient != whole_b.coefficient)
        return whole_a.coefficient <=> whole_b.coefficient;
    const auto fraction = [](const Decimal& of, const Decimal& whole) {
        return (of.coefficient - whole.coefficient * ten_to(of.scale)) *
               ten_to(Decimal::max_scale - of.scale);
    };
    return fraction(shorter, whole_a) <=> fraction(other, whole_b);
}

}  // namespace foyer::fhirpath
