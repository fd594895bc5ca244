#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "kiosk/forms/fhirpath/decimal.h"
#include "kiosk/forms/fhirpath/moment.h"
#include "kiosk/forms/fhirpath/value.h"

/// Units of measure: those of UCUM that are met in a clinic, with prefixes, powers,
/// products and quotients. Other units equal themselves and nothing else.
namespace foyer::fhirpath {

/// Two amounts that can be compared because they count the same.
using Amounts = std::pair<Decimal, Decimal>;

/// How two quantities stand to each other.
struct Common {
    enum class Kind {
        same,       ///< `amounts` count the same unit
        different,  ///< a length and a mass
        unsettled,  ///< a calendar year and 'a', which UCUM says has 365.25 days
    } kind = Kind::different;
    Amounts amounts;
};
/// `loosely`: what `~` asks; a calendar year is 'a', a month 'mo'.
Common in_common(const Quantity& a, const Quantity& b, bool loosely = false);

/// `value` in another unit; none if that is none of its kind. Keeps the unit's text.
std::optional<Quantity> converted(const Quantity& value, std::string_view unit);

/// A sum or difference, in the smaller unit; none if the units do not go together.
std::optional<Quantity> added(const Quantity& a, const Quantity& b, bool subtract);

/// The unit's text may be new: `made_unit` then holds it, and the caller keeps it.
std::optional<Quantity> multiplied(const Quantity& a, const Quantity& b,
                                   std::string& made_unit);
std::optional<Quantity> divided(const Quantity& a, const Quantity& b,
                                std::string& made_unit);

/// Units without a true zero (Celsius, bel) take no part in arithmetic.
bool is_special(const Quantity& value);

/// What a date is moved by: of a calendar unit or a UCUM unit of fixed length ('d',
/// 's'; not 'a' or 'mo', whose length is a mean).
std::optional<CalendarUnit> calendar_unit_of(const Quantity& value);

/// "4 days", "4 'd'".
std::string quantity_text(const Quantity& value);

}  // namespace foyer::fhirpath
