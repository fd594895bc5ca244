#include "platform/log.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/sinks/systemd_sink.h>
#include <spdlog/spdlog.h>
#include <utility>

namespace foyer {

namespace {

constexpr const char* kProgram = "foyer";

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

/// Gives each line to a function.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FunctionSink(std::function<void(std::string_view)> to)
        : to_(std::move(to)) {}

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        to_({message.payload.data(), message.payload.size()});
    }
    void flush_() override {}

    std::function<void(std::string_view)> to_;
};

/// JOURNAL_STREAM holds the device and inode of the journal's socket; stderr may have
/// been sent elsewhere since.
bool stderr_is_journal() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat info {};
    if (!stream || fstat(STDERR_FILENO, &info) != 0) return false;
    return stream == std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

std::shared_ptr<spdlog::logger> logger_with(spdlog::sink_ptr sink, LogLevel lowest) {
    auto logger = std::make_shared<spdlog::logger>(kProgram, std::move(sink));
    logger->set_level(spdlog_level(lowest));
    logger->flush_on(spdlog::level::debug);
    return logger;
}

std::shared_ptr<spdlog::logger> logger_for_stderr(LogLevel lowest) {
    auto logger =
        logger_with(std::make_shared<spdlog::sinks::stderr_sink_mt>(), lowest);
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    return logger;
}

std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> current = logger_for_stderr(LogLevel::info);
    return current;
}

void append_hex(std::string& line, std::span<const std::uint8_t> bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const std::uint8_t byte : bytes) {
        line += kDigits[byte >> 4];
        line += kDigits[byte & 15];
    }
}

void append(std::string& line, const LogValue& value) {
    switch (value.kind) {
        case LogValue::Kind::number:
            line += std::to_string(value.number);
            break;
        case LogValue::Kind::word:
            line += value.word;
            break;
        case LogValue::Kind::bytes:
            append_hex(line, value.bytes);
            break;
    }
}

}  // namespace

void write_log(const char* id, LogLevel level, std::span<const char* const> fields,
               std::span<const char* const> units, std::span<const LogValue> values) {
    const auto to = spdlog_level(level);
    if (!logger()->should_log(to)) return;
    std::string line = id;
    for (std::size_t i = 0; i < values.size(); ++i) {
        line += ' ';
        line += fields[i];
        line += units[i];
        line += '=';
        append(line, values[i]);
    }
    logger()->log(to, spdlog::string_view_t(line.data(), line.size()));
}

void start_log(LogLevel lowest) {
    logger() =
        stderr_is_journal()
            ? logger_with(std::make_shared<spdlog::sinks::systemd_sink_mt>(kProgram),
                          lowest)
            : logger_for_stderr(lowest);
}

void start_log(LogLevel lowest, std::function<void(std::string_view)> to) {
    logger() = logger_with(std::make_shared<FunctionSink>(std::move(to)), lowest);
}

Result<LogLevel> log_level(std::string_view name_) {
    for (const LogLevel level :
         {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
        if (name_ == name(level)) return level;
    }
    return fail(Error::Code::bad_input,
                "a log level is one of: debug, info, warning, error");
}

const char* name(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            return "error";
    }
    return "error";
}

}  // namespace foyer
