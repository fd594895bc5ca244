#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kiosk/forms/element.h"
#include "kiosk/forms/fhirpath/fhirpath.h"
#include "kiosk/forms/questionnaire.h"
#include "kiosk/forms/view.h"

namespace foyer {

/// A text of the form and its translations (the translation extension).
struct LocalText {
    std::string base;
    std::vector<std::pair<std::string, std::string>> other;  ///< language, text

    bool empty() const { return base.empty() && other.empty(); }
    /// The translation for "es-MX", else "es", else what the form says itself.
    const std::string& in(std::string_view language) const;
};

/// An Expression of the form. `path` is there if it is FHIRPath and compiles.
struct FormExpression {
    std::string name;      ///< of a variable, else empty
    std::string language;  ///< "text/fhirpath", "application/x-fhir-query", ...
    std::string text;
    std::optional<fhirpath::Expression> path;
};

struct FormOption {
    const Field* extensions = nullptr;  ///< of the answerOption itself
    const Element* value = nullptr;     ///< of value[x], with its extensions
    std::string_view type;              ///< "Coding", "string", "integer", ...
    LocalText text;
    std::string prefix;
    std::string_view weight;  ///< ordinalValue or itemWeight, a literal; may be empty
    bool exclusive = false;
    bool initially = false;
};

enum class EnableOperator : std::uint8_t { exists, eq, ne, gt, lt, ge, le };

struct EnableWhen {
    std::string link_id;
    int item = -1;  ///< the question; -1: there is none, and the condition is ignored
    EnableOperator op = EnableOperator::exists;
    const Element* answer = nullptr;
    std::string_view type;  ///< of `answer`, as value[x] spells it
};

struct FormConstraint {
    std::string key;
    FormIssue::Severity severity = FormIssue::Severity::error;
    LocalText human;
    FormExpression expression;
    std::string location;  ///< as the form writes it: FHIRPath with a linkId
    int item = -1;         ///< of the location; -1: where it is declared
};

/// A value of the form itself: initial, minValue.
struct FormValue {
    const Element* value = nullptr;
    std::string_view type;
};

struct FormItem {
    int index = 0;
    int parent = -1;
    int end = 0;  ///< one past its last descendant: items are in document order
    int depth = 0;
    int nth = 1;  ///< among siblings that share its linkId, from 1
    std::vector<int> children;

    std::string link_id;
    ItemType type = ItemType::group;
    ItemControl control = ItemControl::none;
    const Element* element = nullptr;  ///< the Questionnaire.item, for %qitem
    std::string definition;

    LocalText text, prefix, short_text, help, placeholder, unit_text, open_label;
    std::string rich;  ///< plain text of its xhtml or markdown, may be empty

    bool required = false;
    bool read_only = false;
    bool repeats = false;
    bool hidden = false;
    bool across = false;
    bool signature = false;
    std::optional<bool> extract;  ///< observationExtract; none: as where it lies in
    std::string part;

    std::vector<FormOption> options;
    bool options_known = true;  ///< false: an answerValueSet that is not here
    std::vector<FormOption> units;
    std::vector<FormValue> initial;
    std::vector<EnableWhen> enable_when;
    bool enable_any = false;

    std::vector<FormExpression> variables;
    std::optional<FormExpression> initially, calculated, offered, enabled_if, said;
    std::vector<FormConstraint> constraints;

    FormValue min_value, max_value;
    std::optional<FormExpression> min_expression, max_expression;
    std::optional<int> max_length, min_length, max_decimals, min_occurs, max_occurs;
    std::optional<double> slider_step;
    std::optional<std::int64_t> max_bytes;
    std::vector<std::string> mime_types;
    std::string regex;  ///< RE2 takes it, else it was dropped with a notice

    bool is_group() const { return type == ItemType::group; }
    bool is_question() const {
        return type != ItemType::group && type != ItemType::display;
    }
    /// A repeating group has several instances; a repeating question several answers.
    bool multiplies() const { return is_group() && repeats; }
};

/// A resource that the form expects to be given, by name.
struct LaunchContext {
    std::string name;
    std::string type;  ///< "Patient"; may be empty
};

/// A Questionnaire as the session works on it.
struct FormModel {
    Elements elements;
    const Element* root = nullptr;
    std::string url, version;
    LocalText title;
    std::string language;
    std::vector<std::string> languages;
    bool signature_required = false;
    bool part2 = false;
    bool extract = false;  ///< observationExtract of the form as a whole

    std::vector<FormItem> items;  ///< in document order
    std::vector<int> roots;
    std::unordered_multimap<std::string_view, int> by_link_id;
    std::vector<FormExpression> variables;
    std::vector<FormConstraint> constraints;
    std::vector<LaunchContext> launch_contexts;
    std::vector<FormNotice> notices;

    /// The items with this linkId, in document order.
    std::vector<int> items_of(std::string_view link_id) const;
};

/// value[x]'s element and its type, of an element that has one; null if there is none.
FormValue value_of(const Element& element, std::string_view prefix = "value");

/// The weight of a Coding or an answerOption: ordinalValue or itemWeight, as the
/// literal of a decimal; empty if there is none.
std::string_view weight_of(const Element& element);

}  // namespace foyer
