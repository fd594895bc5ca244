#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::fhirpath {

__extension__ using Int128 = __int128;

/// A decimal number that keeps its digits: coefficient / 10^scale, so that "1.10" has
/// scale 2. At most 37 digits; what does not fit is rounded at the end of the fraction,
/// or none at all if the whole part is too large. Exact otherwise.
struct Decimal {
    Int128 coefficient = 0;
    int scale = 0;

    static constexpr int max_digits = 37;
    static constexpr int max_scale = 28;

    static Decimal of(std::int64_t integer) { return {integer, 0}; }
    /// A number as FHIR and JSON write it: sign, digits, fraction, exponent.
    static std::optional<Decimal> parse(std::string_view text);
    /// The nearest number of 15 digits, without trailing zeros.
    static std::optional<Decimal> from_double(double value);

    double to_double() const;
    std::string to_string() const;
    bool is_negative() const { return coefficient < 0; }
    bool is_zero() const { return coefficient == 0; }
    /// Without zeros at the end of the fraction.
    Decimal trimmed() const;
    /// Half away from zero; more digits than there are: zeros.
    std::optional<Decimal> rounded(int digits) const;
    /// Toward zero, floor and ceiling, of scale `digits` (0: an integer).
    Decimal truncated() const;
    Decimal floor(int digits = 0) const;
    Decimal ceiling(int digits = 0) const;
    /// As an integer, if it has no fraction and fits.
    std::optional<std::int64_t> to_integer() const;
};

std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> subtract(const Decimal& a, const Decimal& b);
std::optional<Decimal> multiply(const Decimal& a, const Decimal& b);
/// None for a divisor of 0. Up to max_scale digits, without trailing zeros.
std::optional<Decimal> divide(const Decimal& a, const Decimal& b);
/// Toward zero; the remainder has the sign of `a`.
std::optional<Decimal> quotient(const Decimal& a, const Decimal& b);
std::optional<Decimal> remainder(const Decimal& a, const Decimal& b);

/// 1.10 and 1.1 are equal.
std::strong_ordering compare(const Decimal& a, const Decimal& b);

}  // namespace foyer::fhirpath
