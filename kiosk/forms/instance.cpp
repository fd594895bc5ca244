#include "kiosk/forms/instance.h"

#include <algorithm>
#include <utility>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

/// A minOccurs that multiplies through nested groups must not fill the memory.
constexpr std::size_t most_instances = 20'000;
constexpr int most_at_first = 20;

template <class T>
const T* as_plain(const std::unique_ptr<T>& owner) {
    return owner.get();
}

Element text_element(const std::string& text) {
    return {.kind = Element::Kind::string, .text = text, .fields = {}};
}

}  // namespace

void Computed::keep(const fhirpath::Collection& values) {
    using fhirpath::Value;
    values_.clear();
    quantities_.clear();
    home_.clear();
    values_.reserve(values.size());
    for (const Value& value : values) {
        switch (value.kind()) {
            case Value::Kind::element:
                values_.push_back(
                    Value::of(home_.copy(*value.element()), value.type()));
                break;
            case Value::Kind::string:
                values_.push_back(Value::string(home_.keep(value.text())));
                break;
            case Value::Kind::type_info:
                values_.push_back(Value::type_info(home_.keep(value.text())));
                break;
            case Value::Kind::quantity:
                quantities_.push_back(value.quantity());
                quantities_.back().unit = home_.keep(value.quantity().unit);
                values_.push_back(Value::quantity(&quantities_.back()));
                break;
            case Value::Kind::boolean:
            case Value::Kind::integer:
            case Value::Kind::decimal:
            case Value::Kind::date:
            case Value::Kind::date_time:
            case Value::Kind::time:
                values_.push_back(value);
                break;
        }
    }
}

FormTree::FormTree(const FormModel& form) : form_(form) {
    by_item_.resize(form.items.size());
    broken.resize(form.constraints.size());
    fill(roots_, form.roots, nullptr, nullptr);
    index_again();
    touch_all();
}

void FormTree::fill(std::vector<std::unique_ptr<Instance>>& into,
                    const std::vector<int>& children, Instance* parent, Slot* slot) {
    for (const int child : children) {
        const FormItem& item = form_.items[static_cast<std::size_t>(child)];
        int count = 1;
        if (item.multiplies() && size_ < most_instances)
            count = std::clamp(item.min_occurs.value_or(1), 1, most_at_first);
        for (int i = 0; i < count; ++i) into.push_back(make(child, parent, slot));
    }
}

std::unique_ptr<Instance> FormTree::make(int index, Instance* parent, Slot* slot) {
    auto made = std::make_unique<Instance>();
    const FormItem& item = form_.items[static_cast<std::size_t>(index)];
    ++size_;
    made->item = &item;
    made->parent = parent;
    made->slot = slot;
    made->broken.resize(item.constraints.size());
    made->variables.resize(item.variables.size());
    if (item.is_group()) {
        fill(made->items, item.children, made.get(), nullptr);
    } else if (!item.children.empty()) {
        made->slots.push_back(std::make_unique<Slot>());
        Slot& first = *made->slots.back();
        fill(first.items, item.children, made.get(), &first);
    }
    return made;
}

void FormTree::each_below(Instance& instance,
                          const std::function<void(Instance&)>& visit) {
    for (const auto& child : instance.items) {
        visit(*child);
        each_below(*child, visit);
    }
    for (const auto& slot : instance.slots)
        for (const auto& child : slot->items) {
            visit(*child);
            each_below(*child, visit);
        }
}

void FormTree::each(const std::function<void(Instance&)>& visit) const {
    for (const auto& root : roots_) {
        visit(*root);
        each_below(*root, visit);
    }
}

void FormTree::index_again() {
    for (auto& instances : by_item_) instances.clear();
    size_ = 0;
    each([&](Instance& instance) {
        ++size_;
        by_item_[static_cast<std::size_t>(instance.item->index)].push_back(&instance);
    });
}

// --- paths
// ----------------------------------------------------------------------------

std::vector<std::unique_ptr<Instance>>& FormTree::siblings_of(
    const Instance& instance) {
    if (instance.slot) return instance.slot->items;
    return instance.parent ? instance.parent->items : roots_;
}
const std::vector<std::unique_ptr<Instance>>& FormTree::siblings_of(
    const Instance& instance) const {
    if (instance.slot) return instance.slot->items;
    return instance.parent ? instance.parent->items : roots_;
}

int FormTree::number_of(const Instance& instance) const {
    if (!instance.item->multiplies()) return 0;
    int number = 0;
    for (const auto& sibling : siblings_of(instance)) {
        if (sibling.get() == &instance) return number;
        if (sibling->item == instance.item) ++number;
    }
    return number;
}

int FormTree::count_of(const Instance& instance) const {
    return static_cast<int>(std::ranges::count_if(
        siblings_of(instance),
        [&](const auto& sibling) { return sibling->item == instance.item; }));
}

ItemPath FormTree::path_of(const Instance& instance) const {
    ItemPath path;
    const Instance* at = &instance;
    const Slot* inside = nullptr;
    while (at) {
        PathStep step{at->item->link_id, number_of(*at), at->item->nth};
        if (inside)
            for (std::size_t i = 0; i < at->slots.size(); ++i)
                if (at->slots[i].get() == inside) step.index = static_cast<int>(i);
        path.push_back(std::move(step));
        inside = at->slot;
        at = at->parent;
    }
    std::ranges::reverse(path);
    return path;
}

FormResult<Instance*> FormTree::at(const ItemPath& path) const {
    const auto unknown = [&](const std::string& why) {
        return tl::unexpected(FormFault{"unknown-path", path, why});
    };
    if (path.empty()) return unknown("the path is empty");
    const std::vector<std::unique_ptr<Instance>>* level = &roots_;
    Instance* found = nullptr;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const PathStep& step = path[i];
        found = nullptr;
        int skip = step.index;
        const bool last = i + 1 == path.size();
        for (const auto& candidate : *level) {
            if (candidate->item->link_id != step.link_id ||
                candidate->item->nth != step.nth)
                continue;
            found = candidate.get();
            if (!found->item->multiplies() || skip-- == 0) break;
            found = nullptr;
        }
        if (!found) return unknown("there is no item '" + step.link_id + "' here");
        if (found->item->is_group()) {
            if (!found->item->multiplies() && step.index != 0)
                return unknown("'" + step.link_id + "' does not repeat");
            level = &found->items;
        } else if (last && step.index != 0) {
            return unknown("'" + step.link_id + "' is one question: no index");
        } else if (!last) {
            if (step.index < 0 || step.index >= static_cast<int>(found->slots.size()))
                return unknown("'" + step.link_id + "' has no such answer");
            level = &found->slots[static_cast<std::size_t>(step.index)]->items;
        }
    }
    return found;
}

// --- change
// -----------------------------------------------------------------------------

Instance& FormTree::add_after(Instance& last) {
    auto& siblings = siblings_of(last);
    auto made = make(last.item->index, last.parent, last.slot);
    Instance& added = *made;
    const auto at = std::ranges::find_if(
        siblings, [&](const auto& sibling) { return sibling.get() == &last; });
    siblings.insert(at + 1, std::move(made));
    added.enabled = last.parent ? last.parent->enabled : true;
    touch(added);
    each_below(added, [&](Instance& below) { touch(below); });
    index_again();
    return added;
}

void FormTree::remove(Instance& instance) {
    std::erase(dirty_, &instance);
    each_below(instance, [&](Instance& below) { std::erase(dirty_, &below); });
    Instance* parent = instance.parent;
    for (Instance* at = parent; at; at = at->parent) at->held -= instance.held;
    auto& siblings = siblings_of(instance);
    std::erase_if(siblings,
                  [&](const auto& sibling) { return sibling.get() == &instance; });
    index_again();
    if (parent) touch(*parent);
    root_dirty_ = true;
}

/// Brings `held` of a question and all above it up to date.
void FormTree::recount(Instance& question) {
    int held = question.answered() ? 1 : 0;
    for (const auto& slot : question.slots)
        for (const auto& child : slot->items) held += child->held;
    const int more = held - question.held;
    for (Instance* at = &question; at && more != 0; at = at->parent) at->held += more;
}

void FormTree::give_slots(Instance& question, const std::vector<FormValue>& values) {
    auto old = std::exchange(question.slots, {});
    question.slots.resize(std::max<std::size_t>(values.size(), 1));
    // Answers that stay take their items along.
    for (std::size_t i = 0; i < values.size(); ++i)
        for (auto& slot : old)
            if (slot && slot->value.value && same_value(slot->value, values[i])) {
                question.slots[i] = std::move(slot);
                break;
            }
    // An answer that took the place of another is that one changed.
    for (std::size_t i = 0; i < question.slots.size(); ++i)
        if (!question.slots[i] && i < old.size() && old[i])
            question.slots[i] = std::move(old[i]);
    for (auto& slot : question.slots) {
        if (slot) continue;
        slot = std::make_unique<Slot>();
        fill(slot->items, question.item->children, &question, slot.get());
    }
    for (const auto& slot : old) {
        if (!slot) continue;
        for (const auto& child : slot->items) {
            std::erase(dirty_, child.get());
            each_below(*child, [&](Instance& below) { std::erase(dirty_, &below); });
        }
    }
}

bool FormTree::put(Instance& question, std::vector<FormValue> values,
                   std::unique_ptr<Elements> home) {
    const bool has_items = !question.item->children.empty();
    std::vector<const Slot*> before;
    for (const auto& slot : question.slots) before.push_back(slot.get());
    if (has_items) {
        give_slots(question, values);
    } else {
        question.slots.resize(values.size());
        for (auto& slot : question.slots)
            if (!slot) slot = std::make_unique<Slot>();
    }
    for (std::size_t i = 0; i < question.slots.size(); ++i)
        question.slots[i]->value = i < values.size() ? values[i] : FormValue{};
    question.values = std::move(home);
    recount(question);
    const bool other_items = has_items && !std::ranges::equal(before, question.slots,
                                                              {}, {}, &as_plain<Slot>);
    if (other_items) {
        index_again();
        each_below(question, [&](Instance& below) {
            below.enabled = below.parent->enabled && below.self_enabled;
            touch(below);
        });
    }
    touch(question);
    return other_items;
}

void FormTree::spread_enabled(Instance& instance,
                              const std::function<void(Instance&)>& changed) {
    const bool above = !instance.parent || instance.parent->enabled;
    const bool now = above && instance.self_enabled;
    if (now == instance.enabled) return;
    instance.enabled = now;
    touch(instance);
    changed(instance);
    for (const auto& child : instance.items) spread_enabled(*child, changed);
    for (const auto& slot : instance.slots)
        for (const auto& child : slot->items) spread_enabled(*child, changed);
}

// --- the response as it is now
// -----------------------------------------------------------

void FormTree::touch(Instance& instance) {
    if (instance.dirty) return;
    instance.dirty = true;
    dirty_.push_back(&instance);
}

void FormTree::touch_all() {
    each([&](Instance& instance) { touch(instance); });
    root_dirty_ = true;
}

void FormTree::refresh(const std::string& language) {
    if (dirty_.empty() && !root_dirty_) return;
    // Deepest first; a parent is looked at again when a child came or went.
    std::ranges::stable_sort(dirty_, std::greater<>{}, [](const Instance* instance) {
        return instance->item->depth;
    });
    for (std::size_t i = 0; i < dirty_.size(); ++i) {
        Instance& instance = *dirty_[i];
        if (!instance.dirty) continue;
        instance.dirty = false;
        if (!rebuild(instance, language)) continue;
        if (!instance.parent) {
            root_dirty_ = true;
        } else if (!instance.parent->dirty) {
            instance.parent->dirty = true;
            const auto place = std::ranges::find_if(
                dirty_.begin() + static_cast<std::ptrdiff_t>(i) + 1, dirty_.end(),
                [&](const Instance* later) {
                    return later->item->depth <= instance.parent->item->depth;
                });
            dirty_.insert(place, instance.parent);
        }
    }
    dirty_.clear();
    if (root_dirty_) rebuild_root();
    root_dirty_ = false;
}

bool FormTree::put_children(const std::vector<std::unique_ptr<Instance>>& from,
                            Elements& home, std::vector<Field>& fields) const {
    std::vector<const Element*> present;
    for (const auto& child : from)
        if (child->present) present.push_back(&child->live);
    if (present.empty()) return false;
    fields.push_back(home.list("item", present));
    return true;
}

/// Answers whether the instance came into or left the response.
bool FormTree::rebuild(Instance& instance, const std::string& language) {
    const bool before = instance.present;
    const FormItem& item = *instance.item;
    Elements& home = instance.parts;
    home.clear();
    instance.live = {};
    instance.present = false;
    if (!instance.enabled || item.type == ItemType::display) return before;

    std::vector<Field> fields;
    if (instance.declined) {
        const std::array extension = {
            home.field("url", home.string("http://hl7.org/fhir/StructureDefinition/"
                                          "data-absent-reason")),
            home.field("valueCode", home.string("asked-declined"))};
        const std::array all = {home.object(extension)};
        fields.push_back(home.list("extension", all));
    }
    fields.push_back(home.field("linkId", home.make(text_element(item.link_id))));
    if (!item.definition.empty())
        fields.push_back(
            home.field("definition", home.make(text_element(item.definition))));
    const std::string& text = instance.said ? *instance.said : item.text.in(language);
    if (!text.empty())
        fields.push_back(home.field("text", home.make(text_element(text))));

    bool holds = put_children(instance.items, home, fields);
    std::vector<const Element*> answers;
    for (const auto& slot : instance.slots) {
        std::vector<Field> parts;
        if (slot->value.value)
            parts.push_back(home.field(
                home.keep("value" + std::string(slot->value.type)), slot->value.value));
        put_children(slot->items, home, parts);
        if (parts.empty()) continue;
        slot->live = {.kind = Element::Kind::complex,
                      .text = {},
                      .fields = home.keep(std::span<const Field>(parts))};
        answers.push_back(&slot->live);
    }
    if (!answers.empty()) {
        fields.push_back(home.list("answer", answers));
        holds = true;
    }
    instance.live = {.kind = Element::Kind::complex,
                     .text = {},
                     .fields = home.keep(std::span<const Field>(fields))};
    instance.present = holds || instance.declined;
    return instance.present != before;
}

void FormTree::rebuild_root() {
    parts_.clear();
    std::vector<Field> fields = {
        parts_.field("resourceType", parts_.string("QuestionnaireResponse")),
        parts_.field("status", parts_.string("in-progress")),
    };
    if (!form_.url.empty())
        fields.push_back(
            parts_.field("questionnaire", parts_.make(text_element(form_.url))));
    put_children(roots_, parts_, fields);
    live_ = {.kind = Element::Kind::complex,
             .text = {},
             .fields = parts_.keep(std::span<const Field>(fields))};
}

}  // namespace foyer
