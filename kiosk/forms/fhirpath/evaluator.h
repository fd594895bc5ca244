#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "kiosk/forms/fhirpath/equality.h"
#include "kiosk/forms/fhirpath/function.h"
#include "kiosk/forms/fhirpath/tree.h"
#include "kiosk/forms/fhirpath/weights.h"

namespace foyer::fhirpath {

/// What one evaluation may take at most, beside Environment::steps.
namespace evaluation_limits {
inline constexpr std::size_t items = 1'000'000;     ///< in one collection
inline constexpr std::size_t text = 4u << 20;       ///< bytes of one string
inline constexpr std::size_t scratch = 128u << 20;  ///< bytes of all that is made
}  // namespace evaluation_limits

/// What an expression stands on: $this, $index and $total.
struct Scope {
    std::span<const Value> self;
    std::span<const Value> total;
    std::optional<std::int64_t> index;
    bool has_total = false;
};

/// Evaluates one expression once. What answers false has left a fault.
class Evaluator {
public:
    Evaluator(const Environment& environment, std::span<const Value> context)
        : environment_(environment),
          context_(context),
          scratch_before_(environment.scratch->size()) {}

    bool evaluate(const Node& node, const Scope& scope, Items& out);

    /// Leaves a fault at `node`.
    bool fail(const Node& node, std::string_view what,
              Fault::Kind kind = Fault::Kind::execution);
    /// Counts `steps`; a fault when they are too many, or too much was made.
    bool charge(const Node& node, std::uint64_t steps = 1);

    /// A text that lives in the scratch; a fault if it is too large.
    bool keep(const Node& node, std::string_view text, Items& out);
    bool put_quantity(const Quantity& quantity, Items& out);
    Elements& scratch() { return *environment_.scratch; }
    const Environment& environment() const { return environment_; }
    const Fault& fault() const { return *fault_; }

    /// All children of an item.
    void children(const Value& from, Items& out) const;
    /// Weights of the answers' options.
    Weights& weights();

    /// Both without doubles.
    bool unite(const Node& node, std::span<const Value> a, std::span<const Value> b,
               Items& out);
    /// `exactly`: a primitive's own type only, as `as` asks; a code is no string.
    bool is_type(const Node& node, const Value& value, const TypeName& type,
                 bool exactly, bool& answer);
    /// `a op b` for numbers, quantities, texts and dates, as operators make it.
    bool arithmetic(const Node& node, Operator op, const Value& a, const Value& b,
                    Items& out);

private:
    bool step(const Node& node, const Value& from, Items& out);
    bool steps(const Node& node, std::span<const Value> from, Items& out);
    bool head(const Node& node, const Scope& scope, Items& out);
    bool variable(const Node& node, Items& out);
    bool index(const Node& node, const Scope& scope, Items& out);
    bool negate(const Node& node, const Scope& scope, Items& out);
    bool binary(const Node& node, const Scope& scope, Items& out);
    bool logic(const Node& node, const Scope& scope, Items& out);
    bool call(const Node& node, const Scope& scope, Items& out);
    bool type_test(const Node& node, const Scope& scope, Items& out);

    /// What the model says of a step from a type, remembered: a path meets the same
    /// types over and over.
    struct Known {
        const Node* node = nullptr;
        TypeId from = 0;
        r4::Property property;
        TypeId named = 0;         ///< of the field that is called just so
        std::string_view choice;  ///< the name found last for value[x]
        TypeId choice_type = 0;
    };
    Known& known(const Node& node, TypeId from);
    const Field* field_of(const Node& node, const Value& from, TypeId& type);
    /// The values of an operand; `holder` only if they are not there already.
    bool operand(const Node& node, const Scope& scope, Items& holder,
                 std::span<const Value>& out);

    std::array<Known, 8> known_;
    const Environment& environment_;
    std::span<const Value> context_;
    std::size_t scratch_before_;
    std::uint64_t steps_ = 0;
    std::optional<Fault> fault_;
    std::optional<Weights> weights_;
};

/// A Boolean by singleton evaluation; `answer` none for an empty collection. A fault
/// for several items.
bool truth(Evaluator& evaluator, const Node& node, std::span<const Value> values,
           std::optional<bool>& answer);

/// The child of an element: its type by the model, and the answer's item.
Value child_of(const Value& parent, const Field& field, const Element* child);

/// The text of a String, or of an element that is written as one; none for others.
std::optional<std::string_view> text_of(const Value& value);
/// A primitive that has nothing but extensions: where a value is asked for, none.
inline bool is_absent(const Value& value) {
    return value.is_element() && value.element()->kind == Element::Kind::absent;
}
/// What toString() makes of it; none if nothing.
std::optional<std::string> string_of(const Value& value);

// For functions: their arguments and what they stand on.

/// The values of an argument, in the scope around the call.
bool argument(const Call& call, std::size_t i, Items& out);
/// Of an argument that is one text (or number); none if it is empty. A fault if it is
/// something else.
bool text_argument(const Call& call, std::size_t i,
                   std::optional<std::string_view>& out, Items& holder);
bool integer_argument(const Call& call, std::size_t i,
                      std::optional<std::int64_t>& out);
/// The one item that the call stands on as a text; none if there is no item.
bool text_input(const Call& call, std::optional<std::string_view>& out);
/// The one item that it stands on, or null for none; a fault if there are several.
bool single_input(const Call& call, const Value*& out);

}  // namespace foyer::fhirpath
