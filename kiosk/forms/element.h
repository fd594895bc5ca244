#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "platform/result.h"

namespace foyer {

struct Element;

/// The elements of one name. FHIR's JSON says a value and the extensions of a primitive
/// under two names ("birthDate", "_birthDate"); here they are one element.
struct Field {
    std::string_view name;
    std::span<const Element* const> values;  ///< never empty, never null pointers
    bool list = false;                       ///< written as a JSON array
};

/// One FHIR element as FHIRPath sees it: a primitive value, or children, or both (a
/// primitive with extensions). Immutable, trivially destructible; lives as long as the
/// Elements that made it. An element may stand in several trees.
struct Element {
    enum class Kind : std::uint8_t {
        complex,
        absent,  ///< a primitive without a value: it has nothing but extensions
        boolean,
        number,
        string,
    };
    Kind kind = Kind::complex;
    /// The string, the literal of a number with its digits ("1.00"), "true" or "false".
    std::string_view text;
    std::span<const Field> fields;  ///< in the order of the file

    bool has_value() const { return kind >= Kind::boolean; }
    bool is_true() const { return kind == Kind::boolean && text == "true"; }
    /// Null if there is none of that name.
    const Field* field(std::string_view name) const;
    /// The elements of a name; none if there is no such field.
    std::span<const Element* const> all(std::string_view name) const;
    /// The first element of a name, or null.
    const Element* one(std::string_view name) const;
    /// The string (or literal) of the first element of a name; empty if there is none.
    std::string_view text_of(std::string_view name) const;
    /// The first extension with this url, or null; all of them.
    const Element* extension(std::string_view url) const;
    std::vector<const Element*> extensions(std::string_view url) const;
};

/// Where elements live: an arena, emptied all at once. Not thread-safe; its address is
/// its identity, so it does not move.
class Elements {
public:
    Elements() = default;
    Elements(const Elements&) = delete;
    Elements& operator=(const Elements&) = delete;

    std::string_view keep(std::string_view text);
    std::span<const Element* const> keep(std::span<const Element* const> elements);
    std::span<const Field> keep(std::span<const Field> fields);

    /// A copy that lives as long as what else was made here.
    template <class T>
    requires(std::is_trivially_destructible_v<T> &&
             !std::is_same_v<T, Element>) const T* keep_value(const T& value) {
        size_ += sizeof(T);
        return ::new (arena_.allocate(sizeof(T), alignof(T))) T(value);
    }

    const Element* string(std::string_view text);  ///< keeps a copy of `text`
    const Element* boolean(bool value);
    const Element* number(std::string_view literal);
    const Element* object(std::span<const Field> fields);
    const Element* make(const Element& element);  ///< a copy; its parts are not copied
    const Element* copy(const Element& element);  ///< a copy of all of it

    /// A field of one element that is no list.
    Field field(std::string_view literal_name, const Element* value);
    Field list(std::string_view literal_name, std::span<const Element* const> values);

    /// Frees everything that was made here.
    void clear() {
        arena_.release();
        size_ = 0;
    }
    /// Bytes of all that was made here since it was last empty.
    std::size_t size() const { return size_; }

private:
    template <class T>
    std::span<T> copy(std::span<const T> from);

    std::size_t size_ = 0;
    std::pmr::monotonic_buffer_resource arena_{512};
};

/// What a document from outside may be at most. Past these it is refused: a form that
/// long would not be filled in by anybody.
namespace json_limits {
inline constexpr std::size_t bytes = 32u << 20;
inline constexpr std::size_t elements = 2'000'000;
inline constexpr int depth = 256;  ///< arrays and objects within one another
}  // namespace json_limits

/// Reads one JSON document (an object) into `into`. Numbers keep their digits; a name
/// that comes twice in one object, U+0000, invalid UTF-8 and too deep nesting are
/// `bad_input` with the place (line and column), never the text. Lists of lists, which
/// FHIR does not have, are refused. On failure what was made stays in `into`, unused.
Result<const Element*> read_json(std::string_view text, Elements& into);

/// The JSON of an element, on one line; a primitive with extensions gets its "_name".
/// Nulls fill the gaps of lists as FHIR asks.
std::string write_json(const Element& element);
void write_json(const Element& element, std::string& out);

/// `text` as a JSON string with its quotes.
void write_json_string(std::string_view text, std::string& out);

}  // namespace foyer
