#include "kiosk/setup.h"

#include <cstdlib>
#include <iostream>

namespace foyer {

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

std::filesystem::path data_directory(const Options& options) {
    if (!options.data.empty()) return options.data;
    if (const auto state = environment("STATE_DIRECTORY"); !state.empty()) return state;
    if (const auto home = environment("XDG_DATA_HOME"); !home.empty())
        return std::filesystem::path(home) / "foyer";
    return std::filesystem::path(environment("HOME")) / ".local/share/foyer";
}

std::filesystem::path config_file(const Options& options) {
    if (!options.config.empty()) return options.config;
    if (const auto file = environment("FOYER_CONFIG"); !file.empty()) return file;
    const std::filesystem::path usual = "/etc/foyer/foyer.toml";
    std::error_code none;
    return std::filesystem::exists(usual, none) ? usual : std::filesystem::path{};
}

Result<Site> load_site(const Options& options) {
    const auto file = config_file(options);
    if (file.empty()) return Site{};
    return read_site(file.string());
}

Result<std::unique_ptr<Clock>> make_clock(const std::string& now) {
    if (now.empty()) return std::make_unique<SystemClock>();
    const bool stands = now.front() == '@';
    const auto start = parse_instant(stands ? std::string_view(now).substr(1) : now);
    if (!start)
        return fail(
            Error::Code::bad_input,
            "--now: '" + now +
                "' is not a time with an offset, like 2026-11-23T09:41:00-05:00");
    if (stands) return std::make_unique<ManualClock>(*start);
    return std::make_unique<OffsetClock>(*start);
}

Result<Workplace> set_up(const Options& options) {
    auto site = TRY(load_site(options));
    const auto time = TRY(SiteTime::in_zone(site.time_zone));
    auto clock = TRY(make_clock(options.now));
    return Workplace{std::move(site), time, std::move(clock), data_directory(options)};
}

Exit complain(const Error& error) {
    std::cerr << "foyer: " << error.what << '\n';
    return error.code == Error::Code::bad_input ? Exit::usage : Exit::failed;
}

}  // namespace foyer
