#include "sync/fhir/reference.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/fhir/json_tree.h"
#include "sync/fhir/limits.h"

namespace foyer {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_type(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text[0] >= 'A' && text[0] <= 'Z' &&
           std::all_of(text.begin(), text.end(), is_letter);
}

}  // namespace

bool is_fhir_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

Reference reference_of(std::string_view address) {
    std::string_view path = address;
    if (const auto history = path.find("/_history/"); history != path.npos)
        path = path.substr(0, history);
    const auto last = path.rfind('/');
    if (last != path.npos) {
        const auto before = path.substr(0, last);
        const auto id = path.substr(last + 1);
        const auto type = before.substr(before.rfind('/') + 1);  // npos + 1 is 0
        if (is_type(type) && is_fhir_id(id))
            return {std::string(type), std::string(id), {}};
    }
    return {{}, {}, std::string(address)};
}

tl::expected<Reference, std::string> read_reference(const nlohmann::json& reference) {
    const auto refuse = [](std::string why) { return tl::unexpected(std::move(why)); };
    const std::string_view text = text_of(reference, "reference");
    if (text.empty())
        return refuse(has(reference, "identifier")
                          ? "names it by an identifier only, not by a reference"
                          : "has no reference");
    if (text.size() > import_limits::reference_bytes) return refuse("is too long");
    if (text.front() == '#') return refuse("is a contained resource");
    if (text.find('?') != text.npos) return refuse("is a search, not a reference");
    Reference found = reference_of(text);
    if (!found.address.empty() && text.find(':') == text.npos)
        return refuse(shown(text) + " is not a reference");
    return found;
}

}  // namespace foyer
