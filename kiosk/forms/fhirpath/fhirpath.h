#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/element.h"
#include "kiosk/forms/fhirpath/value.h"
#include "platform/clock.h"

/// FHIRPath N1 (http://hl7.org/fhirpath/N1) over FHIR R4's types, with the SDC
/// functions weight() and ordinal(). No exception and no endless run on any input.
namespace foyer::fhirpath {

/// Why an expression cannot be used or came to no result. `what` names functions,
/// types and places of the expression, never data.
struct Fault {
    enum class Kind {
        syntax,     ///< not FHIRPath
        semantic,   ///< FHIRPath, and wrong for these types: no such element
        execution,  ///< several items where one may stand, wrong argument
        limit,      ///< too many steps, too deep, too large: stopped
    };
    Kind kind = Kind::execution;
    std::size_t offset = 0;  ///< bytes into the expression's text
    std::string what;
};

/// What an expression looks at, found without evaluating it. Errs on the side of more.
struct Reads {
    /// Looks at items of the response in a way that no linkId narrows.
    bool everything = false;
    /// These items and all below them: every way into the response passes
    /// `linkId = '...'`.
    std::vector<std::string> link_ids;
    std::vector<std::string> variables;  ///< without '%', each once
    bool clock = false;                  ///< now(), today(), timeOfDay()
};

struct Tree;  // the parsed expression

/// A compiled expression; cheap to copy, immutable, usable from any thread.
class Expression {
public:
    static tl::expected<Expression, Fault> compile(std::string_view text);

    const std::string& text() const;
    const Reads& reads() const;
    const Tree& tree() const { return *tree_; }

private:
    explicit Expression(std::shared_ptr<const Tree> tree);
    std::shared_ptr<const Tree> tree_;
};

/// What surrounds an evaluation. Borrowed pieces must outlive the call and the values
/// it answers.
struct Environment {
    /// %resource and %rootResource; null: none.
    const Element* resource = nullptr;
    /// Named values: "%questionnaire", "%patient", "%score" under their names without
    /// '%'. %ucum, %sct, %loinc, `%vs-...`, `%ext-...` are known anyway.
    const std::map<std::string, Collection, std::less<>>* variables = nullptr;
    /// Looked up after `variables`; null result: no such variable. May be empty.
    std::function<const Collection*(std::string_view)> variable;
    /// The Questionnaire behind %resource, for weight() and ordinal() of answers whose
    /// Coding carries no weight itself; may be null.
    const Element* questionnaire = nullptr;
    /// Looks up a reference ("Patient/1", "urn:uuid:..."); may be empty. Contained
    /// resources are found without it.
    std::function<const Element*(std::string_view)> resolve;
    Instant now{};
    std::chrono::minutes offset_from_utc{0};  ///< for now(), today()
    /// What trace() writes; empty: nothing.
    std::function<void(std::string_view name, const Collection&)> trace;
    /// Where values that the expression makes live; never null.
    Elements* scratch = nullptr;
    /// Visits of elements and calls after which an evaluation is stopped.
    std::uint64_t steps = 20'000'000;
    /// An element that its R4 type does not have is a semantic fault, not empty. Off:
    /// real Questionnaires are sloppy.
    bool strict = false;
};

/// Evaluates with `focus` as $this.
tl::expected<Collection, Fault> evaluate(const Expression& expression,
                                         const Collection& focus,
                                         const Environment& environment);

}  // namespace foyer::fhirpath
