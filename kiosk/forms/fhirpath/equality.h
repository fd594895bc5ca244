#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "kiosk/forms/fhirpath/value.h"

/// `=`, `~` and `<` between items, and collections without doubles.
namespace foyer::fhirpath {

/// The System value that FHIR's implicit conversion makes of an element: a String of a
/// code, a Quantity of a Quantity. None for other complex types, a primitive without
/// value and one that is not what its type says. A quantity is made in `scratch`.
std::optional<Value> to_system(const Value& value, Elements& scratch);

/// A Quantity element as FHIRPath sees it. None if it has no amount, another system
/// than UCUM's, or a comparator.
std::optional<Quantity> quantity_of(const Element& element);

/// None: not to be said, as of a date and a time on that day. Adds the comparisons of
/// elements and of what is in them to `steps`; `equivalent` gives up after 20 million.
std::optional<bool> equal(const Value& a, const Value& b, Elements& scratch,
                          std::uint64_t& steps);
bool equivalent(const Value& a, const Value& b, Elements& scratch,
                std::uint64_t& steps);

/// `Kind::wrong`: values of these types have no order.
struct Order {
    enum class Kind { known, unknown, wrong } kind = Kind::wrong;
    std::strong_ordering order = std::strong_ordering::equal;
};
Order order_of(const Value& a, const Value& b, Elements& scratch);

/// Whole collections, as the operators see them.
std::optional<bool> equal(std::span<const Value> a, std::span<const Value> b,
                          Elements& scratch, std::uint64_t& steps);
bool equivalent(std::span<const Value> a, std::span<const Value> b, Elements& scratch,
                std::uint64_t& steps);

/// Items of which no two are equal. Counts the comparisons in `steps`.
class Distinct {
public:
    explicit Distinct(Elements& scratch) : scratch_(scratch) {}

    /// False if an equal item was there already.
    bool add(const Value& value);
    bool has(const Value& value);
    std::uint64_t steps = 0;

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t item = 0;  ///< 1 + index into items_; 0: free
    };
    bool find(const Value& value, std::uint64_t hash);
    void enter(std::uint64_t hash, std::uint32_t item);

    Elements& scratch_;
    std::vector<Value> items_;
    std::vector<std::uint64_t> hashes_;
    std::vector<Slot> slots_;  ///< empty while there are few items
};

}  // namespace foyer::fhirpath
