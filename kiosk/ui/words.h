#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// A value put into a text at `{name}`.
struct Arg {
    std::string_view name;
    std::string value;
};
using Args = std::vector<Arg>;

/// Foyer speaks by gettext: one domain a language ("foyer-es"), the key
/// ("welcome.check_in") as msgid. Once open_translations() has returned, the rest may
/// be called from any thread (a slip is worded on the worker); glibc's dgettext may
/// too.

/// Where the catalogs lie; call once at start, before other threads run (it changes the
/// locale and the environment). glibc looks for
/// `directory/C.UTF-8/LC_MESSAGES/foyer-<language>.mo`: it translates only when the
/// locale is not plain C, so this sets C.UTF-8 and clears LANGUAGE, which would win
/// over it. Fails with `not_found` if the machine has no C.UTF-8 or the folder no
/// English catalog; every text is then its key.
Result<void> open_translations(const std::string& directory);

/// The text of `key` in `language` ("es") with its arguments filled in. Falls back to
/// English, then to the key itself, so that a missing text is seen and never a crash. A
/// `{name}` nobody gave a value for stays visible; a value is put in as it is, once.
std::string translate(std::string_view language, const char* key,
                      const Args& args = {});
/// Plural forms by `count`, which also fills `{n}`.
std::string translate_count(std::string_view language, const char* key, long count,
                            const Args& args = {});
/// Whether the language itself has the key (no fallback).
bool has_translation(std::string_view language, const char* key);

}  // namespace foyer
