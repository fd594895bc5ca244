#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "platform/result.h"

namespace foyer {

/// How urgent a line is. Nothing below the level chosen at start_log is written.
enum class LogLevel { debug, info, warning, error };

/// What a field of an event may hold. There is no kind for free text, so a name, a
/// birth date or an answer cannot be logged by accident; nor can a std::string be
/// passed.
///
/// A number of things.
struct Count {
    static constexpr const char* kUnit = "";
    struct Value {
        template <std::integral Number>
        requires(!std::same_as<Number, bool> &&
                 !std::same_as<Number, char>) constexpr Value(Number n)
            : number(static_cast<std::int64_t>(n)) {}
        std::int64_t number;
    };
    const char* field;
};

/// A duration, logged in milliseconds.
struct Millis {
    static constexpr const char* kUnit = "_ms";
    using Value = std::chrono::milliseconds;
    const char* field;
};

/// One of a fixed set of words: a string literal, or an enum that has a
/// `const char* name(E)` beside it.
struct Code {
    static constexpr const char* kUnit = "";
    struct Value {
        template <std::size_t N>
        consteval Value(const char (&literal)[N]) : word(literal) {}
        template <class E>
        requires std::is_enum_v<E> && requires(E e) {
            { name(e) } -> std::same_as<const char*>;
        }
        constexpr Value(E e) : word(name(e)) {}
        const char* word;
    };
    const char* field;
};

/// What stands for a record outside sealed data: an alias (128 bits of keyed hash) or a
/// random id. Takes a struct with `std::array<std::uint8_t, 16> bytes` that has a
/// hex(), as an Alias has and a blind index has not. Logged in hex.
struct Ref {
    static constexpr const char* kUnit = "";
    struct Value {
        template <class Alias>
        requires std::same_as<decltype(Alias::bytes), std::array<std::uint8_t, 16>> &&
            requires(const Alias& a) {
            a.hex();
        }
        constexpr Value(const Alias& alias) : bytes(alias.bytes) {}
        std::array<std::uint8_t, 16> bytes;
    };
    const char* field;
};

/// A declared event: its id as it appears in the log, its level, what it means for the
/// person who reads the log, and its fields. Declared in platform/log_events.h only.
template <class... Fields>
struct LogEvent {
    const char* id;
    LogLevel level;
    const char* meaning;
    std::array<const char*, sizeof...(Fields)> fields;
    std::array<const char*, sizeof...(Fields)> units;

    consteval LogEvent(const char* id_, LogLevel level_, const char* meaning_,
                       Fields... fields_)
        : id(id_),
          level(level_),
          meaning(meaning_),
          fields{fields_.field...},
          units{Fields::kUnit...} {}
};

/// A field's value on its way to the log.
struct LogValue {
    enum class Kind { number, word, bytes };
    constexpr LogValue(Count::Value v) : kind(Kind::number), number(v.number) {}
    constexpr LogValue(Millis::Value v) : kind(Kind::number), number(v.count()) {}
    constexpr LogValue(Code::Value v) : kind(Kind::word), word(v.word) {}
    constexpr LogValue(Ref::Value v) : kind(Kind::bytes), bytes(v.bytes) {}

    Kind kind;
    std::int64_t number = 0;
    const char* word = "";
    std::array<std::uint8_t, 16> bytes{};
};

/// Writes `id field=value ...`. Called through log().
void write_log(const char* id, LogLevel level, std::span<const char* const> fields,
               std::span<const char* const> units, std::span<const LogValue> values);

/// Logs an event with a value for each of its fields, in their order; too few, too many
/// or of another kind does not compile. Any thread.
template <class... Fields>
void log(const LogEvent<Fields...>& event,
         std::type_identity_t<typename Fields::Value>... values) {
    const std::array<LogValue, sizeof...(Fields)> all{LogValue(values)...};
    write_log(event.id, event.level, event.fields, event.units, all);
}

/// Chooses the lowest level written and where to: the journal when systemd says (by
/// JOURNAL_STREAM) that stderr is the journal, else stderr with the time in UTC. Until
/// called, `info` and above go to stderr. Main thread, before other threads log.
void start_log(LogLevel lowest);

/// The same, to a function called with each line, without time; for tests and for the
/// panel of simulated devices. Lines come from any thread, one at a time.
void start_log(LogLevel lowest, std::function<void(std::string_view line)> to);

/// For `--log-level`: debug, info, warning or error. Fails with `bad_input`.
Result<LogLevel> log_level(std::string_view name);

/// As `--log-level` spells it.
const char* name(LogLevel level);

}  // namespace foyer
