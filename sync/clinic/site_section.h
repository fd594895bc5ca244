#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <type_traits>
#include <utility>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/site.h"

/// How foyer.toml is read: for sync/clinic/site_*.cpp alone.
namespace foyer::site_file {

/// A table of the file. Each key is asked for by name, with what to write if the value
/// does not fit; finish() refuses whatever nobody asked for. Refers to the parsed file.
class Section {
public:
    /// `table` is null for a section that the file leaves out.
    Section(std::string file, std::string name, const toml::table* table)
        : file_(std::move(file)), name_(std::move(name)), table_(table) {}

    /// Leaves `into` alone when the key is missing. `read` answers none for a value
    /// that does not fit; `write` completes "write ...".
    template <class Value, class Read>
    Result<void> take(std::string_view key, Value& into, const std::string& write,
                      Read read) {
        const toml::node* node = ask(key);
        if (!node) return {};
        std::optional<Value> value = read(*node);
        if (!value) return refuse(*node, std::string(key) + ": write " + write);
        into = *std::move(value);
        return {};
    }

    /// A table within this one; an empty one when it is missing.
    Result<Section> section(std::string_view key);

    /// The tables of a list [[...]], in their order; none when it is missing.
    Result<std::vector<Section>> sections(std::string_view key);

    /// For what no single key can be blamed for.
    tl::unexpected<Error> refuse(const std::string& why) const {
        return refuse(*table_, why);
    }

    bool present() const { return table_ != nullptr; }

    Result<void> finish() const;

private:
    /// Null when it is missing.
    const toml::node* ask(std::string_view key);
    std::string full_name(std::string_view key) const;
    tl::unexpected<Error> refuse(const toml::node& node, const std::string& why) const;

    std::string file_, name_;
    const toml::table* table_;
    std::vector<std::string> known_;
};

// Reading one value: each answers none for one that does not fit.

std::optional<bool> flag(const toml::node& node);
/// { en = "...", es = "..." }
std::optional<Words> words(const toml::node& node);
/// "php", as code() writes it.
std::optional<Service> service_named(const toml::node& node);
/// "PHP1", or "http://clinic.example/visit-type|PHP1" as in a FHIR search.
std::optional<ServiceCode> service_code(const toml::node& node);

/// A string for which `fits` holds.
inline auto text(bool (*fits)(const std::string&)) {
    return [fits](const toml::node& node) -> std::optional<std::string> {
        auto value = node.value_exact<std::string>();
        if (!value || !fits(*value)) return std::nullopt;
        return value;
    };
}

inline auto whole(int lowest, int highest) {
    return [=](const toml::node& node) -> std::optional<int> {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < lowest || *value > highest) return std::nullopt;
        return int(*value);
    };
}

template <class Unit>
auto duration(int lowest, int highest) {
    return [=](const toml::node& node) -> std::optional<Unit> {
        const auto value = whole(lowest, highest)(node);
        if (!value) return std::nullopt;
        return Unit(*value);
    };
}

/// A list of what `read` takes; one that does not fit refuses the list.
template <class Read>
auto list(Read read) {
    using Value = typename std::invoke_result_t<Read, const toml::node&>::value_type;
    return [=](const toml::node& node) -> std::optional<std::vector<Value>> {
        const toml::array* array = node.as_array();
        if (!array) return std::nullopt;
        std::vector<Value> values;
        for (const auto& element : *array) {
            auto value = read(element);
            if (!value) return std::nullopt;
            values.push_back(*std::move(value));
        }
        return values;
    };
}

// What a string has to be.

bool anything(const std::string& value);
bool one_line(const std::string& value);
bool identifier(const std::string& value);
/// FHIR's rule for ids.
bool fhir_id(const std::string& value);
bool language_tag(const std::string& value);

/// "08:30"; "24:00" is the end of the day. None for anything else.
std::optional<std::chrono::minutes> time_of_day(std::string_view text);

}  // namespace foyer::site_file
