#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/fhirpath/fhirpath.h"
#include "kiosk/forms/fhirpath/r4_model.h"

namespace re2 {
class RE2;
}

namespace foyer::fhirpath {

struct Function;

enum class Operator : std::uint8_t {
    multiply,
    divide,
    div,
    mod,
    plus,
    minus,
    join,  ///< &
    unite,
    less,
    greater,
    less_or_equal,
    greater_or_equal,
    equal,
    equivalent,
    not_equal,
    not_equivalent,
    in,
    contains,
    and_,
    or_,
    xor_,
    implies,
};

/// A type that an expression names: FHIR's, System's, or both where no namespace says.
struct TypeName {
    TypeId fhir = 0;
    std::optional<Value::Kind> system;
    bool any = false;    ///< System.Any
    bool known = false;  ///< false and unqualified or FHIR's: a fault
    bool system_alone = false;
};

/// One step of the parsed expression.
struct Node {
    enum class Kind : std::uint8_t {
        literal,
        nothing,  ///< {}
        this_,
        index,
        total,
        step,      ///< .name; without `left`, of the focus
        variable,  ///< %name
        call,      ///< .name(...); without `left`, on the focus
        indexer,   ///< left[right]
        negate,
        plus,  ///< +left
        binary,
        is,
        as,
    };
    Kind kind = Kind::literal;
    Operator op = Operator::plus;
    bool head = false;  ///< a step that may name the focus's type
    /// What its R4 types say is wrong; only strict evaluations mind. Empty: nothing.
    std::string_view misuse;
    std::uint32_t offset = 0;
    std::uint32_t depth = 1;
    std::string_view name;
    r4::PropertyName property;  ///< of a step
    TypeName type;              ///< of is and as, and of functions that take a type
    Value literal;
    const Function* function = nullptr;
    const re2::RE2* pattern = nullptr;  ///< of a literal pattern
    const Node* left = nullptr;
    const Node* right = nullptr;
    std::span<const Node* const> arguments;
};

/// What an expression may be at most.
namespace expression_limits {
inline constexpr std::size_t bytes = 256 * 1024;
inline constexpr int nesting = 100;          ///< parentheses and calls in one another
inline constexpr std::uint32_t depth = 500;  ///< steps on top of one another
}  // namespace expression_limits

/// A parsed expression with all that it owns; immutable once compiled.
struct Tree {
    std::string text;
    const Node* root = nullptr;
    Reads reads;

    Elements texts;  ///< names and literals
    std::deque<Node> nodes;
    std::deque<std::vector<const Node*>> argument_lists;
    std::deque<Quantity> quantities;
    std::vector<std::shared_ptr<const re2::RE2>> patterns;
};

/// A name out of an expression for a message: short, and nothing that a terminal obeys.
std::string shown(std::string_view name);

/// Parses `tree.text` into `tree`.
tl::expected<void, Fault> parse(Tree& tree);

/// What the tree looks at.
Reads find_reads(const Tree& tree);

/// The type that "FHIR.Patient", "Patient", "System.Integer" name.
TypeName named_type(std::string_view space, std::string_view name);

}  // namespace foyer::fhirpath
