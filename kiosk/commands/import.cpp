#include "kiosk/commands/import.h"

#include <unistd.h>

#include <iostream>

#include "kiosk/commands/demo.h"
#include "kiosk/effects.h"
#include "platform/log_events.h"
#include "sync/fhir/import.h"

namespace foyer {

namespace {

/// A line that is drawn over itself, on a terminal only.
class ProgressLine {
public:
    void operator()(std::int64_t done, std::int64_t total) {
        if (!shown_ || total <= 0) return;
        const int percent = int(done * 100 / total);
        if (percent == last_) return;
        last_ = percent;
        constexpr int width = 40;
        const int full = percent * width / 100;
        std::cerr << "\rimporting [" << std::string(std::size_t(full), '#')
                  << std::string(std::size_t(width - full), ' ') << "] " << percent
                  << " %" << std::flush;
    }
    void end() {
        if (shown_ && last_ >= 0) std::cerr << '\n';
    }

private:
    bool shown_ = ::isatty(STDERR_FILENO) == 1;
    int last_ = -1;
};

Exit tell(const ImportReport& report, bool json, std::chrono::milliseconds took) {
    if (json)
        std::cout << report_json(report) << '\n';
    else
        print_report(std::cout, report);
    std::int64_t unchanged = 0;
    for (const auto& [type, counts] : report.types) unchanged += counts.unchanged;
    log(events::import_done, report.taken(), unchanged, report.refused, took);
    if (report.stopped) return complain(*report.stopped);
    return report.clean() ? Exit::ok : Exit::unclean;
}

}  // namespace

Exit import_command(const Options& options,
                    const std::vector<std::filesystem::path>& files) {
    auto place = set_up(options);
    if (!place) return complain(place.error());
    auto store = open_store(place->data, place->site, place->time);
    if (!store) return complain(store.error());
    ProgressLine line;
    const auto begun = place->clock->elapsed();
    const auto report = import_files(
        files, *store,
        {place->time, place->clock->now(), place->site.service_codes,
         [&](std::int64_t done, std::int64_t total) { line(done, total); }});
    line.end();
    return tell(report, options.json, place->clock->elapsed() - begun);
}

Exit demo_command(const Options& options) {
    auto place = set_up(options);
    if (!place) return complain(place.error());
    auto store = open_store(place->data, place->site, place->time);
    if (!store) return complain(store.error());
    const auto begun = place->clock->elapsed();
    const auto report = import_demo(
        *store, {place->time, place->clock->now(), place->site.service_codes, {}});
    if (!report) return complain(report.error());
    return tell(*report, options.json, place->clock->elapsed() - begun);
}

}  // namespace foyer
