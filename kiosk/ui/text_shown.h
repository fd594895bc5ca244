#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// What of a text is shown: without the asterisks of `**strong**`, with U+FFFD for what
/// is not UTF-8, a space for a tab, and without other controls; and which byte of the
/// source each byte shown came from.
struct Shown {
    struct Span {
        std::size_t begin = 0, end = 0;
    };

    std::string text;
    std::vector<Span> strong;           ///< bytes of `text`
    std::vector<std::uint32_t> source;  ///< one a byte of `text` and one for its end

    std::size_t to_source(std::size_t shown_byte) const;
    std::size_t from_source(std::size_t source_byte) const;
    /// Overwrites all of it.
    void wipe();
};

Shown shown(std::string_view source);

}  // namespace foyer
