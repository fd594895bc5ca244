#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/forms/model.h"
#include "kiosk/forms/session.h"

namespace foyer {

struct Instance;

/// One answer of a question and the items inside of it. A question that has items
/// always has one, so that they exist before it is answered; then `value` is null.
struct Slot {
    FormValue value;
    std::vector<std::unique_ptr<Instance>> items;
    Element live;  ///< QuestionnaireResponse.item.answer
};

/// What an expression came to: values that borrow from nothing outside.
class Computed {
public:
    const fhirpath::Collection& values() const { return values_; }
    /// Keeps copies of `values`, which may borrow from anywhere but here.
    void keep(const fhirpath::Collection& values);
    Elements& home() { return home_; }

private:
    fhirpath::Collection values_;
    Elements home_;
    std::deque<fhirpath::Quantity> quantities_;
};

/// One instance of an item. Its `live` element is what it would be in the response
/// right now; addresses of live elements last as long as the instance.
struct Instance {
    const FormItem* item = nullptr;
    Instance* parent = nullptr;  ///< null for the form's own items
    Slot* slot = nullptr;        ///< of the parent, if that is a question

    std::vector<std::unique_ptr<Slot>> slots;      ///< of a question
    std::vector<std::unique_ptr<Instance>> items;  ///< of a group
    std::unique_ptr<Elements> values = std::make_unique<Elements>();

    bool self_enabled = true;  ///< by its own conditions
    bool enabled = true;       ///< and those of all it lies in
    bool declined = false;
    bool user_edited = false;
    bool fresh = true;  ///< had no chance of an initial value yet

    int held = 0;          ///< answered questions among itself and what lies below
    bool present = false;  ///< stands in the response
    bool dirty = false;    ///< `live` is out of date
    Element live;
    Elements parts;  ///< what `live` is made of

    std::vector<std::unique_ptr<Computed>> variables;  ///< as item->variables
    std::optional<std::vector<FormOption>> offered;    ///< by answerExpression
    std::unique_ptr<Computed> offered_by;
    std::optional<std::string> said;  ///< by cqf-expression
    FormValue min_value, max_value;   ///< computed bounds
    std::unique_ptr<Computed> min_by, max_by;
    std::vector<bool> broken;  ///< as item->constraints

    bool answered() const {
        for (const auto& one : slots)
            if (one->value.value) return true;
        return false;
    }
    std::vector<FormValue> answers() const {
        std::vector<FormValue> all;
        for (const auto& one : slots)
            if (one->value.value) all.push_back(one->value);
        return all;
    }
    const std::vector<FormOption>& options() const {
        return offered ? *offered : item->options;
    }
};

/// All instances of a form that is being filled in.
class FormTree {
public:
    explicit FormTree(const FormModel& form);

    const FormModel& form() const { return form_; }
    const std::vector<std::unique_ptr<Instance>>& roots() const { return roots_; }
    /// Instances of an item in document order.
    const std::vector<Instance*>& of(int item) const {
        return by_item_[static_cast<std::size_t>(item)];
    }
    /// By the form's own constraints: whether it is broken now.
    std::vector<bool> broken;

    /// QuestionnaireResponse as it would be now.
    const Element& live() const { return live_; }
    std::size_t size() const { return size_; }

    /// Depth-first in form order.
    void each(const std::function<void(Instance&)>& visit) const;
    static void each_below(Instance& instance,
                           const std::function<void(Instance&)>& visit);

    ItemPath path_of(const Instance& instance) const;
    FormResult<Instance*> at(const ItemPath& path) const;

    /// The next instance of a repeating group, after its last; with all it holds.
    Instance& add_after(Instance& last);
    void remove(Instance& instance);
    /// Which of its siblings of the same item it is, from 0; and how many there are.
    int number_of(const Instance& instance) const;
    int count_of(const Instance& instance) const;

    /// Gives a question `values` (made in `home`). The items of an answer that stays
    /// keep theirs, wherever it stands now; a lone answer may change and keeps its
    /// items. Answers whether items came or went.
    bool put(Instance& question, std::vector<FormValue> values,
             std::unique_ptr<Elements> home);

    /// Recomputes `enabled` below (and of) an instance after its `self_enabled`
    /// changed; calls `changed` for each that changed.
    void spread_enabled(Instance& instance,
                        const std::function<void(Instance&)>& changed);

    /// The live element of this one is out of date.
    void touch(Instance& instance);
    void touch_all();
    /// Brings all live elements up to date.
    void refresh(const std::string& language);

private:
    void recount(Instance& question);
    void give_slots(Instance& question, const std::vector<FormValue>& values);
    std::unique_ptr<Instance> make(int index, Instance* parent, Slot* slot);
    void fill(std::vector<std::unique_ptr<Instance>>& into,
              const std::vector<int>& children, Instance* parent, Slot* slot);
    std::vector<std::unique_ptr<Instance>>& siblings_of(const Instance& instance);
    const std::vector<std::unique_ptr<Instance>>& siblings_of(
        const Instance& instance) const;
    void index_again();
    bool rebuild(Instance& instance, const std::string& language);
    void rebuild_root();
    bool put_children(const std::vector<std::unique_ptr<Instance>>& from,
                      Elements& home, std::vector<Field>& fields) const;

    const FormModel& form_;
    std::vector<std::unique_ptr<Instance>> roots_;
    std::vector<std::vector<Instance*>> by_item_;
    std::vector<Instance*> dirty_;
    std::size_t size_ = 0;
    Element live_;
    Elements parts_;
    bool root_dirty_ = true;
};

}  // namespace foyer
