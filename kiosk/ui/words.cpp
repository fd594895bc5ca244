#include "kiosk/ui/words.h"

#include <libintl.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>

namespace foyer {
namespace {

/// Languages whose domain gettext knows the folder of, with the domain's name.
struct Catalogs {
    std::string directory;
    std::map<std::string, std::string, std::less<>> domains;
};

Catalogs& catalogs() {
    static Catalogs all;
    return all;
}

/// The name of a language is part of a file name, so only a plain tag is let through.
bool is_plain_tag(std::string_view language) {
    return !language.empty() && std::ranges::all_of(language, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9') || c == '-';
    });
}

/// The gettext domain of a language; nullptr if it cannot have one. The name stays
/// where it is for good, so only the map needs the lock; dgettext has its own.
const char* domain(std::string_view language) {
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    auto& domains = catalogs().domains;
    if (auto known = domains.find(language); known != domains.end())
        return known->second.c_str();
    if (catalogs().directory.empty() || !is_plain_tag(language)) return nullptr;
    const std::string name = "foyer-" + std::string(language);
    bindtextdomain(name.c_str(), catalogs().directory.c_str());
    bind_textdomain_codeset(name.c_str(), "UTF-8");
    return domains.emplace(language, name).first->second.c_str();
}

/// The raw text, or nullptr. gettext returns its argument when it finds nothing, and
/// the catalog's header for an empty key.
const char* find(std::string_view language, const char* key) {
    const char* in = domain(language);
    if (!in || !*key) return nullptr;
    const char* text = dgettext(in, key);
    return text == key ? nullptr : text;
}

const char* find_count(std::string_view language, const char* key,
                       unsigned long count) {
    const char* in = domain(language);
    if (!in || !*key) return nullptr;
    const char* text = dngettext(in, key, key, count);
    return text == key ? nullptr : text;
}

std::string fill(std::string_view text, const Args& args) {
    std::string filled;
    filled.reserve(text.size() + 32);
    while (true) {
        const auto open = text.find('{');
        const auto close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) break;
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const auto arg = std::ranges::find(args, name, &Arg::name);
        filled += text.substr(0, open);
        if (arg == args.end()) {
            filled += '{';  // not ours: look again right behind it
            text.remove_prefix(open + 1);
        } else {
            filled += arg->value;
            text.remove_prefix(close + 1);
        }
    }
    return filled += text;
}

}  // namespace

Result<void> open_translations(const std::string& directory) {
    unsetenv("LANGUAGE");
    catalogs() = {directory, {}};
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return fail(Error::Code::not_found,
                    "this machine has no C.UTF-8 locale (Debian: libc-bin)");
    const std::string english = directory + "/C.UTF-8/LC_MESSAGES/foyer-en.mo";
    std::error_code none;
    if (!std::filesystem::exists(english, none))
        return fail(Error::Code::not_found,
                    "no translations: " + english + " is missing");
    return {};
}

std::string translate(std::string_view language, const char* key, const Args& args) {
    const char* text = find(language, key);
    if (!text) text = find("en", key);
    return fill(text ? text : key, args);
}

std::string translate_count(std::string_view language, const char* key, long count,
                            const Args& args) {
    const auto amount = static_cast<unsigned long>(std::labs(count));
    const char* text = find_count(language, key, amount);
    if (!text) text = find_count("en", key, amount);
    Args all = args;
    all.push_back({"n", std::to_string(count)});
    return fill(text ? text : key, all);
}

bool has_translation(std::string_view language, const char* key) {
    return find(language, key) != nullptr;
}

}  // namespace foyer
