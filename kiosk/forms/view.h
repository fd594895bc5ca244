#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/forms/path.h"

namespace foyer {

/// R4's item types (Questionnaire.item.type).
enum class ItemType : std::uint8_t {
    group,
    display,
    boolean,
    decimal,
    integer,
    date,
    date_time,
    time,
    string,
    text,
    url,
    choice,
    open_choice,
    attachment,
    reference,
    quantity,
};

/// The type as FHIR spells it ("open-choice").
const char* name(ItemType type);

/// How the form asks for an item to look (questionnaire-itemControl); one that makes no
/// difference here is `none`.
enum class ItemControl : std::uint8_t {
    none,
    drop_down,
    radio_button,
    check_box,
    autocomplete,
    slider,
    spinner,
    text_box,
    page,   ///< a group shown whole, on one screen
    grid,   ///< questions down, options across (a Likert grid)
    table,  ///< group of groups or repeating group as a table
    tab_container,
    header,
    footer,
    help,     ///< a display: help for its parent
    flyover,  ///< likewise
    unit,     ///< a display: unit behind its parent
    prompt,
    signature,
};

/// What is wrong at an item, in the patient's language.
struct FormIssue {
    enum class Severity : std::uint8_t { error, warning, information };
    Severity severity = Severity::error;
    std::string code;  ///< "required", "max-value", "constraint", ...
    ItemPath path;
    std::string message;
    int answer = -1;  ///< which of the item's answers is meant, from 0; -1: the item
};

/// As OperationOutcome spells it ("error").
const char* name(FormIssue::Severity severity);

/// One answer as it stands.
struct AnswerState {
    std::string json;  ///< {"valueX": ...}
    std::string text;  ///< as people read it, in the session's language
};

struct OptionState {
    std::string json;        ///< {"valueX": ...} with its extensions: what `set` takes
    std::string text;        ///< in the session's language
    std::string prefix;      ///< "a)", may be empty
    bool exclusive = false;  ///< "none of these": takes every other choice back
    bool chosen = false;
    /// The answerOption's own extensions (ordinalValue, optionExclusive) as a JSON
    /// list; empty if there are none.
    std::string extensions = {};
};

/// One instance of an item: everything a screen, the command line or a test needs of
/// it.
struct ItemState {
    ItemPath path;
    ItemType type = ItemType::group;
    ItemControl control = ItemControl::none;
    int depth = 0;    ///< of the form's own items: 0
    int parent = -1;  ///< into the list of states, -1 for the form's own items

    std::string text;  ///< plain, in the session's language
    /// What its xhtml or markdown says, in lines; to be shown instead of `text` if
    /// there.
    std::string rich;
    std::string prefix;       ///< "1."
    std::string short_text;   ///< may be empty
    std::string help;         ///< from help and flyover children, may be empty
    std::string placeholder;  ///< entryFormat, may be empty
    std::string unit;         ///< shown behind a number, may be empty
    std::string open_label;   ///< of "something else", may be empty

    bool enabled = true;
    bool hidden = false;  ///< by the form, not by enableWhen
    bool required = false;
    bool read_only = false;
    bool repeats = false;
    bool user_edited = false;  ///< a calculated value that the patient changed
    bool calculated = false;
    bool declined = false;  ///< "I'd rather not answer"
    bool can_decline = false;
    bool can_add = false;  ///< another instance of this repeating group
    bool can_remove = false;
    bool across = false;  ///< choiceOrientation horizontal

    std::vector<AnswerState> answers;
    std::vector<OptionState> options;
    std::vector<OptionState> units;  ///< unitOption; json is a valueCoding
    std::vector<FormIssue> issues;

    // Bounds, as literals of the item's own type; empty: none.
    std::string min_value, max_value;
    std::optional<int> max_length, min_length, max_decimals;
    std::optional<int> min_occurs, max_occurs;
    std::optional<double> slider_step;
    std::vector<std::string> mime_types;
    std::optional<std::int64_t> max_bytes;
    /// "guardian" or "teen" where the form is split between them (domain.md W8).
    std::string part;
};

/// A total that scores.json defines.
struct ScoreState {
    std::string code;
    std::optional<std::string> value;  ///< decimal literal; none while incomplete
    int answered = 0, of = 0;
    bool complete = false;
    std::optional<std::string> band;
};

}  // namespace foyer
