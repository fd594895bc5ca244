#include <algorithm>
#include <array>
#include <numeric>

#include "kiosk/forms/fhirpath/evaluator.h"

namespace foyer::fhirpath {

namespace {

using Kind = Value::Kind;

bool put(const Call& call, bool value) {
    call.out.push(Value::boolean(value));
    return true;
}

/// Evaluates the first argument with `item` as $this.
bool of_item(const Call& call, const Value& item, std::size_t index, Items& out) {
    Scope inner = call.scope;
    inner.self = {&item, 1};
    inner.index = static_cast<std::int64_t>(index);
    return call.evaluator.evaluate(*call.node.arguments[0], inner, out);
}

/// Whether the first argument holds for `item`.
bool holds(const Call& call, const Value& item, std::size_t index,
           std::optional<bool>& answer) {
    Items result;
    return of_item(call, item, index, result) &&
           truth(call.evaluator, *call.node.arguments[0], result.all(), answer);
}

/// Adds to `seen` at the price of its comparisons.
bool add(const Call& call, Distinct& seen, const Value& value, bool& added) {
    added = seen.add(value);
    return call.evaluator.charge(call.node, std::exchange(seen.steps, 0) + 1);
}

bool fill(const Call& call, Distinct& seen, std::span<const Value> values) {
    bool added = false;
    return std::all_of(values.begin(), values.end(), [&](const Value& value) {
        return add(call, seen, value, added);
    });
}

bool empty(const Call& call) {
    return put(call, call.input.empty());
}

bool exists(const Call& call) {
    if (call.node.arguments.empty()) return put(call, !call.input.empty());
    for (std::size_t i = 0; i < call.input.size(); ++i) {
        std::optional<bool> answer;
        if (!holds(call, call.input[i], i, answer)) return false;
        if (answer.value_or(false)) return put(call, true);
    }
    return put(call, false);
}

bool all(const Call& call) {
    for (std::size_t i = 0; i < call.input.size(); ++i) {
        std::optional<bool> answer;
        if (!holds(call, call.input[i], i, answer)) return false;
        if (!answer.value_or(false)) return put(call, false);
    }
    return put(call, true);
}

/// Whether any item is the Boolean `sought`; a fault for what is no Boolean.
bool any_is(const Call& call, bool sought, bool& answer) {
    answer = false;
    for (const Value& value : call.input) {
        const auto system = to_system(value, call.evaluator.scratch());
        if (!system || system->kind() != Kind::boolean)
            return call.evaluator.fail(call.node, "only Booleans may stand here");
        answer = answer || system->boolean() == sought;
    }
    return true;
}

template <bool sought, bool put_any>
bool any_or_none(const Call& call) {
    bool any = false;
    return any_is(call, sought, any) && put(call, any == put_any);
}

bool subset(const Call& call, std::span<const Value> part,
            std::span<const Value> whole) {
    Distinct seen(call.evaluator.scratch());
    if (!fill(call, seen, whole)) return false;
    for (const Value& value : part)
        if (!seen.has(value)) return put(call, false);
    return put(call, true);
}

bool subset_of(const Call& call) {
    Items other;
    return argument(call, 0, other) && subset(call, call.input, other.all());
}

bool superset_of(const Call& call) {
    Items other;
    return argument(call, 0, other) && subset(call, other.all(), call.input);
}

bool count(const Call& call) {
    call.out.push(Value::integer(static_cast<std::int64_t>(call.input.size())));
    return true;
}

bool distinct(const Call& call) {
    return call.evaluator.unite(call.node, call.input, {}, call.out);
}

bool is_distinct(const Call& call) {
    Items kept;
    return call.evaluator.unite(call.node, call.input, {}, kept) &&
           put(call, kept.size() == call.input.size());
}

bool where(const Call& call) {
    for (std::size_t i = 0; i < call.input.size(); ++i) {
        std::optional<bool> answer;
        if (!holds(call, call.input[i], i, answer)) return false;
        if (answer.value_or(false)) call.out.push(call.input[i]);
    }
    return true;
}

bool select(const Call& call) {
    for (std::size_t i = 0; i < call.input.size(); ++i)
        if (!of_item(call, call.input[i], i, call.out)) return false;
    return true;
}

/// What the argument makes of the input, of that, and so on; each item once.
bool repeat(const Call& call) {
    Distinct seen(call.evaluator.scratch());
    Items found;
    bool added = false;
    const auto take = [&](const Value& from, std::size_t index) {
        Items next;
        if (!of_item(call, from, index, next)) return false;
        for (const Value& value : next) {
            if (!add(call, seen, value, added)) return false;
            if (added) found.push(value);
        }
        return found.size() <= evaluation_limits::items ||
               call.evaluator.fail(call.node, "a collection is too large",
                                   Fault::Kind::limit);
    };
    for (std::size_t i = 0; i < call.input.size(); ++i)
        if (!take(call.input[i], i)) return false;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!take(Value(found[i]), i)) return false;
    call.out.append(found.all());
    return true;
}

bool repeat_all(const Call& call) {
    Items found;
    for (std::size_t i = 0; i < call.input.size(); ++i)
        if (!of_item(call, call.input[i], i, found)) return false;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found.size() > evaluation_limits::items)
            return call.evaluator.fail(call.node, "a collection is too large",
                                       Fault::Kind::limit);
        const Value from = found[i];
        if (!of_item(call, from, i, found)) return false;
    }
    call.out.append(found.all());
    return true;
}

bool single(const Call& call) {
    const Value* value = nullptr;
    if (!single_input(call, value)) return false;
    if (value) call.out.push(*value);
    return true;
}

bool first(const Call& call) {
    if (!call.input.empty()) call.out.push(call.input.front());
    return true;
}

bool last(const Call& call) {
    if (!call.input.empty()) call.out.push(call.input.back());
    return true;
}

bool tail(const Call& call) {
    if (!call.input.empty()) call.out.append(call.input.subspan(1));
    return true;
}

/// How many of the input the argument says; all or none past its ends.
bool how_many(const Call& call, std::optional<std::size_t>& out) {
    std::optional<std::int64_t> number;
    if (!integer_argument(call, 0, number)) return false;
    out.reset();
    if (number)
        out = static_cast<std::size_t>(std::clamp<std::int64_t>(
            *number, 0, static_cast<std::int64_t>(call.input.size())));
    return true;
}

bool skip(const Call& call) {
    std::optional<std::size_t> number;
    if (!how_many(call, number)) return false;
    if (number) call.out.append(call.input.subspan(*number));
    return true;
}

bool take(const Call& call) {
    std::optional<std::size_t> number;
    if (!how_many(call, number)) return false;
    if (number) call.out.append(call.input.first(*number));
    return true;
}

bool intersect(const Call& call) {
    Items other;
    if (!argument(call, 0, other)) return false;
    Distinct theirs(call.evaluator.scratch());
    Distinct seen(call.evaluator.scratch());
    if (!fill(call, theirs, other.all())) return false;
    for (const Value& value : call.input) {
        bool added = false;
        if (!theirs.has(value)) continue;
        if (!add(call, seen, value, added)) return false;
        if (added) call.out.push(value);
    }
    return call.evaluator.charge(call.node, theirs.steps);
}

bool exclude(const Call& call) {
    Items other;
    if (!argument(call, 0, other)) return false;
    Distinct theirs(call.evaluator.scratch());
    if (!fill(call, theirs, other.all())) return false;
    for (const Value& value : call.input)
        if (!theirs.has(value)) call.out.push(value);
    return call.evaluator.charge(call.node, theirs.steps);
}

bool union_(const Call& call) {
    Items other;
    return argument(call, 0, other) &&
           call.evaluator.unite(call.node, call.input, other.all(), call.out);
}

bool combine(const Call& call) {
    Items other;
    if (!argument(call, 0, other)) return false;
    call.out.append(call.input);
    call.out.append(other.all());
    return true;
}

bool coalesce(const Call& call) {
    for (std::size_t i = 0; i < call.node.arguments.size(); ++i) {
        if (!argument(call, i, call.out)) return false;
        if (!call.out.empty()) break;
    }
    return true;
}

bool children(const Call& call) {
    for (const Value& value : call.input) call.evaluator.children(value, call.out);
    return call.evaluator.charge(call.node, call.out.size());
}

bool descendants(const Call& call) {
    for (const Value& value : call.input) call.evaluator.children(value, call.out);
    for (std::size_t i = 0; i < call.out.size(); ++i) {
        if (!call.evaluator.charge(call.node)) return false;
        const Value from = call.out[i];
        call.evaluator.children(from, call.out);
    }
    return true;
}

bool aggregate(const Call& call) {
    Items total;
    if (call.node.arguments.size() > 1 && !argument(call, 1, total)) return false;
    for (std::size_t i = 0; i < call.input.size(); ++i) {
        Items next;
        Scope inner = call.scope;
        inner.self = {&call.input[i], 1};
        inner.index = static_cast<std::int64_t>(i);
        inner.total = total.all();
        inner.has_total = true;
        if (!call.evaluator.evaluate(*call.node.arguments[0], inner, next))
            return false;
        total.clear();
        total.append(next.all());
    }
    call.out.append(total.all());
    return true;
}

bool sum(const Call& call) {
    Items total;
    for (const Value& value : call.input) {
        // A sum with an unknown part is unknown.
        if (is_absent(value)) return true;
        const auto system = to_system(value, call.evaluator.scratch());
        if (!system) return call.evaluator.fail(call.node, "sum() stands on numbers");
        if (total.empty()) {
            total.push(*system);
            continue;
        }
        const Value before = total[0];
        total.clear();
        if (!call.evaluator.arithmetic(call.node, Operator::plus, before, *system,
                                       total))
            return false;
        // Quantities of different kinds have no sum.
        if (total.empty()) return true;
    }
    call.out.append(total.all());
    return call.evaluator.charge(call.node, call.input.size());
}

bool average(const Call& call) {
    Items total;
    const Call summing{call.evaluator, call.node, call.scope, call.input, total};
    if (!sum(summing)) return false;
    if (total.empty()) return true;
    return call.evaluator.arithmetic(
        call.node, Operator::divide, total[0],
        Value::integer(static_cast<std::int64_t>(call.input.size())), call.out);
}

/// The item that no other is beyond.
template <bool greatest>
bool extreme(const Call& call) {
    if (call.input.empty()) return true;
    const Value* best = &call.input.front();
    for (const Value& value : call.input) {
        if (is_absent(value)) return true;
        const Order order = order_of(value, *best, call.evaluator.scratch());
        if (order.kind == Order::Kind::wrong)
            return call.evaluator.fail(call.node,
                                       "values of these types have no order");
        if (order.kind == Order::Kind::unknown) return true;
        if (greatest ? order.order > 0 : order.order < 0) best = &value;
    }
    call.out.push(*best);
    return call.evaluator.charge(call.node, call.input.size());
}

bool not_(const Call& call) {
    std::optional<bool> answer;
    if (!truth(call.evaluator, call.node, call.input, answer)) return false;
    return answer ? put(call, !*answer) : true;
}

bool iif(const Call& call) {
    const Value* value = nullptr;
    Scope inner = call.scope;
    if (call.node.left) {
        if (!single_input(call, value)) return false;
        inner.self = call.input;
    }
    Items criterion;
    std::optional<bool> answer;
    const Node& asked = *call.node.arguments[0];
    if (!call.evaluator.evaluate(asked, inner, criterion)) return false;
    if (call.evaluator.environment().strict && !criterion.empty()) {
        const auto system = to_system(criterion[0], call.evaluator.scratch());
        if (!system || system->kind() != Kind::boolean)
            return call.evaluator.fail(asked, "iif() takes a Boolean",
                                       Fault::Kind::semantic);
    }
    if (!truth(call.evaluator, asked, criterion.all(), answer)) return false;
    const std::size_t chosen = answer.value_or(false) ? 1 : 2;
    if (chosen >= call.node.arguments.size()) return true;
    return call.evaluator.evaluate(*call.node.arguments[chosen], inner, call.out);
}

bool trace(const Call& call) {
    std::optional<std::string_view> name;
    Items holder;
    if (!text_argument(call, 0, name, holder)) return false;
    Items shown;
    for (std::size_t i = 0; i < call.input.size(); ++i) {
        if (call.node.arguments.size() < 2) break;
        Scope inner = call.scope;
        inner.self = {&call.input[i], 1};
        inner.index = static_cast<std::int64_t>(i);
        if (!call.evaluator.evaluate(*call.node.arguments[1], inner, shown))
            return false;
    }
    const auto what = call.node.arguments.size() < 2 ? call.input : shown.all();
    if (const auto& write = call.evaluator.environment().trace)
        write(name.value_or(""), Collection(what.begin(), what.end()));
    call.out.append(call.input);
    return true;
}

/// One key of each item, in the order of the input.
struct SortKey {
    bool descending = false;
    std::vector<std::optional<Value>> of;
};

bool read_key(const Call& call, const Node* node, SortKey& key) {
    if (node && node->kind == Node::Kind::negate) {
        key.descending = true;
        node = node->left;
    }
    for (std::size_t i = 0; i < call.input.size(); ++i) {
        Items value;
        Scope inner = call.scope;
        inner.self = {&call.input[i], 1};
        inner.index = static_cast<std::int64_t>(i);
        if (!node) {
            value.push(call.input[i]);
        } else if (!call.evaluator.evaluate(*node, inner, value)) {
            return false;
        }
        if (value.size() > 1)
            return call.evaluator.fail(call.node, "sort() takes one key for each item");
        auto& put_here = key.of.emplace_back();
        if (!value.empty()) put_here = to_system(value[0], call.evaluator.scratch());
        if (!value.empty() && !put_here)
            return call.evaluator.fail(call.node, "these items have no order");
    }
    return true;
}

bool sort(const Call& call) {
    std::vector<SortKey> keys;
    const auto arguments = call.node.arguments;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, arguments.size()); ++i)
        if (!read_key(call, arguments.empty() ? nullptr : arguments[i],
                      keys.emplace_back()))
            return false;
    // All of one kind, or std::sort would see no order at all.
    for (const SortKey& key : keys)
        for (const auto& value : key.of)
            for (const auto& other : {key.of.front()})
                if (value && other &&
                    order_of(*value, *other, call.evaluator.scratch()).kind ==
                        Order::Kind::wrong)
                    return call.evaluator.fail(call.node, "these items have no order");
    std::vector<std::size_t> order(call.input.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto before = [&](std::size_t a, std::size_t b) {
        for (const SortKey& key : keys) {
            const auto& left = key.of[key.descending ? b : a];
            const auto& right = key.of[key.descending ? a : b];
            if (!left || !right) {
                if (left.has_value() != right.has_value()) return left.has_value();
                continue;
            }
            const Order found = order_of(*left, *right, call.evaluator.scratch());
            if (found.kind == Order::Kind::known && found.order != 0)
                return found.order < 0;
        }
        return false;
    };
    // A merge sort: values that cannot be compared (dates of different precision) make
    // no strict order, which std::sort may not be given.
    std::vector<std::size_t> merged(order.size());
    for (std::size_t width = 1; width < order.size(); width *= 2) {
        for (std::size_t low = 0; low < order.size(); low += 2 * width) {
            const std::size_t middle = std::min(low + width, order.size());
            const std::size_t high = std::min(low + 2 * width, order.size());
            std::size_t i = low;
            std::size_t j = middle;
            for (std::size_t k = low; k < high; ++k) {
                const bool right =
                    j < high && (i >= middle || before(order[j], order[i]));
                merged[k] = right ? order[j++] : order[i++];
            }
            if (!call.evaluator.charge(call.node, high - low)) return false;
        }
        order.swap(merged);
    }
    for (const std::size_t i : order) call.out.push(call.input[i]);
    return true;
}

bool of_type(const Call& call) {
    for (const Value& value : call.input) {
        bool answer = false;
        if (!call.evaluator.is_type(call.node, value, call.node.type, true, answer))
            return false;
        if (answer) call.out.push(value);
    }
    return call.node.type.known ||
           call.evaluator.fail(call.node, "there is no such type");
}

bool is(const Call& call) {
    const Value* value = nullptr;
    bool answer = false;
    if (!single_input(call, value)) return false;
    if (!value) return true;
    return call.evaluator.is_type(call.node, *value, call.node.type, false, answer) &&
           put(call, answer);
}

bool as(const Call& call) {
    const Value* value = nullptr;
    return single_input(call, value) && of_type(call);
}

using Takes = Function::Takes;

constexpr std::array functions{
    Function{"empty", 0, 0, Takes::values, false, empty},
    Function{"exists", 0, 1, Takes::each, false, exists},
    Function{"all", 1, 1, Takes::each, false, all},
    Function{"allTrue", 0, 0, Takes::values, false, any_or_none<false, false>},
    Function{"anyTrue", 0, 0, Takes::values, false, any_or_none<true, true>},
    Function{"allFalse", 0, 0, Takes::values, false, any_or_none<true, false>},
    Function{"anyFalse", 0, 0, Takes::values, false, any_or_none<false, true>},
    Function{"subsetOf", 1, 1, Takes::values, false, subset_of},
    Function{"supersetOf", 1, 1, Takes::values, false, superset_of},
    Function{"count", 0, 0, Takes::values, false, count},
    Function{"distinct", 0, 0, Takes::values, false, distinct},
    Function{"isDistinct", 0, 0, Takes::values, false, is_distinct},
    Function{"where", 1, 1, Takes::each, false, where},
    Function{"select", 1, 1, Takes::each, false, select},
    Function{"repeat", 1, 1, Takes::each, false, repeat},
    Function{"repeatAll", 1, 1, Takes::each, false, repeat_all},
    Function{"ofType", 1, 1, Takes::type, false, of_type},
    Function{"is", 1, 1, Takes::type, false, is},
    Function{"as", 1, 1, Takes::type, false, as},
    Function{"single", 0, 0, Takes::values, false, single},
    Function{"first", 0, 0, Takes::values, true, first},
    Function{"last", 0, 0, Takes::values, true, last},
    Function{"tail", 0, 0, Takes::values, true, tail},
    Function{"skip", 1, 1, Takes::values, true, skip},
    Function{"take", 1, 1, Takes::values, true, take},
    Function{"intersect", 1, 1, Takes::values, false, intersect},
    Function{"exclude", 1, 1, Takes::values, false, exclude},
    Function{"union", 1, 1, Takes::values, false, union_},
    Function{"combine", 1, 2, Takes::values, false, combine},
    Function{"coalesce", 1, 32, Takes::values, false, coalesce},
    Function{"children", 0, 0, Takes::values, false, children},
    Function{"descendants", 0, 0, Takes::values, false, descendants},
    Function{"aggregate", 1, 2, Takes::each, false, aggregate},
    Function{"sum", 0, 0, Takes::values, false, sum},
    Function{"avg", 0, 0, Takes::values, false, average},
    Function{"min", 0, 0, Takes::values, false, extreme<false>},
    Function{"max", 0, 0, Takes::values, false, extreme<true>},
    Function{"not", 0, 0, Takes::values, false, not_},
    Function{"iif", 2, 3, Takes::values, false, iif},
    Function{"trace", 1, 2, Takes::values, false, trace},
    Function{"sort", 0, 16, Takes::each, false, sort},
};

}  // namespace

std::span<const Function> collection_functions() {
    return functions;
}

}  // namespace foyer::fhirpath
