#include "sync/clinic/site_section.h"

#include <algorithm>
#include <toml++/toml.h>

namespace foyer::site_file {

namespace {

const toml::node& node_of(const void* node) {
    return *static_cast<const toml::node*>(node);
}
Value value_of(const toml::node& node) {
    return Value(&node);
}

}  // namespace

std::optional<bool> Value::as_flag() const {
    return node_of(node_).value_exact<bool>();
}
std::optional<std::string> Value::as_text() const {
    return node_of(node_).value_exact<std::string>();
}
std::optional<std::int64_t> Value::as_whole() const {
    return node_of(node_).value_exact<std::int64_t>();
}
std::optional<double> Value::as_number() const {
    if (!node_of(node_).is_number()) return std::nullopt;
    return node_of(node_).value<double>();
}
std::optional<Date> Value::as_date() const {
    const auto date = node_of(node_).value_exact<toml::date>();
    if (!date) return std::nullopt;
    return Date(std::chrono::year(date->year), std::chrono::month(date->month),
                std::chrono::day(date->day));
}
std::optional<std::vector<Value>> Value::as_list() const {
    const toml::array* array = node_of(node_).as_array();
    if (!array) return std::nullopt;
    std::vector<Value> all;
    for (const auto& element : *array) all.push_back(value_of(element));
    return all;
}
std::optional<std::vector<std::pair<std::string, Value>>> Value::as_table() const {
    const toml::table* table = node_of(node_).as_table();
    if (!table) return std::nullopt;
    std::vector<std::pair<std::string, Value>> all;
    for (const auto& [key, element] : *table)
        all.emplace_back(std::string(key.str()), value_of(element));
    return all;
}
int Value::line() const {
    return int(node_of(node_).source().begin.line);
}

Result<Section> Section::section(std::string_view key) {
    const auto node = ask(key);
    const std::string full = full_name(key);
    if (node && !node->as_table())
        return refuse(*node, std::string(key) + ": write a section [" + full + "]");
    return Section(file_, full, node);
}

Result<std::vector<Section>> Section::sections(std::string_view key) {
    const auto node = ask(key);
    std::vector<Section> all;
    if (!node) return all;
    const std::string full = full_name(key);
    const auto list = node->as_list();
    if (!list || std::ranges::any_of(
                     *list, [](const Value& element) { return !element.as_table(); }))
        return refuse(*node, std::string(key) + ": write sections [[" + full + "]]");
    for (const auto& element : *list) all.emplace_back(file_, full, element);
    return all;
}

Result<void> Section::finish() const {
    for (const auto& [key, node] : table_) {
        if (std::ranges::find(known_, key) != known_.end()) continue;
        std::string all;
        for (const auto& known : known_) all += (all.empty() ? "" : ", ") + known;
        return refuse(node, "unknown key \"" + key + "\": write one of " + all);
    }
    return {};
}

std::optional<Value> Section::ask(std::string_view key) {
    known_.emplace_back(key);
    for (const auto& [name, node] : table_)
        if (name == key) return node;
    return std::nullopt;
}

std::string Section::full_name(std::string_view key) const {
    return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
}

tl::unexpected<Error> Section::refuse(const Value& node, const std::string& why) const {
    const std::string where = name_.empty() ? "" : "[" + name_ + "] ";
    return fail(Error::Code::bad_input,
                file_ + ":" + std::to_string(node.line()) + ": " + where + why);
}

Result<Site> read_toml(const std::string& path, Result<Site> (*read)(Section)) {
    try {
        const toml::table table = toml::parse_file(path);
        return read(Section(path, "", value_of(table)));
    } catch (const toml::parse_error& fault) {
        return fail(Error::Code::bad_input,
                    path + ":" + std::to_string(fault.source().begin.line) +
                        ": not TOML: " + std::string(fault.description()));
    }
}

std::optional<bool> flag(const Value& node) {
    return node.as_flag();
}

std::optional<Words> words(const Value& node) {
    const auto table = node.as_table();
    if (!table) return std::nullopt;
    Words result;
    for (const auto& [language, words] : *table) {
        const auto value = text(one_line)(words);
        if (!value || !language_tag(language)) return std::nullopt;
        result[language] = *value;
    }
    return result;
}

std::optional<Service> service_named(const Value& node) {
    const auto name = node.as_text();
    return name ? service(*name) : std::nullopt;
}

std::optional<ServiceCode> service_code(const Value& node) {
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
