#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// Overwrites and empties a string that held something about a patient, its unused
/// capacity included. The memory stays with the string.
inline void overwrite(std::string& text) {
    text.resize(text.capacity());
    explicit_bzero(text.data(), text.size());
    text.clear();
}

template <class Number>
void overwrite(std::vector<Number>& numbers) {
    if (!numbers.empty())
        explicit_bzero(numbers.data(), numbers.size() * sizeof(Number));
    numbers.clear();
}

/// A copy that lives on the heap even when short. Moving it moves a pointer; moving a
/// short string would leave its bytes behind in the old object.
inline std::string heap_copy(std::string_view text, std::size_t room = 0) {
    std::string copy;
    copy.reserve(std::max({text.size(), room, std::size_t{32}}));
    return copy.assign(text);
}

}  // namespace foyer
