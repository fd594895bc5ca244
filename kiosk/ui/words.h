#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer {

/// A value put into a text at `{name}`.
struct Arg {
    std::string_view name;
    std::string value;
};
using Args = std::vector<Arg>;

/// Foyer speaks by gettext: one domain a language ("foyer-es"), the key
/// ("welcome.check_in") as msgid. Main thread only.

/// Where `foyer-<language>.mo` files lie; call once at start. Sets the C.UTF-8 locale and
/// clears LANGUAGE, without which gettext stays silent.
void open_translations(const std::string& directory);

/// The text of `key` in `language` with its arguments filled in. Falls back to English,
/// then to the key itself, so that a missing text is seen and never a crash.
std::string translate(std::string_view language, const char* key, const Args& args = {});
/// Plural forms by `count`, which also fills `{n}`.
std::string translate_count(std::string_view language, const char* key, long count,
                            const Args& args = {});
/// Whether the language itself has the key (no fallback).
bool has_translation(std::string_view language, const char* key);

}  // namespace foyer
