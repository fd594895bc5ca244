#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/site.h"

/// How foyer.toml is read: for sync/clinic/site_*.cpp alone.
namespace foyer::site_file {

/// Anything the file says, of one type or another; none when asked for as another.
/// Refers to the parsed file.
class Value {
public:
    /// `node`: a toml::node.
    explicit Value(const void* node) : node_(node) {}

    std::optional<bool> as_flag() const;
    std::optional<std::string> as_text() const;
    std::optional<std::int64_t> as_whole() const;
    std::optional<double> as_number() const;  ///< of a whole one too
    std::optional<Date> as_date() const;
    std::optional<std::vector<Value>> as_list() const;
    std::optional<std::vector<std::pair<std::string, Value>>> as_table() const;
    int line() const;

private:
    const void* node_;
};

/// A table of the file. Each key is asked for by name, with what to write if the value
/// does not fit; finish() refuses whatever nobody asked for. Refers to the parsed file.
class Section {
public:
    using Table = std::vector<std::pair<std::string, Value>>;

    /// `at` is none for a section that the file leaves out.
    Section(std::string file, std::string name, std::optional<Value> at)
        : file_(std::move(file)), name_(std::move(name)), at_(at) {
        if (at_) table_ = at_->as_table().value_or(Table());
    }

    /// Leaves `into` alone when the key is missing. `read` answers none for a value
    /// that does not fit; `write` completes "write ...".
    template <class Item, class Read>
    Result<void> take(std::string_view key, Item& into, const std::string& write,
                      Read read) {
        const auto node = ask(key);
        if (!node) return {};
        std::optional<Item> value = read(*node);
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
        return refuse(*at_, why);
    }

    bool present() const { return at_.has_value(); }

    Result<void> finish() const;

private:
    /// None when it is missing.
    std::optional<Value> ask(std::string_view key);
    std::string full_name(std::string_view key) const;
    tl::unexpected<Error> refuse(const Value& node, const std::string& why) const;

    std::string file_, name_;
    std::optional<Value> at_;
    Table table_ = {};
    std::vector<std::string> known_;
};

/// Reads a file with `read` from its top. Fails with `bad_input` and the line when it
/// is no TOML.
Result<Site> read_toml(const std::string& path, Result<Site> (*read)(Section));

// Reading one value: each answers none for one that does not fit.

std::optional<bool> flag(const Value& node);
/// { en = "...", es = "..." }
std::optional<Words> words(const Value& node);
/// "php", as code() writes it.
std::optional<Service> service_named(const Value& node);
/// "PHP1", or "http://clinic.example/visit-type|PHP1" as in a FHIR search.
std::optional<ServiceCode> service_code(const Value& node);

/// A string for which `fits` holds.
inline auto text(bool (*fits)(const std::string&)) {
    return [fits](const Value& node) -> std::optional<std::string> {
        auto value = node.as_text();
        if (!value || !fits(*value)) return std::nullopt;
        return value;
    };
}

inline auto whole(int lowest, int highest) {
    return [=](const Value& node) -> std::optional<int> {
        const auto value = node.as_whole();
        if (!value || *value < lowest || *value > highest) return std::nullopt;
        return int(*value);
    };
}

template <class Unit>
auto duration(int lowest, int highest) {
    return [=](const Value& node) -> std::optional<Unit> {
        const auto value = whole(lowest, highest)(node);
        if (!value) return std::nullopt;
        return Unit(*value);
    };
}

/// A list of what `read` takes; one that does not fit refuses the list.
template <class Read>
auto list(Read read) {
    using Item = typename std::invoke_result_t<Read, const Value&>::value_type;
    return [=](const Value& node) -> std::optional<std::vector<Item>> {
        const auto all = node.as_list();
        if (!all) return std::nullopt;
        std::vector<Item> values;
        for (const auto& element : *all) {
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
