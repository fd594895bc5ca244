#include "kiosk/forms/recompute.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "kiosk/forms/answers.h"
#include "kiosk/forms/enable.h"
#include "kiosk/forms/options.h"

namespace foyer {

namespace {

/// A place computed this often in one round does not come to rest.
constexpr int most_rounds = 25;
/// Expressions run for one answer, past which nothing is given more rounds than those.
constexpr std::size_t most_runs = 10'000;
/// Of one evaluation: about a tenth of a second.
constexpr std::uint64_t most_steps = 2'000'000;
/// Of one that took more before, and of all others when several did: a form full of
/// such must load all the same.
constexpr std::uint64_t fewer_steps = most_steps / 50;
constexpr std::size_t most_overruns = 8;

/// "{{%patient.id}}" in an x-fhir-query.
constexpr std::string_view open_braces = "{{", close_braces = "}}";

}  // namespace

Recompute::Recompute(FormTree& tree, const Surroundings& surroundings)
    : tree_(tree), form_(tree.form()), around_(surroundings) {
    readers_.resize(form_.items.size());
    sites_of_item_.resize(form_.items.size());
    root_variables_.resize(form_.variables.size());
    find_sites();
    for (std::size_t i = 0; i < sites_.size(); ++i) link(static_cast<int>(i));
    rank_sites();
}

// --- what depends on what
// -----------------------------------------------------------------

void Recompute::add_site(Kind kind, int item, int which,
                         const FormExpression* expression) {
    const int index = static_cast<int>(sites_.size());
    Site site;
    site.kind = kind;
    site.item = item;
    site.which = which;
    site.expression = expression;
    sites_.push_back(std::move(site));
    if (item >= 0) sites_of_item_[static_cast<std::size_t>(item)].push_back(index);
    if (kind == Kind::variable)
        variables_.emplace(std::pair(item, expression->name), index);
}

void Recompute::find_sites() {
    const auto all = [&](int item, const std::vector<FormExpression>& variables,
                         const std::vector<FormConstraint>& constraints) {
        for (std::size_t i = 0; i < variables.size(); ++i)
            add_site(Kind::variable, item, static_cast<int>(i), &variables[i]);
        for (std::size_t i = 0; i < constraints.size(); ++i)
            add_site(Kind::constraint, item, static_cast<int>(i),
                     &constraints[i].expression);
    };
    all(-1, form_.variables, form_.constraints);
    for (const FormItem& item : form_.items) {
        all(item.index, item.variables, item.constraints);
        const auto one = [&](Kind kind, const std::optional<FormExpression>& what) {
            if (what) add_site(kind, item.index, 0, &*what);
        };
        if (!item.enable_when.empty() || item.enabled_if)
            add_site(Kind::enable, item.index, 0,
                     item.enabled_if ? &*item.enabled_if : nullptr);
        if (item.is_question()) one(Kind::calculated, item.calculated);
        one(Kind::offered, item.offered);
        one(Kind::said, item.said);
        one(Kind::min_bound, item.min_expression);
        one(Kind::max_bound, item.max_expression);
    }
}

int Recompute::variable_site(std::string_view name, int item, int except) const {
    for (int scope = item;;) {
        const auto [first, last] =
            variables_.equal_range(std::pair(scope, std::string(name)));
        for (auto it = first; it != last; ++it)
            if (it->second != except) return it->second;
        if (scope < 0) return -1;
        scope = form_.items[static_cast<std::size_t>(scope)].parent;
    }
}

void Recompute::link(int index) {
    Site& site = sites_[static_cast<std::size_t>(index)];
    if (site.kind == Kind::enable)
        for (const EnableWhen& condition :
             form_.items[static_cast<std::size_t>(site.item)].enable_when)
            if (condition.item >= 0)
                readers_[static_cast<std::size_t>(condition.item)].push_back(index);
    if (!site.expression) return;
    if (!site.expression->path) {
        // A query may hold any expression.
        if (site.expression->language == "application/x-fhir-query")
            read_everything_.push_back(index);
        return;
    }
    const fhirpath::Reads& reads = site.expression->path->reads();
    if (reads.everything) read_everything_.push_back(index);
    for (const std::string& link_id : reads.link_ids)
        for (const int item : form_.items_of(link_id))
            // What an item holds is read with it.
            for (int below = item;
                 below < form_.items[static_cast<std::size_t>(item)].end; ++below)
                readers_[static_cast<std::size_t>(below)].push_back(index);
    for (const std::string& name : reads.variables) {
        const int found =
            variable_site(name, site.item, site.kind == Kind::variable ? index : -1);
        if (found >= 0)
            sites_[static_cast<std::size_t>(found)].readers.push_back(index);
        else if (name == "context" && !reads.everything && reads.link_ids.empty())
            read_everything_.push_back(index);
    }
}

/// Every site after those it reads, as far as there is such an order.
void Recompute::rank_sites() {
    const auto each_after = [&](const Site& site, const auto& visit) {
        for (const int reader : site.readers) visit(reader);
        if (site.kind == Kind::calculated)
            for (const int reader : readers_[static_cast<std::size_t>(site.item)])
                visit(reader);
        if (site.kind == Kind::offered)
            for (const int other : sites_of_item_[static_cast<std::size_t>(site.item)])
                if (sites_[static_cast<std::size_t>(other)].kind == Kind::calculated)
                    visit(other);
        if (site.kind == Kind::enable) {
            const FormItem& item = form_.items[static_cast<std::size_t>(site.item)];
            for (int below = item.index; below < item.end; ++below)
                for (const int reader : readers_[static_cast<std::size_t>(below)])
                    visit(reader);
        }
    };
    const std::size_t count = sites_.size();
    std::vector<int> before(count);
    for (const Site& site : sites_)
        each_after(site, [&](int after) { ++before[static_cast<std::size_t>(after)]; });
    std::vector<int> ready;
    for (std::size_t i = 0; i < count; ++i)
        if (before[i] == 0) ready.push_back(static_cast<int>(i));
    int highest = 0;
    for (std::size_t next = 0; next < ready.size(); ++next) {
        const Site& site = sites_[static_cast<std::size_t>(ready[next])];
        highest = std::max(highest, site.rank);
        each_after(site, [&](int after) {
            Site& later = sites_[static_cast<std::size_t>(after)];
            later.rank = std::max(later.rank, site.rank + 1);
            if (--before[static_cast<std::size_t>(after)] == 0) ready.push_back(after);
        });
    }
    // What lies on a circle comes last, and what reads everything after it.
    for (std::size_t i = 0; i < count; ++i)
        if (before[i] > 0) sites_[i].rank = highest + 1;
    for (const int site : read_everything_)
        if (sites_[static_cast<std::size_t>(site)].kind != Kind::variable)
            sites_[static_cast<std::size_t>(site)].rank =
                std::max(highest + 2, sites_[static_cast<std::size_t>(site)].rank);

    // Variables that read one another in a circle have no value.
    std::vector<int> waits(count);
    const auto is_variable = [&](int site) {
        return sites_[static_cast<std::size_t>(site)].kind == Kind::variable;
    };
    for (std::size_t i = 0; i < count; ++i)
        if (is_variable(static_cast<int>(i)))
            for (const int reader : sites_[i].readers)
                if (is_variable(reader)) ++waits[static_cast<std::size_t>(reader)];
    std::vector<int> free;
    for (std::size_t i = 0; i < count; ++i)
        if (waits[i] == 0 && is_variable(static_cast<int>(i)))
            free.push_back(static_cast<int>(i));
    for (std::size_t next = 0; next < free.size(); ++next)
        for (const int reader : sites_[static_cast<std::size_t>(free[next])].readers)
            if (is_variable(reader) && --waits[static_cast<std::size_t>(reader)] == 0)
                free.push_back(reader);
    for (std::size_t i = 0; i < count; ++i)
        if (waits[i] > 0) {
            sites_[i].stuck = true;
            cycles_.insert(place_of(sites_[i]));
        }
}

std::string Recompute::place_of(const Site& site) const {
    std::string place =
        site.item < 0
            ? "Questionnaire"
            : "item '" + form_.items[static_cast<std::size_t>(site.item)].link_id + "'";
    switch (site.kind) {
        case Kind::variable:
            return place + ", variable " + site.expression->name;
        case Kind::enable:
            return place + ", enableWhen";
        case Kind::calculated:
            return place + ", calculatedExpression";
        case Kind::offered:
            return place + ", answerExpression";
        case Kind::said:
            return place + ", cqf-expression";
        case Kind::min_bound:
            return place + ", minValue";
        case Kind::max_bound:
            return place + ", maxValue";
        case Kind::constraint:
            return place + ", constraint";
    }
    return place;
}

// --- marking
// --------------------------------------------------------------------------------

void Recompute::mark(int index) {
    Site& site = sites_[static_cast<std::size_t>(index)];
    if (site.waiting || site.stuck) return;
    site.waiting = true;
    queue_.emplace(site.rank, index);
}

void Recompute::mark_readers_of(int item, int but) {
    for (const int reader : readers_[static_cast<std::size_t>(item)]) mark(reader);
    for (const int reader : read_everything_)
        if (reader != but) mark(reader);
}

void Recompute::mark_instance_sites(const FormItem& item) {
    for (int below = item.index; below < item.end; ++below)
        for (const int index : sites_of_item_[static_cast<std::size_t>(below)]) {
            // What was seen of other instances need not be so of new ones.
            Site& site = sites_[static_cast<std::size_t>(index)];
            site.changed_itself = site.settles = false;
            mark(index);
        }
}

void Recompute::changed(const Instance& instance, int but) {
    mark_readers_of(instance.item->index, but);
    // Its own constraints read it without naming it.
    for (const int site :
         sites_of_item_[static_cast<std::size_t>(instance.item->index)])
        if (sites_[static_cast<std::size_t>(site)].kind == Kind::constraint) mark(site);
}

void Recompute::added(Instance& instance) {
    const FormItem& item = *instance.item;
    mark_instance_sites(item);
    for (int below = item.index; below < item.end; ++below) mark_readers_of(below);
    fresh_.insert(item.index);
}

void Recompute::items_changed(const Instance& question) {
    const FormItem& item = *question.item;
    for (const int child : item.children)
        mark_instance_sites(form_.items[static_cast<std::size_t>(child)]);
    for (int below = item.index + 1; below < item.end; ++below) mark_readers_of(below);
    fresh_.insert(item.index);
}

/// Gives fresh instances what the form says they begin with: values first, then
/// expressions, which may read them.
void Recompute::initialise_fresh(bool starting) {
    const auto each_fresh = [&](int item, const auto& act) {
        for (Instance* instance : std::vector(tree_.of(item)))
            if (instance->fresh) act(*instance);
    };
    std::set<int> items;
    for (const int top : std::exchange(fresh_, {}))
        for (int item = top; item < form_.items[static_cast<std::size_t>(top)].end;
             ++item)
            items.insert(item);
    bool expressions = false;
    for (const int item : items) {
        each_fresh(item, [&](Instance& instance) { give_initial(instance); });
        expressions |=
            form_.items[static_cast<std::size_t>(item)].initially.has_value();
    }
    if (starting && expressions) everything();
    drain();
    for (const int item : items) {
        each_fresh(item, [&](Instance& instance) {
            instance.fresh = false;
            compute_initial(instance);
        });
        if (expressions) drain();
    }
}

void Recompute::removed(const FormItem& item) {
    for (int below = item.index; below < item.end; ++below) mark_readers_of(below);
}

void Recompute::everything() {
    for (std::size_t i = 0; i < sites_.size(); ++i) mark(static_cast<int>(i));
}

void Recompute::all(bool initially) {
    for (std::size_t i = 0; i < sites_.size(); ++i)
        if (sites_[i].kind == Kind::variable) mark(static_cast<int>(i));
    settle();
    if (initially) {
        fresh_.insert(form_.roots.begin(), form_.roots.end());
        initialise_fresh(/*starting=*/true);
    } else {
        tree_.each([](Instance& instance) { instance.fresh = false; });
    }
    everything();
    settle();
}

void Recompute::settle() {
    for (int round = 0; round < most_rounds; ++round) {
        drain();
        if (fresh_.empty()) return;
        initialise_fresh(/*starting=*/false);
    }
}

void Recompute::drain() {
    std::vector<int> touched;
    // What reads everything has no order: a chain of such may need a round for each.
    const int longest_chain = static_cast<int>(read_everything_.size()) + 2;
    while (!queue_.empty()) {
        const int index = queue_.begin()->second;
        queue_.erase(queue_.begin());
        Site& site = sites_[static_cast<std::size_t>(index)];
        site.waiting = false;
        touched.push_back(index);
        if (++site.rounds > most_rounds &&
            (site.rounds > longest_chain || touched.size() > most_runs)) {
            site.stuck = true;
            cycles_.insert(place_of(site));
            if (site.kind == Kind::calculated && !around_.only_looking)
                for (Instance* instance : std::vector(tree_.of(site.item)))
                    if (!instance->user_edited && instance->answered()) {
                        put(*instance, {}, std::make_unique<Elements>());
                        changed(*instance);
                    }
            continue;
        }
        run(site);
    }
    tree_.refresh(around_.language);
    for (const int index : touched) sites_[static_cast<std::size_t>(index)].rounds = 0;
}

// --- computing -----------------------------------------------------------------------

void Recompute::run(Site& site) {
    if (site.item < 0) {
        run_at(site, nullptr);
    } else {
        for (Instance* instance : std::vector(tree_.of(site.item)))
            run_at(site, instance);
    }
    if (site.kind == Kind::variable)
        for (const int reader : site.readers) mark(reader);
}

void Recompute::run_at(Site& site, Instance* instance) {
    // The form itself has variables and constraints; all else belongs to an item.
    assert(instance || site.kind == Kind::variable || site.kind == Kind::constraint);
    switch (site.kind) {
        case Kind::variable: {
            auto& place =
                instance ? instance->variables[static_cast<std::size_t>(site.which)]
                         : root_variables_[static_cast<std::size_t>(site.which)];
            if (!place) place = std::make_unique<Computed>();
            if (!evaluate(site, *site.expression, instance, *place)) place->keep({});
            break;
        }
        case Kind::enable:
            enable(site, *instance);
            break;
        case Kind::calculated:
            calculate(site, *instance);
            break;
        case Kind::offered:
            offer(site, *instance);
            break;
        case Kind::said: {
            Computed computed;
            const auto* values = evaluate(site, *site.expression, instance, computed);
            std::optional<std::string> said;
            if (values && values->size() == 1)
                if (const auto value = to_fhir(values->front(), computed.home());
                    value && value->element->has_value())
                    said = value->element->text;
            if (said == instance->said) break;
            instance->said = std::move(said);
            tree_.touch(*instance);
            break;
        }
        case Kind::min_bound:
            instance->min_value = bound(site, *instance, instance->min_by);
            break;
        case Kind::max_bound:
            instance->max_value = bound(site, *instance, instance->max_by);
            break;
        case Kind::constraint: {
            Computed computed;
            const auto* values = evaluate(site, *site.expression, instance, computed);
            const bool broken =
                values && fhirpath::as_boolean(*values) == std::optional(false);
            (instance ? instance->broken
                      : tree_.broken)[static_cast<std::size_t>(site.which)] = broken;
            break;
        }
    }
}

void Recompute::enable(const Site& site, Instance& instance) {
    bool enabled = enable_when_holds(tree_, instance, around_.ne_of_nothing);
    if (site.expression && site.expression->path) {
        Computed computed;
        const auto* values = evaluate(site, *site.expression, &instance, computed);
        // Nothing is not true; an expression that fails hides nothing.
        if (values) enabled &= fhirpath::as_boolean(*values).value_or(false);
    }
    if (enabled == instance.self_enabled) return;
    instance.self_enabled = enabled;
    tree_.spread_enabled(
        instance, [&](Instance& changed) { mark_readers_of(changed.item->index); });
}

void Recompute::calculate(Site& site, Instance& instance) {
    if (instance.user_edited || !site.expression->path || around_.only_looking) return;
    Computed computed;
    const auto* values = evaluate(site, *site.expression, &instance, computed);
    auto home = std::make_unique<Elements>();
    std::vector<FormValue> answers;
    if (values)
        for (const auto& value : *values) {
            const auto made = to_fhir(value, *home);
            if (!made) continue;
            auto fitted = fit_answer(instance, {made->element, made->type}, *home);
            if (!fitted) continue;
            // Options stay the form's own elements; all else moves in here.
            if (instance.offered || !option_for(instance.options(), *fitted))
                fitted->value = home->copy(*fitted->value);
            answers.push_back(*fitted);
            if (!instance.item->repeats) break;
        }
    const auto before = instance.answers();
    const bool same =
        std::ranges::equal(before, answers, [](const auto& a, const auto& b) {
            return a.type == b.type && same_value(a, b) &&
                   a.value->text == b.value->text;
        });
    if (same) {
        if (site.changed_itself) site.settles = true;
        return;
    }
    if (!answers.empty()) {
        instance.declined = false;
        site.changed_itself = true;
    }
    for (FormValue& answer : answers) answer.type = home->keep(answer.type);
    put(instance, std::move(answers), std::move(home));
    changed(instance, site.settles ? static_cast<int>(&site - sites_.data()) : -1);
}

void Recompute::offer(const Site& site, Instance& instance) {
    auto computed = std::make_unique<Computed>();
    const auto* values = evaluate(site, *site.expression, &instance, *computed);
    std::optional<std::vector<FormOption>> options;
    if (values) {
        options.emplace();
        for (const auto& value : *values)
            if (const auto made = to_fhir(value, computed->home()))
                options->push_back(option_of(
                    FormValue{made->element, computed->home().keep(made->type)}));
    }
    const bool same =
        options.has_value() == instance.offered.has_value() &&
        (!options ||
         std::ranges::equal(*options, *instance.offered,
                            [](const FormOption& a, const FormOption& b) {
                                return same_value({a.value, a.type}, {b.value, b.type});
                            }));
    instance.offered = std::move(options);
    instance.offered_by = values ? std::move(computed) : nullptr;
    // What is calculated has to be one of them.
    if (!same)
        for (const int other : sites_of_item_[static_cast<std::size_t>(site.item)])
            if (sites_[static_cast<std::size_t>(other)].kind == Kind::calculated)
                mark(other);
}

FormValue Recompute::bound(const Site& site, Instance& instance,
                           std::unique_ptr<Computed>& by) {
    by = std::make_unique<Computed>();
    const auto* values = evaluate(site, *site.expression, &instance, *by);
    if (!values || values->size() != 1) return {};
    const auto made = to_fhir(values->front(), by->home());
    if (!made) return {};
    return {made->element, by->home().keep(made->type)};
}

void Recompute::put(Instance& instance, std::vector<FormValue> answers,
                    std::unique_ptr<Elements> home) {
    if (tree_.put(instance, std::move(answers), std::move(home)))
        items_changed(instance);
}

/// For a question that is not answered: `values`, as far as they fit.
void Recompute::begin_with(Instance& instance, const std::vector<FormValue>& values) {
    const FormItem& item = *instance.item;
    auto home = std::make_unique<Elements>();
    std::vector<FormValue> answers;
    for (const FormValue& given : values) {
        if (!answers.empty() && !item.repeats) break;
        auto fitted = fit_answer(instance, given, *home);
        if (!fitted) continue;
        if (instance.offered || !option_for(instance.options(), *fitted))
            fitted->value = home->copy(*fitted->value);
        fitted->type = home->keep(fitted->type);
        answers.push_back(*fitted);
    }
    if (answers.empty()) return;
    put(instance, std::move(answers), std::move(home));
    changed(instance);
    // A calculation has the last word.
    for (const int site : sites_of_item_[static_cast<std::size_t>(item.index)])
        if (sites_[static_cast<std::size_t>(site)].kind == Kind::calculated) mark(site);
}

void Recompute::give_initial(Instance& instance) {
    const FormItem& item = *instance.item;
    if (!item.is_question() || instance.answered() || instance.declined) return;
    begin_with(instance, item.initial);
}

void Recompute::compute_initial(Instance& instance) {
    const FormItem& item = *instance.item;
    if (!item.initially || !item.is_question() || instance.answered() ||
        instance.declined)
        return;
    Site site;
    site.kind = Kind::calculated;
    site.item = item.index;
    site.expression = &*item.initially;
    Computed computed;
    const auto* values = evaluate(site, *item.initially, &instance, computed);
    if (!values) return;
    std::vector<FormValue> made;
    for (const auto& value : *values)
        if (const auto one = to_fhir(value, computed.home()))
            made.push_back({one->element, computed.home().keep(one->type)});
    begin_with(instance, made);
}

const fhirpath::Collection* Recompute::variable(std::string_view name, Instance* from,
                                                int item, const Site* asking) {
    const int self = asking && asking->kind == Kind::variable
                         ? static_cast<int>(asking - sites_.data())
                         : -1;
    if (const int found = variable_site(name, item, self); found >= 0) {
        const Site& site = sites_[static_cast<std::size_t>(found)];
        if (site.item < 0) {
            const auto& computed =
                root_variables_[static_cast<std::size_t>(site.which)];
            static const fhirpath::Collection none;
            return computed ? &computed->values() : &none;
        }
        for (Instance* at = from; at; at = at->parent)
            if (at->item->index == site.item) {
                const auto& computed =
                    at->variables[static_cast<std::size_t>(site.which)];
                static const fhirpath::Collection none;
                return computed ? &computed->values() : &none;
            }
    }
    if (const auto context = around_.contexts.find(name);
        context != around_.contexts.end())
        return &context->second;
    lone_.clear();
    if (name == "questionnaire") {
        lone_.push_back(fhirpath::of_element(form_.root, "Questionnaire"));
        return &lone_;
    }
    if ((name == "qitem" || name == "qItem") && from) {
        lone_.push_back(
            fhirpath::of_element(from->item->element, "Questionnaire.item"));
        return &lone_;
    }
    if (name == "context") {
        lone_.push_back(
            from ? fhirpath::of_element(&from->live, "QuestionnaireResponse.item")
                 : fhirpath::of_element(&tree_.live(), "QuestionnaireResponse"));
        return &lone_;
    }
    // A context that the form names and nobody gave is empty, not unknown.
    for (const LaunchContext& declared : form_.launch_contexts)
        if (declared.name == name) return &lone_;
    return nullptr;
}

const fhirpath::Collection* Recompute::evaluate(const Site& site,
                                                const FormExpression& what,
                                                Instance* instance, Computed& into) {
    const bool is_query = what.language == "application/x-fhir-query";
    if (!what.path && !is_query) return nullptr;
    tree_.refresh(around_.language);

    Elements scratch;
    fhirpath::Environment environment;
    environment.resource = &tree_.live();
    environment.variable = [&](std::string_view name) {
        const Site* asking =
            &site >= sites_.data() && &site < sites_.data() + sites_.size() ? &site
                                                                            : nullptr;
        return variable(name, instance, site.item, asking);
    };
    environment.questionnaire = form_.root;
    environment.resolve = around_.resolve;
    environment.now = around_.now;
    environment.offset_from_utc = around_.offset_from_utc;
    environment.scratch = &scratch;
    environment.steps = overran_.size() >= most_overruns || overran_.contains(&what)
                            ? fewer_steps
                            : most_steps;
    const fhirpath::Collection focus = {
        instance ? fhirpath::of_element(&instance->live, "QuestionnaireResponse.item")
                 : fhirpath::of_element(&tree_.live(), "QuestionnaireResponse")};

    if (!is_query) {
        const auto values = fhirpath::evaluate(*what.path, focus, environment);
        if (!values) {
            faults_[place_of(site)] = values.error().what;
            if (values.error().kind == fhirpath::Fault::Kind::limit)
                overran_.insert(&what);
            return nullptr;
        }
        into.keep(*values);
        return &into.values();
    }

    // x-fhir-query: the expressions in braces are filled in, the rest is asked for.
    std::string query;
    std::string_view rest = what.text;
    for (std::size_t open = rest.find(open_braces); open != std::string_view::npos;
         open = rest.find(open_braces)) {
        const std::size_t close = rest.find(close_braces, open);
        if (close == std::string_view::npos) return nullptr;
        query += rest.substr(0, open);
        const auto compiled =
            fhirpath::Expression::compile(rest.substr(open + 2, close - open - 2));
        if (!compiled) return nullptr;
        const auto values = fhirpath::evaluate(*compiled, focus, environment);
        if (!values || values->size() != 1) return nullptr;
        const auto value = to_fhir(values->front(), scratch);
        if (!value || !value->element->has_value()) return nullptr;
        query += value->element->text;
        rest.remove_prefix(close + 2);
    }
    query += rest;
    const Element* found = around_.query ? around_.query(query) : nullptr;
    if (!found) return nullptr;
    into.keep({fhirpath::of_element(found)});
    return &into.values();
}

}  // namespace foyer
