#include "kiosk/forms/session.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "kiosk/forms/answers.h"
#include "kiosk/forms/instance.h"
#include "kiosk/forms/known_resources.h"
#include "kiosk/forms/model.h"
#include "kiosk/forms/output.h"
#include "kiosk/forms/recompute.h"
#include "kiosk/forms/resume.h"
#include "kiosk/forms/scores.h"
#include "kiosk/forms/state.h"

namespace foyer {

namespace {

using Fault = FormFault;

}  // namespace

struct FormSession::Inside {
    std::shared_ptr<const Questionnaire> form;
    const Scores* rules = nullptr;
    Options options;
    KnownResources known;  ///< subject, launch contexts, bundle
    Recompute::Surroundings around;
    FormTree tree;
    Recompute recompute;
    std::vector<ScoreOfForm> scores;
    std::vector<SafetyOfForm> safety;
    std::map<int, std::string> told;  ///< by safety rule: what was last told of it
    std::vector<SafetyAnswer> safety_answers;
    bool finished = false;

    Inside(std::shared_ptr<const Questionnaire> from, const Scores* scores_of,
           Options given)
        : form(std::move(from)),
          rules(scores_of),
          options(std::move(given)),
          tree(form->model()),
          recompute(tree, around) {
        if (!rules) return;
        scores = rules->of(form->model());
        safety = rules->safety_of(form->model());
    }

    // --- beginning -------------------------------------------------------------------

    Result<void> begin() {
        around.now = options.now;
        around.offset_from_utc = options.offset_from_utc;
        around.language = options.language;
        TRY(read_surroundings());
        bool resumed = false;
        if (!options.response.empty()) {
            KnownResources saved;
            const Element* response = TRY(saved.add(options.response, "the response"));
            if (response->text_of("resourceType") != "QuestionnaireResponse")
                return fail(Error::Code::bad_input,
                            "the response is not a QuestionnaireResponse");
            TRY(resume(tree, *response));
            resumed = true;
        }
        if (options.response_id.empty()) options.response_id = random_id();
        const auto before = resumed ? calculated_answers() : Kept{};
        recompute.all(!resumed);
        if (resumed) keep_edited(before);
        note_safety(nullptr);
        // What was answered in an earlier sitting was told then.
        if (resumed) safety_answers.clear();
        return {};
    }

    Result<void> read_surroundings() {
        const auto put = [&](const std::string& name, const Element* resource) {
            around.contexts[name] = {fhirpath::of_element(resource)};
        };
        if (!options.subject.empty()) {
            const Element* subject = TRY(known.add(options.subject, "the subject"));
            put("patient", subject);
            put("subject", subject);
            put("Patient", subject);
            for (const LaunchContext& declared : form->model().launch_contexts)
                if (declared.type == subject->text_of("resourceType"))
                    put(declared.name, subject);
            if (options.subject_reference.empty() && !subject->text_of("id").empty())
                options.subject_reference =
                    std::string(subject->text_of("resourceType")) + "/" +
                    std::string(subject->text_of("id"));
        }
        for (const auto& [name, json] : options.contexts)
            put(name, TRY(known.add(json, "the context " + name)));
        if (!options.bundle.empty())
            TRY(known.add_bundle(options.bundle, "the bundle"));
        around.resolve = [this](std::string_view reference) {
            return known.resolve(reference);
        };
        around.query = [this](std::string_view query) { return known.search(query); };
        return {};
    }

    using Kept = std::vector<std::pair<Instance*, std::vector<std::string>>>;

    /// The calculated answers that a response brought, where they can be edited.
    Kept calculated_answers() {
        Kept kept;
        tree.each([&](Instance& instance) {
            const FormItem& item = *instance.item;
            if (!item.calculated || item.read_only || !instance.answered()) return;
            std::vector<std::string> values;
            for (const FormValue& answer : instance.answers())
                values.push_back(value_json(answer));
            kept.emplace_back(&instance, std::move(values));
        });
        return kept;
    }
    /// What differs from what is computed now was the patient's own word.
    void keep_edited(const Kept& kept) {
        for (const auto& [instance, values] : kept) {
            std::vector<std::string> now;
            for (const FormValue& answer : instance->answers())
                now.push_back(value_json(answer));
            if (now == values) continue;
            if (put_answers(*instance, values)) {
                instance->user_edited = true;
                recompute.changed(*instance);
            }
        }
        recompute.settle();
    }

    // --- answers ---------------------------------------------------------------------

    FormResult<Instance*> question(const ItemPath& path) {
        if (finished)
            return tl::unexpected(Fault{"finished", path, "the form is finished"});
        auto found = tree.at(path);
        if (!found) return found;
        if (!(*found)->item->is_question())
            return tl::unexpected(
                Fault{"wrong-type", path, "a group or a display takes no answer"});
        return found;
    }

    void put(Instance& instance, std::vector<FormValue> answers,
             std::unique_ptr<Elements> home) {
        if (tree.put(instance, std::move(answers), std::move(home)))
            recompute.items_changed(instance);
    }

    FormResult<> put_answers(Instance& instance,
                             const std::vector<std::string>& values) {
        const FormItem& item = *instance.item;
        auto home = std::make_unique<Elements>();
        std::vector<FormValue> answers;
        const AnswerContext context{instance, options.language,
                                    options.offset_from_utc};
        for (const std::string& value : values) {
            auto read = read_answer(context, value, *home);
            if (!read) return tl::unexpected(read.error());
            if (!read->value) continue;
            const bool twice = std::ranges::any_of(
                answers,
                [&](const FormValue& other) { return same_value(other, *read); });
            const bool choice =
                item.type == ItemType::choice || item.type == ItemType::open_choice;
            if (twice && choice) continue;
            // Offered options go when what offers them changes; the answer stays.
            if (instance.offered) read->value = home->copy(*read->value);
            read->type = home->keep(read->type);
            answers.push_back(*read);
        }
        if (answers.size() > 1 && !item.repeats)
            return tl::unexpected(Fault{"occurs", {}, "the question takes one answer"});
        if (item.max_occurs && static_cast<int>(answers.size()) > *item.max_occurs)
            return tl::unexpected(Fault{"occurs",
                                        {},
                                        "the question takes at most " +
                                            std::to_string(*item.max_occurs) +
                                            " answers"});
        put(instance, std::move(answers), std::move(home));
        return {};
    }

    FormResult<> set(const ItemPath& path, const std::vector<std::string>& values) {
        auto found = question(path);
        if (!found) return tl::unexpected(found.error());
        Instance& instance = **found;
        if (instance.item->read_only)
            return tl::unexpected(
                Fault{"read-only", path, "the form does not let this be changed"});
        if (auto put = put_answers(instance, values); !put) {
            put.error().path = path;
            return put;
        }
        instance.declined = false;
        if (instance.item->calculated) instance.user_edited = true;
        after(instance);
        return {};
    }

    void after(Instance& instance) {
        tree.touch(instance);
        recompute.changed(instance);
        recompute.settle();
        note_safety(&instance);
    }

    // --- safety ----------------------------------------------------------------------

    /// What a rule has to tell now: the answer it fires for, "declined", or nothing.
    static std::string to_tell(const SafetyRule& rule, const Instance& question) {
        if (question.declined) return rule.declined.empty() ? "" : "declined";
        for (const FormValue& answer : question.answers()) {
            const auto weight = weight_of_answer(answer, question.options(), nullptr);
            const bool fires =
                rule.any ||
                (rule.at_least && weight &&
                 fhirpath::compare(*weight, *rule.at_least) >= 0) ||
                (rule.yes && answer.type == "Boolean" && answer.value->is_true()) ||
                (answer.type == "Coding" &&
                 std::ranges::count(rule.answers, token_of(*answer.value)) > 0);
            if (fires) return value_json(answer);
        }
        return {};
    }

    void note_safety(const Instance* changed) {
        for (std::size_t i = 0; i < safety.size(); ++i) {
            const SafetyRule& rule = *safety[i].rule;
            for (const Instance* instance : tree.of(safety[i].item)) {
                if (changed && instance != changed) continue;
                const std::string now = to_tell(rule, *instance);
                std::string& before = told[static_cast<int>(i)];
                if (now == before) continue;
                SafetyAnswer answer;
                answer.form = form->url();
                answer.path = tree.path_of(*instance);
                answer.rule = rule.rule;
                answer.level = instance->declined ? rule.declined : rule.level;
                answer.answer = now == "declined" ? "" : now;
                answer.what = instance->declined ? SafetyAnswer::What::declined
                              : before.empty()   ? SafetyAnswer::What::given
                                                 : SafetyAnswer::What::changed;
                if (answer.what == SafetyAnswer::What::changed && now.empty()) {
                    const auto answers = instance->answers();
                    if (!answers.empty()) answer.answer = value_json(answers.front());
                }
                safety_answers.push_back(std::move(answer));
                before = now;
            }
        }
    }

    std::vector<SafetyAnswer> standing_safety() const {
        std::vector<SafetyAnswer> standing;
        for (const SafetyOfForm& one : safety)
            for (const Instance* instance : tree.of(one.item)) {
                const std::string now = to_tell(*one.rule, *instance);
                if (now.empty()) continue;
                const bool declined = now == "declined";
                standing.push_back({form->url(), tree.path_of(*instance),
                                    one.rule->rule,
                                    declined ? one.rule->declined : one.rule->level,
                                    declined ? std::string() : now,
                                    declined ? SafetyAnswer::What::declined
                                             : SafetyAnswer::What::given});
            }
        return standing;
    }

    // --- finding ---------------------------------------------------------------------

    FormResult<ItemPath> find(std::string_view link_id, bool any_of_a_group) const {
        // "name#2": the second of siblings that share a linkId, unless one is called
        // that.
        int nth = 0;
        auto items = form->model().items_of(link_id);
        if (items.empty())
            if (const std::size_t hash = link_id.rfind('#');
                hash != std::string_view::npos) {
                const std::string_view number = link_id.substr(hash + 1);
                const auto [end, error] =
                    std::from_chars(number.data(), number.data() + number.size(), nth);
                if (error == std::errc() && end == number.data() + number.size() &&
                    nth > 0)
                    items = form->model().items_of(link_id.substr(0, hash));
            }
        Instance* found = nullptr;
        for (const int item : items)
            for (Instance* instance : tree.of(item)) {
                if (nth > 0 && instance->item->nth != nth) continue;
                if (found && any_of_a_group && found->item == instance->item &&
                    found->parent == instance->parent && found->slot == instance->slot)
                    continue;
                if (found)
                    return tl::unexpected(
                        Fault{"ambiguous",
                              {},
                              "several items have this linkId: give the path"});
                found = instance;
            }
        if (!found)
            return tl::unexpected(
                Fault{"unknown-path", {}, "there is no item with this linkId"});
        return tree.path_of(*found);
    }

    // --- looking ---------------------------------------------------------------------

    StateWords words() const { return {options.language, options.words}; }

    ResponseHead head(std::string status) const {
        return {options.response_id,
                std::move(status),
                instant_text(options.now, options.offset_from_utc),
                options.language,
                options.subject_reference,
                options.author};
    }
    FormOutput output(const std::string& status) {
        tree.refresh(options.language);
        FormOutput output;
        const ResponseHead about = head(status);
        output.response = write_response(tree, about);
        if (status == "completed")
            output.observations = write_observations(tree, scores, about);
        output.safety = standing_safety();
        return output;
    }
};

FormSession::FormSession(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
FormSession::FormSession(FormSession&&) noexcept = default;
FormSession& FormSession::operator=(FormSession&&) noexcept = default;
FormSession::~FormSession() = default;

Result<FormSession> FormSession::start(std::shared_ptr<const Questionnaire> form,
                                       const Scores* scores, Options options) {
    auto inside = std::make_unique<Inside>(std::move(form), scores, std::move(options));
    TRY(inside->begin());
    return FormSession(std::move(inside));
}

FormResult<> FormSession::set(const ItemPath& path,
                              const std::vector<std::string>& values) {
    return inside_->set(path, values);
}

FormResult<ItemPath> FormSession::add(const ItemPath& path) {
    if (inside_->finished)
        return tl::unexpected(Fault{"finished", path, "the form is finished"});
    ItemPath any = path;
    if (!any.empty()) any.back().index = 0;
    auto found = inside_->tree.at(any);
    if (!found)
        return tl::unexpected(Fault{found.error().code, path, found.error().message});
    Instance& first = **found;
    if (!first.item->multiplies())
        return tl::unexpected(Fault{"wrong-type", path, "this is no repeating group"});
    if (first.item->read_only)
        return tl::unexpected(
            Fault{"read-only", path, "the form does not let this be changed"});
    const int count = inside_->tree.count_of(first);
    if (count >= first.item->max_occurs.value_or(most_instances_of_a_group))
        return tl::unexpected(Fault{
            "occurs", path,
            "there can be at most " + std::to_string(first.item->max_occurs.value_or(
                                          most_instances_of_a_group))});
    any.back().index = count - 1;
    Instance& last = **inside_->tree.at(any);
    Instance& added = inside_->tree.add_after(last);
    inside_->recompute.added(added);
    inside_->recompute.settle();
    return inside_->tree.path_of(added);
}

FormResult<> FormSession::remove(const ItemPath& path) {
    if (inside_->finished)
        return tl::unexpected(Fault{"finished", path, "the form is finished"});
    auto found = inside_->tree.at(path);
    if (!found) return tl::unexpected(found.error());
    Instance& instance = **found;
    const FormItem& item = *instance.item;
    if (!item.multiplies())
        return tl::unexpected(Fault{"wrong-type", path, "this is no repeating group"});
    const int least = std::max(item.min_occurs.value_or(0), 1);
    if (inside_->tree.count_of(instance) <= least)
        return tl::unexpected(
            Fault{"occurs", path, "there must be at least " + std::to_string(least)});
    inside_->tree.remove(instance);
    inside_->recompute.removed(item);
    inside_->recompute.settle();
    return {};
}

FormResult<> FormSession::decline(const ItemPath& path) {
    auto found = inside_->question(path);
    if (!found) return tl::unexpected(found.error());
    Instance& instance = **found;
    if (!can_decline(*instance.item))
        return tl::unexpected(Fault{instance.item->read_only ? "read-only" : "required",
                                    path, "this question cannot be declined"});
    inside_->put(instance, {}, std::make_unique<Elements>());
    instance.declined = true;
    if (instance.item->calculated) instance.user_edited = true;
    inside_->after(instance);
    return {};
}

FormResult<> FormSession::reset(const ItemPath& path) {
    auto found = inside_->question(path);
    if (!found) return tl::unexpected(found.error());
    Instance& instance = **found;
    if (!instance.item->calculated)
        return tl::unexpected(
            Fault{"wrong-type", path, "the question has no calculated value"});
    instance.user_edited = false;
    instance.declined = false;
    inside_->tree.touch(instance);
    inside_->recompute.everything();
    inside_->recompute.settle();
    return {};
}

void FormSession::set_language(const std::string& language) {
    inside_->options.language = language;
    inside_->around.language = language;
    inside_->tree.touch_all();
    inside_->recompute.everything();
    inside_->recompute.settle();
}

void FormSession::set_now(Instant now) {
    inside_->options.now = now;
    inside_->around.now = now;
}

FormResult<FormOutput> FormSession::finish() {
    if (inside_->finished)
        return tl::unexpected(Fault{"finished", {}, "the form is finished"});
    for (const FormIssue& issue : issues())
        if (issue.severity == FormIssue::Severity::error)
            return tl::unexpected(
                Fault{issue.code == "required" ? "required" : "invalid", issue.path,
                      issue.message});
    inside_->finished = true;
    return inside_->output("completed");
}

FormOutput FormSession::so_far(Ending ending) {
    return inside_->output(ending == Ending::stopped ? "stopped" : "in-progress");
}

std::vector<ItemState> FormSession::items() const {
    return item_states(inside_->tree, inside_->words());
}

std::vector<FormIssue> FormSession::issues() const {
    return all_issues(inside_->tree, inside_->recompute, inside_->words());
}

std::vector<ScoreState> FormSession::scores() const {
    std::vector<ScoreState> states;
    for (const ScoreOfForm& score : inside_->scores) {
        const Total total = total_of(inside_->tree, score);
        ScoreState state;
        state.code = score.rule->code;
        state.answered = total.answered;
        state.of = total.of;
        state.complete = total.complete;
        if (total.value) state.value = total.value->to_string();
        if (total.band) state.band = total.band->code;
        states.push_back(std::move(state));
    }
    return states;
}

std::vector<SafetyAnswer> FormSession::take_safety() {
    return std::exchange(inside_->safety_answers, {});
}

const std::string& FormSession::language() const {
    return inside_->options.language;
}
const Questionnaire& FormSession::form() const {
    return *inside_->form;
}
bool FormSession::finished() const {
    return inside_->finished;
}

FormResult<ItemPath> FormSession::find(std::string_view link_id) const {
    return inside_->find(link_id, /*any_of_a_group=*/false);
}

FormResult<ItemPath> FormSession::find_group(std::string_view link_id) const {
    return inside_->find(link_id, /*any_of_a_group=*/true);
}

}  // namespace foyer
