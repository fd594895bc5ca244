#include "kiosk/forms/validate.h"

#include <algorithm>
#include <array>
#include <map>

#include "kiosk/forms/answers.h"
#include "kiosk/forms/checks.h"
#include "kiosk/forms/instance.h"
#include "kiosk/forms/recompute.h"

namespace foyer {

namespace {

/// "dateTime" of "DateTime": primitives are written small in FHIRPath.
std::string type_in_path(std::string_view type) {
    static constexpr std::array complex = {"Coding", "Quantity", "Attachment",
                                           "Reference"};
    std::string name(type);
    if (std::ranges::count(complex, type) == 0 && !name.empty())
        name.front() = static_cast<char>(name.front() - 'A' + 'a');
    return name;
}

std::string indexed(const std::string& above, std::string_view name,
                    std::size_t index) {
    return above + "." + std::string(name) + "[" + std::to_string(index) + "]";
}

/// Where an instance stands in the response.
struct Place {
    std::string expression;
    bool there = false;
    bool answered = false;             ///< with something, if only the wrong thing
    std::vector<std::size_t> answers;  ///< by slot: index of the answer
};

class Validation {
public:
    Validation(const FormModel& form, const Element& response, Instant now)
        : form_(form), response_(response), now_(now), tree_(form) {}

    std::vector<OutcomeIssue> run() {
        if (response_.text_of("resourceType") != "QuestionnaireResponse") {
            say("error", "structure", "QuestionnaireResponse",
                "this is not a QuestionnaireResponse");
            return std::move(issues_);
        }
        check_head();
        places_for(tree_.roots(), "QuestionnaireResponse");
        walk({}, response_, "QuestionnaireResponse");
        const auto by_r4 = look(true);
        const auto by_hl7 = look(false);
        tree_.each([&](Instance& instance) { check(instance, by_r4, by_hl7); });
        for (std::size_t i = 0; i < form_.constraints.size(); ++i)
            if (tree_.broken[i] && form_.constraints[i].item < 0) {
                const FormIssue issue =
                    constraint_issue(form_.constraints[i], {}, {}, {});
                say(name(issue.severity), "invariant", "QuestionnaireResponse",
                    issue.message);
            }
        return std::move(issues_);
    }

private:
    using Enabled = std::map<const Instance*, bool>;

    void say(std::string severity, std::string code, std::string expression,
             std::string text) {
        issues_.push_back({std::move(severity), std::move(code), std::move(expression),
                           std::move(text)});
    }

    void check_head() {
        const std::string_view status = response_.text_of("status");
        constexpr std::array known = {"in-progress", "completed", "amended",
                                      "entered-in-error", "stopped"};
        if (std::ranges::count(known, status) == 0)
            say("error", "structure", "QuestionnaireResponse.status",
                "the status is not one of R4's");
        complete_ = status == "completed" || status == "amended";
        const std::string_view asked = response_.text_of("questionnaire");
        if (asked.empty())
            say("warning", "required", "QuestionnaireResponse",
                "the response does not name its questionnaire");
        else if (!form_.url.empty() && asked.substr(0, asked.find('|')) != form_.url)
            say("warning", "business-rule", "QuestionnaireResponse.questionnaire",
                "the response names another questionnaire");
    }

    /// Until they are found in the response, items stand where their parent does.
    void places_for(const std::vector<std::unique_ptr<Instance>>& items,
                    const std::string& above) {
        for (const auto& item : items) {
            places_[item.get()] = {above, false, false, {}};
            places_for(item->items, above);
            for (const auto& slot : item->slots) places_for(slot->items, above);
        }
    }

    // --- the response's items find their place
    // -----------------------------------------

    void walk(const ItemPath& above, const Element& holder,
              const std::string& expression) {
        std::map<std::string_view, int> seen;
        int last = -1;
        const auto items = holder.all("item");
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Element& item = *items[i];
            const std::string here = indexed(expression, "item", i);
            const std::string_view link_id = item.text_of("linkId");
            if (link_id.empty()) {
                say("error", "required", here, "the item has no linkId");
                continue;
            }
            Instance* instance = place(above, link_id, seen[link_id]++, here);
            if (!instance) {
                if (form_.items_of(link_id).empty())
                    say("error", "not-found", expression,
                        "LinkId '" + std::string(link_id) +
                            "' not found in questionnaire");
                continue;
            }
            if (instance->item->index < last)
                say("error", "structure", here, "items are out of order");
            last = std::max(last, instance->item->index);
            Place& at = places_[instance];
            at.expression = here;
            at.there = true;
            fill(*instance, item, here);
        }
    }

    Instance* place(const ItemPath& above, std::string_view link_id, int before,
                    const std::string& here) {
        ItemPath path = above;
        path.push_back({std::string(link_id), 0, 1});
        auto first = tree_.at(path);
        if (!first) {
            if (!form_.items_of(link_id).empty())
                say("error", "structure", here,
                    "the item does not belong here by the questionnaire");
            return nullptr;
        }
        if (before == 0) return *first;
        path.back().nth = before + 1;
        if (auto sibling = tree_.at(path)) return *sibling;
        path.back().nth = 1;
        if (!(*first)->item->multiplies()) {
            say("error", "invariant", here,
                "only one item with this linkId is allowed here");
            return nullptr;
        }
        path.back().index = before;
        if (auto there = tree_.at(path)) return *there;
        path.back().index = before - 1;
        auto last = tree_.at(path);
        if (!last) return nullptr;
        Instance& added = tree_.add_after(**last);
        places_[&added] = {here, true, false, {}};
        places_for(added.items, here);
        for (const auto& slot : added.slots) places_for(slot->items, here);
        return &added;
    }

    void fill(Instance& instance, const Element& item, const std::string& here) {
        const FormItem& asked = *instance.item;
        const auto answers = item.all("answer");
        const ItemPath path = tree_.path_of(instance);
        if (!asked.is_question()) {
            if (!answers.empty())
                say("error", "structure", here,
                    std::string("Items of type '") + name(asked.type) +
                        "' cannot have answers");
            if (asked.is_group()) walk(path, item, here);
            return;
        }
        if (item.extension(
                "http://hl7.org/fhir/StructureDefinition/data-absent-reason"))
            instance.declined = true;
        if (answers.size() > 1 && !asked.repeats)
            say("error", "invariant", here, "only one answer is allowed");
        auto home = std::make_unique<Elements>();
        std::vector<FormValue> values;
        std::vector<std::size_t> indexes;
        const AnswerContext context{instance, {}, std::chrono::minutes(0)};
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const std::string at = indexed(here, "answer", i);
            const FormValue given = value_of(*answers[i]);
            if (!given.value) {
                if (answers[i]->all("item").empty())
                    say("error", "invariant", at, "the answer has no value");
                continue;
            }
            auto read = read_answer(context, value_json(given), *home);
            if (!read || !read->value) {
                say("error", "invariant",
                    at + ".value.ofType(" + type_in_path(given.type) + ")",
                    "Answer value must be of the type " +
                        std::string(name(asked.type)) + " not " +
                        type_in_path(given.type));
                continue;
            }
            read->type = home->keep(read->type);
            values.push_back(*read);
            indexes.push_back(i);
        }
        tree_.put(instance, std::move(values), std::move(home));
        places_[&instance].answers = indexes;
        places_[&instance].answered = !answers.empty();
        for (const auto& slot : instance.slots) places_for(slot->items, here);
        for (std::size_t slot = 0; slot < indexes.size(); ++slot) {
            ItemPath inside = path;
            inside.back().index = static_cast<int>(slot);
            walk(inside, *answers[indexes[slot]],
                 indexed(here, "answer", indexes[slot]));
        }
        if (!item.all("item").empty())
            say("error", "structure", here,
                "the items of a question belong into its answers");
    }

    // --- and are looked at
    // --------------------------------------------------------------

    Enabled look(bool ne_of_nothing) {
        Recompute::Surroundings around;
        around.now = now_;
        around.only_looking = true;
        around.ne_of_nothing = ne_of_nothing;
        tree_.touch_all();
        Recompute recompute(tree_, around);
        recompute.all(false);
        Enabled enabled;
        tree_.each([&](Instance& instance) { enabled[&instance] = instance.enabled; });
        return enabled;
    }

    void check(Instance& instance, const Enabled& by_r4, const Enabled& by_hl7) {
        const Place& at = places_[&instance];
        const bool r4 = by_r4.at(&instance), hl7 = by_hl7.at(&instance);
        if (!r4 && at.there && instance.answered()) {
            if (hl7)
                note_reading(at.expression);
            else
                say("error", "invariant", at.expression,
                    "Item has answer, even though it is not enabled (item id = '" +
                        instance.item->link_id + "')");
        }
        if (!r4) return;
        instance.enabled = true;
        for (const FormIssue& issue : check_instance(tree_, instance, {}, {})) {
            const bool count = issue.code == "required" || issue.code == "min-occurs";
            if (count && (!complete_ || at.answered || !asked_for(instance))) continue;
            if (count && !hl7) {
                note_reading(at.expression);
                continue;
            }
            say(name(issue.severity), code_of(issue, instance),
                place_of(issue, at, instance), text_of(issue, instance));
        }
    }

    void note_reading(const std::string& expression) {
        say("information", "business-rule", expression,
            "R4's text and HL7's validator read '!=' of an unanswered question "
            "differently; either is accepted");
    }

    /// What lies in a group that is not there is not asked for.
    bool asked_for(const Instance& instance) {
        for (const Instance* at = instance.parent; at; at = at->parent)
            if (!places_[at].there && !at->item->required) return false;
        return true;
    }

    static std::string code_of(const FormIssue& issue, const Instance& instance) {
        if (issue.code == "required" && instance.item->is_question()) return "required";
        return "invariant";
    }
    static std::string text_of(const FormIssue& issue, const Instance& instance) {
        const std::string& id = instance.item->link_id;
        if (issue.code == "required")
            return instance.item->is_group()
                       ? "No sub-items found for required group '" + id + "'"
                       : "No response answer found for required item '" + id + "'";
        return id + ": " + issue.message;
    }
    static std::string place_of(const FormIssue& issue, const Place& at,
                                const Instance& instance) {
        const auto index = static_cast<std::size_t>(issue.answer);
        if (issue.answer < 0 || index >= at.answers.size()) return at.expression;
        std::string place = indexed(at.expression, "answer", at.answers[index]);
        static constexpr std::array of_the_answer = {"not-an-option", "exclusive",
                                                     "unit"};
        if (std::ranges::count(of_the_answer, issue.code) == 0)
            place +=
                ".value.ofType(" + type_in_path(instance.answers()[index].type) + ")";
        return place;
    }

    const FormModel& form_;
    const Element& response_;
    Instant now_;
    FormTree tree_;
    std::map<const Instance*, Place> places_;
    std::vector<OutcomeIssue> issues_;
    bool complete_ = true;
};

}  // namespace

std::vector<OutcomeIssue> validate_response(const FormModel& form,
                                            const Element& response, Instant now) {
    return Validation(form, response, now).run();
}

bool has_errors(const std::vector<OutcomeIssue>& issues) {
    return std::ranges::any_of(
        issues, [](const OutcomeIssue& issue) { return issue.severity == "error"; });
}

std::string write_outcome(const std::vector<OutcomeIssue>& issues) {
    std::string out = R"({"resourceType":"OperationOutcome","issue":[)";
    const auto write = [&](const OutcomeIssue& issue) {
        if (out.back() == '}') out += ',';
        out += R"({"severity":)";
        write_json_string(issue.severity, out);
        out += R"(,"code":)";
        write_json_string(issue.code, out);
        out += R"(,"details":{"text":)";
        write_json_string(issue.text, out);
        out += '}';
        if (!issue.expression.empty()) {
            out += R"(,"expression":[)";
            write_json_string(issue.expression, out);
            out += ']';
        }
        out += '}';
    };
    for (const OutcomeIssue& issue : issues) write(issue);
    if (issues.empty()) write({"information", "informational", {}, "No issues found"});
    return out + "]}";
}

}  // namespace foyer
