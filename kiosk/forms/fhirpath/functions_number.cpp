#include <array>
#include <cmath>

#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/units.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;

Decimal decimal_of(const Value& value) {
    return value.kind() == Kind::integer ? Decimal::of(value.integer())
                                         : value.decimal();
}

/// The one number (or quantity) the call stands on; none if there is no item.
bool number_input(const Call& call, std::optional<Value>& out) {
    const Value* value = nullptr;
    out.reset();
    if (!single_input(call, value)) return false;
    if (!value || is_absent(*value)) return true;
    out = to_system(*value, call.evaluator.scratch());
    if (out && (out->kind() == Kind::integer || out->kind() == Kind::decimal ||
                out->kind() == Kind::quantity))
        return true;
    return call.evaluator.fail(call.node,
                               std::string(call.node.name) + "() stands on a number");
}

bool decimal_argument(const Call& call, std::optional<Value>& out) {
    Items values;
    out.reset();
    if (!argument(call, 0, values)) return false;
    if (values.empty() || (values.size() == 1 && is_absent(values[0]))) return true;
    if (values.size() == 1) out = to_system(values[0], call.evaluator.scratch());
    if (out && (out->kind() == Kind::integer || out->kind() == Kind::decimal))
        return true;
    return call.evaluator.fail(*call.node.arguments[0], "one number is expected");
}

void put(const Call& call, const std::optional<Decimal>& number) {
    if (number) call.out.push(Value::decimal(*number));
}

/// Applies `change` to an integer as it is, to a decimal, or to a quantity's amount.
/// `whole`: the result is an integer where it fits.
bool changed(const Call& call, std::optional<Decimal> (*change)(const Decimal&),
             bool whole) {
    std::optional<Value> value;
    if (!number_input(call, value)) return false;
    if (!value) return true;
    if (value->kind() == Kind::quantity) {
        Quantity quantity = value->quantity();
        const auto amount = change(quantity.amount);
        if (!amount || is_special(quantity)) return true;
        quantity.amount = *amount;
        return call.evaluator.put_quantity(quantity, call.out);
    }
    const auto number = change(decimal_of(*value));
    const auto integer = number ? number->to_integer() : std::nullopt;
    if (integer && (whole || value->kind() == Kind::integer)) {
        call.out.push(Value::integer(*integer));
    } else {
        put(call, number);
    }
    return true;
}

bool abs(const Call& call) {
    return changed(
        call,
        [](const Decimal& of) -> std::optional<Decimal> {
            return Decimal{of.is_negative() ? -of.coefficient : of.coefficient,
                           of.scale};
        },
        /*whole=*/false);
}

bool ceiling(const Call& call) {
    return changed(
        call, [](const Decimal& of) { return std::optional(of.ceiling()); },
        /*whole=*/true);
}

bool floor(const Call& call) {
    return changed(
        call, [](const Decimal& of) { return std::optional(of.floor()); },
        /*whole=*/true);
}

bool truncate(const Call& call) {
    return changed(
        call, [](const Decimal& of) { return std::optional(of.truncated()); },
        /*whole=*/true);
}

bool round(const Call& call) {
    std::optional<Value> value;
    std::optional<std::int64_t> digits = 0;
    if (!number_input(call, value)) return false;
    if (!call.node.arguments.empty() && !integer_argument(call, 0, digits))
        return false;
    if (!value || !digits) return true;
    if (*digits < 0)
        return call.evaluator.fail(call.node, "round() takes 0 or more digits");
    if (value->kind() == Kind::integer) {
        call.out.push(*value);
        return true;
    }
    const Decimal number =
        value->kind() == Kind::quantity ? value->quantity().amount : value->decimal();
    const auto rounded = *digits >= number.scale
                             ? std::optional(number)
                             : number.rounded(static_cast<int>(*digits));
    if (value->kind() != Kind::quantity || !rounded) {
        put(call, rounded);
        return true;
    }
    Quantity quantity = value->quantity();
    if (is_special(quantity)) return true;
    quantity.amount = *rounded;
    return call.evaluator.put_quantity(quantity, call.out);
}

bool by_double(const Call& call, double (*function)(double)) {
    std::optional<Value> value;
    if (!number_input(call, value)) return false;
    if (!value) return true;
    if (value->kind() == Kind::quantity)
        return call.evaluator.fail(
            call.node, std::string(call.node.name) + "() stands on a number");
    put(call, Decimal::from_double(function(decimal_of(*value).to_double())));
    return true;
}

bool exp(const Call& call) {
    return by_double(call, [](double of) { return std::exp(of); });
}
bool ln(const Call& call) {
    return by_double(call, [](double of) { return std::log(of); });
}
bool sqrt(const Call& call) {
    return by_double(call, [](double of) { return std::sqrt(of); });
}

bool log(const Call& call) {
    std::optional<Value> value;
    std::optional<Value> base;
    if (!number_input(call, value) || !decimal_argument(call, base)) return false;
    if (!value || !base || value->kind() == Kind::quantity) return true;
    const double of = decimal_of(*value).to_double();
    const double to = decimal_of(*base).to_double();
    if (to == 2) {
        put(call, Decimal::from_double(std::log2(of)));
    } else if (to == 10) {
        put(call, Decimal::from_double(std::log10(of)));
    } else {
        put(call, Decimal::from_double(std::log(of) / std::log(to)));
    }
    return true;
}

/// Exact while it fits into a decimal without rounding.
std::optional<Decimal> exact_power(const Decimal& base, std::int64_t exponent) {
    constexpr std::int64_t most = 128;
    if (exponent < 0 || exponent > most) return std::nullopt;
    Decimal power{1, 0};
    for (std::int64_t i = 0; i < exponent; ++i) {
        const int scale = power.scale + base.scale;
        const auto next = multiply(power, base);
        if (!next || next->scale != scale) return std::nullopt;
        power = *next;
    }
    return power;
}

bool power(const Call& call) {
    std::optional<Value> value;
    std::optional<Value> exponent;
    if (!number_input(call, value) || !decimal_argument(call, exponent)) return false;
    if (!value || !exponent || value->kind() == Kind::quantity) return true;
    const Decimal base = decimal_of(*value);
    const Decimal to = decimal_of(*exponent);
    const auto whole = to.to_integer();
    auto result = whole ? exact_power(base, *whole) : std::nullopt;
    if (!result)
        result = Decimal::from_double(std::pow(base.to_double(), to.to_double()));
    const auto integer = result ? result->to_integer() : std::nullopt;
    if (integer && value->kind() == Kind::integer &&
        exponent->kind() == Kind::integer) {
        call.out.push(Value::integer(*integer));
    } else {
        put(call, result);
    }
    return true;
}

using Takes = Function::Takes;

constexpr std::array functions{
    Function{"abs", 0, 0, Takes::values, false, abs},
    Function{"ceiling", 0, 0, Takes::values, false, ceiling},
    Function{"floor", 0, 0, Takes::values, false, floor},
    Function{"truncate", 0, 0, Takes::values, false, truncate},
    Function{"round", 0, 1, Takes::values, false, round},
    Function{"exp", 0, 0, Takes::values, false, exp},
    Function{"ln", 0, 0, Takes::values, false, ln},
    Function{"sqrt", 0, 0, Takes::values, false, sqrt},
    Function{"log", 1, 1, Takes::values, false, log},
    Function{"power", 1, 1, Takes::values, false, power},
};

}  // namespace

std::span<const Function> number_functions() {
    return functions;
}

}  // namespace foyer::fhirpath
