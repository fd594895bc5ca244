#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

/// Text by characters (Unicode code points), as FHIRPath counts them.
namespace foyer::fhirpath {

/// How many characters; a byte that is not UTF-8 counts as one.
std::size_t length_of(std::string_view text);
/// The byte at which character `index` begins; the size if there are fewer.
std::size_t byte_of(std::string_view text, std::size_t index);

std::string upper(std::string_view text);
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);
/// What `~` compares: folded case, every run of white space one space.
std::string folded(std::string_view text);

/// Single-line and dot-all, of bounded memory. `ok()` says whether it is one. `flags`:
/// "i" and "m", as matches() takes them.
std::shared_ptr<const re2::RE2> compiled_pattern(std::string_view pattern,
                                                 std::string_view flags = {});

}  // namespace foyer::fhirpath
