#include "kiosk/forms/element.h"

namespace foyer {

template <class T>
std::span<T> Elements::copy(std::span<const T> from) {
    if (from.empty()) return {};
    size_ += from.size_bytes();
    T* made = static_cast<T*>(arena_.allocate(from.size_bytes(), alignof(T)));
    std::uninitialized_copy(from.begin(), from.end(), made);
    return {made, from.size()};
}

const Field* Element::field(std::string_view name) const {
    if (name.empty()) return nullptr;
    // Most names differ in size or in the first letter.
    for (const Field& field : fields)
        if (field.name.size() == name.size() && field.name.front() == name.front() &&
            field.name == name)
            return &field;
    return nullptr;
}

std::span<const Element* const> Element::all(std::string_view name) const {
    const Field* found = field(name);
    return found ? found->values : std::span<const Element* const>{};
}

const Element* Element::one(std::string_view name) const {
    const Field* found = field(name);
    return found ? found->values.front() : nullptr;
}

std::string_view Element::text_of(std::string_view name) const {
    const Element* found = one(name);
    return found ? found->text : std::string_view{};
}

const Element* Element::extension(std::string_view url) const {
    for (const Element* extension : all("extension"))
        if (extension->text_of("url") == url) return extension;
    return nullptr;
}

std::vector<const Element*> Element::extensions(std::string_view url) const {
    std::vector<const Element*> found;
    for (const Element* extension : all("extension"))
        if (extension->text_of("url") == url) found.push_back(extension);
    return found;
}

std::string_view Elements::keep(std::string_view text) {
    const std::span<char> made = copy(std::span<const char>(text));
    return {made.data(), made.size()};
}

std::span<const Element* const> Elements::keep(
    std::span<const Element* const> elements) {
    return copy(elements);
}

std::span<const Field> Elements::keep(std::span<const Field> fields) {
    return copy(fields);
}

const Element* Elements::make(const Element& element) {
    size_ += sizeof(Element);
    void* place = arena_.allocate(sizeof(Element), alignof(Element));
    return ::new (place) Element(element);
}

const Element* Elements::copy(const Element& element) {
    std::vector<Field> fields;
    fields.reserve(element.fields.size());
    for (const Field& field : element.fields) {
        std::vector<const Element*> values;
        values.reserve(field.values.size());
        for (const Element* value : field.values) values.push_back(copy(*value));
        fields.push_back({keep(field.name),
                          keep(std::span<const Element* const>(values)), field.list});
    }
    return make({.kind = element.kind,
                 .text = keep(element.text),
                 .fields = keep(std::span<const Field>(fields))});
}

const Element* Elements::string(std::string_view text) {
    return make({.kind = Element::Kind::string, .text = keep(text), .fields = {}});
}

const Element* Elements::boolean(bool value) {
    return make({.kind = Element::Kind::boolean,
                 .text = value ? "true" : "false",
                 .fields = {}});
}

const Element* Elements::number(std::string_view literal) {
    return make({.kind = Element::Kind::number, .text = keep(literal), .fields = {}});
}

const Element* Elements::object(std::span<const Field> fields) {
    return make({.kind = Element::Kind::complex, .text = {}, .fields = keep(fields)});
}

Field Elements::field(std::string_view literal_name, const Element* value) {
    return {.name = literal_name, .values = keep({&value, 1}), .list = false};
}

Field Elements::list(std::string_view literal_name,
                     std::span<const Element* const> values) {
    return {.name = literal_name, .values = keep(values), .list = true};
}

}  // namespace foyer
