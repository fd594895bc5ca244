#include "sync/clinic/site_section.h"

#include <algorithm>

namespace foyer::site_file {

Result<Section> Section::section(std::string_view key) {
    const toml::node* node = ask(key);
    const std::string full = full_name(key);
    if (node && !node->is_table())
        return refuse(*node, std::string(key) + ": write a section [" + full + "]");
    return Section(file_, full, node ? node->as_table() : nullptr);
}

Result<std::vector<Section>> Section::sections(std::string_view key) {
    const toml::node* node = ask(key);
    std::vector<Section> all;
    if (!node) return all;
    const std::string full = full_name(key);
    const toml::array* array = node->as_array();
    if (array && array->empty()) return all;
    if (!array || !array->is_homogeneous(toml::node_type::table))
        return refuse(*node, std::string(key) + ": write sections [[" + full + "]]");
    for (const auto& element : *array)
        all.emplace_back(file_, full, element.as_table());
    return all;
}

Result<void> Section::finish() const {
    if (!table_) return {};
    for (const auto& [key, node] : *table_) {
        if (std::ranges::find(known_, key.str()) != known_.end()) continue;
        std::string all;
        for (const auto& known : known_) all += (all.empty() ? "" : ", ") + known;
        return refuse(node, "unknown key \"" + std::string(key.str()) +
                                "\": write one of " + all);
    }
    return {};
}

const toml::node* Section::ask(std::string_view key) {
    known_.emplace_back(key);
    return table_ ? table_->get(key) : nullptr;
}

std::string Section::full_name(std::string_view key) const {
    return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
}

tl::unexpected<Error> Section::refuse(const toml::node& node,
                                      const std::string& why) const {
    const std::string where = name_.empty() ? "" : "[" + name_ + "] ";
    return fail(
        Error::Code::bad_input,
        file_ + ":" + std::to_string(node.source().begin.line) + ": " + where + why);
}

std::optional<bool> flag(const toml::node& node) {
    return node.value_exact<bool>();
}

std::optional<Words> words(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return std::nullopt;
    Words result;
    for (const auto& [language, words] : *table) {
        const auto value = text(one_line)(words);
        const std::string tag(language.str());
        if (!value || !language_tag(tag)) return std::nullopt;
        result[tag] = *value;
    }
    return result;
}

std::optional<Service> service_named(const toml::node& node) {
    const auto name = node.value_exact<std::string>();
    return name ? service(*name) : std::nullopt;
}

std::optional<ServiceCode> service_code(const toml::node& node) {
    const auto token = text(one_line)(node);
    if (!token) return std::nullopt;
    const auto bar = token->rfind('|');
    if (bar == std::string::npos) return ServiceCode{"", *token, Service::other, false};
    if (bar + 1 == token->size()) return std::nullopt;
    return ServiceCode{token->substr(0, bar), token->substr(bar + 1), Service::other,
                       false};
}

bool anything(const std::string&) {
    return true;
}

bool one_line(const std::string& value) {
    return !value.empty() && value.size() <= 200 &&
           std::ranges::none_of(value, [](unsigned char c) { return c < 0x20; });
}

bool identifier(const std::string& value) {
    return !value.empty() && value.size() <= 64 &&
           std::ranges::all_of(value, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

bool fhir_id(const std::string& value) {
    return !value.empty() && value.size() <= 64 &&
           std::ranges::all_of(value, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

bool language_tag(const std::string& value) {
    const auto dash = std::min(value.find('-'), value.size());
    return dash >= 2 && dash <= 3 && value.size() <= 10 && !value.ends_with('-') &&
           std::ranges::all_of(std::string_view(value).substr(0, dash),
                               [](char c) { return c >= 'a' && c <= 'z'; });
}

std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const int i : {0, 1, 3, 4})
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return std::chrono::minutes(hour * 60 + minute);
}

}  // namespace foyer::site_file
