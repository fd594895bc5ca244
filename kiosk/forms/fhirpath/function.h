#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "kiosk/forms/fhirpath/items.h"

namespace foyer::fhirpath {

class Evaluator;
struct Node;
struct Scope;

/// What a function is called with. `input` is what stands before the dot.
struct Call {
    Evaluator& evaluator;
    const Node& node;
    const Scope& scope;
    std::span<const Value> input;
    Items& out;  ///< the results are put here
};

/// One function of FHIRPath. `run` answers false after a fault.
struct Function {
    std::string_view name;
    std::uint8_t fewest = 0;  ///< arguments
    std::uint8_t most = 0;
    /// Of the first argument: evaluated once, outside; for each item; or a type's name.
    enum class Takes : std::uint8_t {
        values,
        each,
        type,
        pattern
    } takes = Takes::values;
    bool ordered = false;  ///< has no meaning for a collection without order
    bool (*run)(const Call&) = nullptr;
};

/// Null if there is no such function.
const Function* function_named(std::string_view name);

// Each file's own.
std::span<const Function> collection_functions();
std::span<const Function> text_functions();
std::span<const Function> number_functions();
std::span<const Function> conversion_functions();
std::span<const Function> moment_functions();
std::span<const Function> fhir_functions();

}  // namespace foyer::fhirpath
