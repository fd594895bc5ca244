#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "kiosk/ui/theme.h"
#include "platform/clock.h"
#include "platform/log.h"
#include "platform/result.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// What every subcommand is told on its command line.
struct Options {
    std::filesystem::path data;    ///< empty: see data_directory()
    std::filesystem::path config;  ///< empty: see config_file()
    std::string now;               ///< empty: the machine's clock; see make_clock()
    LogLevel log_level = LogLevel::info;
    bool json = false;
};

/// Exit codes of every subcommand; docs/exit-codes.md is for people.
enum class Exit {
    ok = 0,
    failed = 1,   ///< the thing asked for was not done; stderr says why
    usage = 2,    ///< the command line or the configuration cannot be used
    unclean = 3,  ///< done, with findings: refused resources, audit findings, a story
                  ///< that failed, a broken audit log
};

/// `--data`, else $STATE_DIRECTORY (systemd), else ~/.local/share/foyer.
std::filesystem::path data_directory(const Options& options);
/// `--config`, else $FOYER_CONFIG, else /etc/foyer/foyer.toml if it is there, else
/// none: the defaults hold.
std::filesystem::path config_file(const Options& options);
Result<Site> load_site(const Options& options);

/// The machine's clock; with "2026-11-23T09:41:00-05:00" one that runs on from there;
/// with an "@" before it one that stands still. Fails with `bad_input`.
Result<std::unique_ptr<Clock>> make_clock(const std::string& now);

/// What a command works with: the site, its calendar, a clock, and where the records
/// lie.
struct Workplace {
    Site site;
    SiteTime time;
    std::unique_ptr<Clock> clock;
    std::filesystem::path data;
};
Result<Workplace> set_up(const Options& options);

/// One clear line to stderr: "foyer: ..."; answers the exit code for the error.
Exit complain(const Error& error);

}  // namespace foyer
