#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <thread>

#include "platform/log.h"
#include "platform/log_events.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

struct Alias {
    std::array<std::uint8_t, 16> bytes{};
    std::string hex() const { return {}; }
};

/// Looks like an alias and must not be logged.
struct BlindIndex {
    std::array<std::uint8_t, 16> bytes{};
};

class Log : public testing::Test {
protected:
    void TearDown() override { start_log(LogLevel::info); }
    void listen(LogLevel lowest) {
        start_log(lowest, [this](std::string_view line) { lines.emplace_back(line); });
    }
    std::vector<std::string> lines;
};

TEST_F(Log, NamesTheEventAndItsFields) {
    listen(LogLevel::info);
    Alias visit;
    visit.bytes = {0xAB, 0x01};
    log(events::check_in_saved, visit, 12ms);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0],
              "check_in_saved visit=ab010000000000000000000000000000 took_ms=12");
}

TEST_F(Log, TakesCodesFromEnumsAndLiterals) {
    listen(LogLevel::info);
    log(events::printer_trouble, Error::Code::out_of_paper);
    log(events::stopped, "asked");
    EXPECT_EQ(lines, (std::vector<std::string>{"printer_trouble code=out_of_paper",
                                               "stopped reason=asked"}));
}

TEST_F(Log, TurnsLongerDurationsIntoMilliseconds) {
    listen(LogLevel::info);
    log(events::slip_printed, 2s);
    EXPECT_EQ(lines.front(), "slip_printed took_ms=2000");
}

TEST_F(Log, LeavesOutWhatIsBelowItsLevel) {
    listen(LogLevel::warning);
    log(events::printer_well);
    log(events::printer_trouble, Error::Code::offline);
    EXPECT_EQ(lines.size(), 1U);
}

TEST_F(Log, MayBeWrittenByManyThreads) {
    listen(LogLevel::info);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int n = 0; n < 50; ++n) log(events::printer_well);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(lines.size(), 200U);
}

TEST_F(Log, KnowsItsLevelsByName) {
    EXPECT_EQ(log_level("warning"), LogLevel::warning);
    EXPECT_STREQ(name(LogLevel::debug), "debug");
    ASSERT_FALSE(log_level("loud"));
    EXPECT_EQ(log_level("loud").error().code, Error::Code::bad_input);
}

template <class... Values>
concept Loggable = requires(Values... values) {
    log(values...);
};

using OneCode = std::remove_cvref_t<decltype(events::printer_trouble)>;
using OneMillis = std::remove_cvref_t<decltype(events::slip_printed)>;

using OneRef = LogEvent<Ref>;

static_assert(Loggable<OneRef, Alias>);
static_assert(!Loggable<OneRef, BlindIndex>);
static_assert(!Loggable<OneRef, std::string>);

// Free text and wrong kinds do not compile.
static_assert(Loggable<OneCode, Error::Code>);
static_assert(!Loggable<OneCode, std::string>);
static_assert(!Loggable<OneCode, const char*>);
static_assert(!Loggable<OneCode, int>);
static_assert(!Loggable<OneCode>);
static_assert(Loggable<OneMillis, std::chrono::seconds>);
static_assert(!Loggable<OneMillis, int>);
static_assert(!Loggable<OneMillis, std::chrono::milliseconds, int>);

/// What log_events.h declares, read from its source: a new event is checked unasked.
struct Declared {
    std::string variable, id, meaning;
};

/// The text of the next literal at `at`, adjacent ones joined; `at` moves behind it.
std::string next_literal(const std::string& source, std::size_t& at) {
    std::string text;
    at = source.find('"', at);
    while (at != std::string::npos && source[at] == '"') {
        std::size_t end = at + 1;
        for (; source[end] != '"'; ++end) {
            if (source[end] == '\\') ++end;
            text += source[end];
        }
        at = source.find_first_not_of(" \n", end + 1);
    }
    return text;
}

std::vector<Declared> declared_events() {
    std::ifstream file(FOYER_SOURCE_DIR "/platform/log_events.h");
    std::stringstream text;
    text << file.rdbuf();
    const std::string source = text.str();
    const std::string opening = "constexpr LogEvent ";
    std::vector<Declared> all;
    std::size_t at = source.find(opening);
    for (; at != std::string::npos; at = source.find(opening, at)) {
        at += opening.size();
        Declared event;
        event.variable = source.substr(at, source.find('{', at) - at);
        event.id = next_literal(source, at);
        event.meaning = next_literal(source, at);
        all.push_back(event);
    }
    return all;
}

TEST(LogEvents, HaveIdsThatAreUniqueAndNamedLikeTheirVariable) {
    std::set<std::string> ids;
    for (const Declared& event : declared_events()) {
        EXPECT_EQ(event.id, event.variable);
        EXPECT_TRUE(ids.insert(event.id).second) << event.id;
    }
    EXPECT_GE(ids.size(), 20U);
}

TEST(LogEvents, AreExplainedInAWholeSentence) {
    for (const Declared& event : declared_events()) {
        EXPECT_GE(event.meaning.size(), 20U) << event.id;
        EXPECT_EQ(event.meaning.back(), '.') << event.id;
    }
}

}  // namespace
}  // namespace foyer
