#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kiosk/forms/instance.h"

namespace foyer {

/// Keeps everything that is computed in step with the answers: enableWhen, variables,
/// calculated answers, offered options, computed texts and bounds, constraints. Knows
/// from the expressions which answers each depends on, so that one changed answer
/// recomputes only what follows from it, in an order in which most is computed once.
class Recompute {
public:
    struct Surroundings {
        std::map<std::string, fhirpath::Collection, std::less<>> contexts;
        std::function<const Element*(std::string_view reference)> resolve;
        /// Answers an x-fhir-query whose {{...}} are filled in; null: unknown.
        std::function<const Element*(std::string_view query)> query;
        Instant now{};
        std::chrono::minutes offset_from_utc{0};
        std::string language;
        /// Answers are given and stay as they are: nothing is calculated into them.
        bool only_looking = false;
        bool ne_of_nothing = true;  ///< see enable_when_holds()
    };

    /// All of these outlive it.
    Recompute(FormTree& tree, const Surroundings& surroundings);

    /// The first round: everything, with initialExpressions where `initially` says that
    /// the instance is new and unanswered.
    void all(bool initially);
    /// A new instance of a repeating group, with all below it.
    void added(Instance& instance);
    /// Instances of `instance`'s item went away.
    void removed(const FormItem& item);
    /// A question has other items in its answers (FormTree::put).
    void items_changed(const Instance& question);
    /// The answers of a question changed (or it was declined).
    void changed(const Instance& instance) { changed(instance, -1); }
    /// Language or clock changed: texts and whatever reads them.
    void everything();
    /// Carries out what changed() and the others noted, to a fixed point.
    void settle();

    /// Places whose expressions keep changing one another, or that read themselves:
    /// they were stopped. In words for the clinic ("item 'a', calculatedExpression").
    const std::set<std::string>& cycles() const { return cycles_; }
    /// Expressions that failed while running, with why; never data.
    const std::map<std::string, std::string>& faults() const { return faults_; }

private:
    enum class Kind : std::uint8_t {
        variable,
        enable,
        calculated,
        offered,
        said,
        min_bound,
        max_bound,
        constraint,
    };
    /// Something to compute, for each instance of its item.
    struct Site {
        Kind kind = Kind::variable;
        int item = -1;  ///< -1: the form itself
        int which = 0;  ///< of its variables or constraints
        const FormExpression* expression = nullptr;
        int rank = 0;
        int rounds = 0;  ///< of this settle()
        bool waiting = false;
        bool stuck = false;  ///< a variable that reads itself: never computed
        /// Reads everything, and so its own answer; whether that was seen to make no
        /// difference. Then it is not computed once more after each change of its own.
        bool changed_itself = false, settles = false;
        std::vector<int> readers;  ///< of a variable: sites
    };

    void changed(const Instance& instance, int but);
    void find_sites();
    void add_site(Kind kind, int item, int which, const FormExpression* expression);
    void link(int index);
    void rank_sites();
    int variable_site(std::string_view name, int item, int except) const;
    void mark(int index);
    /// `but`: a site of those that read everything to leave out.
    void mark_readers_of(int item, int but = -1);
    void mark_instance_sites(const FormItem& item);
    std::string place_of(const Site& site) const;

    void run(Site& site);
    void run_at(Site& site, Instance* instance);
    void enable(const Site& site, Instance& instance);
    void calculate(Site& site, Instance& instance);
    void offer(const Site& site, Instance& instance);
    void begin_with(Instance& instance, const std::vector<FormValue>& values);
    void give_initial(Instance& instance);
    void compute_initial(Instance& instance);
    void initialise_fresh(bool starting);
    void drain();
    void put(Instance& instance, std::vector<FormValue> answers,
             std::unique_ptr<Elements> home);
    FormValue bound(const Site& site, Instance& instance,
                    std::unique_ptr<Computed>& by);

    /// None if the expression cannot be evaluated or failed.
    const fhirpath::Collection* evaluate(const Site& site, const FormExpression& what,
                                         Instance* instance, Computed& into);
    const fhirpath::Collection* variable(std::string_view name, Instance* from,
                                         int item, const Site* asking);

    FormTree& tree_;
    const FormModel& form_;
    const Surroundings& around_;
    std::vector<Site> sites_;
    std::vector<std::vector<int>> readers_;  ///< by item: sites that read its answers
    std::vector<int> read_everything_;
    std::vector<std::vector<int>> sites_of_item_;
    std::multimap<std::pair<int, std::string>, int, std::less<>> variables_;
    std::vector<std::unique_ptr<Computed>> root_variables_;
    std::set<std::pair<int, int>> queue_;  ///< rank, site
    std::set<int> fresh_;  ///< items that may have fresh instances, with all below
    std::set<const FormExpression*> overran_;  ///< those that took too many steps
    std::set<std::string> cycles_;
    std::map<std::string, std::string> faults_;
    fhirpath::Collection lone_;  ///< the answer of variable() for the built-in ones
};

}  // namespace foyer
