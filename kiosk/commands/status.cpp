#include "kiosk/commands/status.h"

#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kiosk/commands/sync.h"
#include "kiosk/effects.h"
#include "platform/secrets.h"
#include "sync/health.h"
#include "sync/records/audit_log.h"

namespace foyer {

namespace {

/// As the exchange last wrote it down.
Result<SyncHealth> exchange_health(Store& store, const Site& site) {
    SyncHealth health;
    if (site.server.base.empty()) {
        health.state = SyncHealth::State::unconfigured;
        return health;
    }
    const auto text = TRY(store.memo("sync-health"));
    return text ? health_from(*text) : Result<SyncHealth>(health);
}

void print_health(const SyncHealth& health, Instant now) {
    std::cout << "server          " << name(health.state);
    if (health.last_exchange)
        std::cout << ", last answer " << age(*health.last_exchange, now);
    if (health.drift)
        std::cout << fmt::format(", its clock {:.1f} s ahead",
                                 double(health.drift->count()) / 1000);
    std::cout << '\n';
    if (health.certificate_ends)
        std::cout << "certificate     ends " << format_instant(*health.certificate_ends)
                  << '\n';
    if (health.schedule_read)
        std::cout << "schedule        read in full " << age(*health.schedule_read, now)
                  << '\n';
}

void print(const StoreCounts& counts, const Workplace& place, ClockQuality clock,
           const SyncHealth& health) {
    const auto now = place.clock->now();
    std::cout << fmt::format("site            {} ({})\n", place.site.name,
                             place.site.id)
              << fmt::format("device          {} (index {})\n", place.site.device_name,
                             place.site.device_index)
              << fmt::format("records         {}, {:.1f} MB\n", place.data.string(),
                             double(counts.bytes) / 1e6)
              << fmt::format("today           {}, {}\n",
                             format_date(place.time.day_of(now)), place.site.time_zone)
              << fmt::format("clock           {}\n",
                             clock == ClockQuality::trusted ? "trusted" : "untrusted")
              << fmt::format("patients        {}\n", counts.patients)
              << fmt::format("visits          {}, {} today\n", counts.visits,
                             counts.visits_today)
              << fmt::format("check-ins       {} today\n", counts.check_ins_today)
              << fmt::format("waiting units   {}", counts.waiting_units);
    if (counts.oldest_waiting)
        std::cout << fmt::format(", the oldest from {}",
                                 age(*counts.oldest_waiting, now));
    std::cout << fmt::format("\nrefused         {}", counts.parked_units)
              << fmt::format("\nconflicts       {} for staff, {} settled",
                             counts.open_conflicts, counts.settled_conflicts);
    std::cout << fmt::format("\nforms begun     {}", counts.drafts)
              << fmt::format("\nsafety events   {}", counts.safety_events);
    std::cout << fmt::format("\naudit entries   {}\n", counts.audit_entries);
    print_health(health, now);
}

void print_json(const StoreCounts& counts, const Workplace& place, ClockQuality clock,
                const SyncHealth& health) {
    const auto now = place.clock->now();
    nlohmann::json out{
        {"site", place.site.id},
        {"device", place.site.device_name},
        {"device_index", place.site.device_index},
        {"data", place.data.string()},
        {"now", format_instant(now)},
        {"today", format_date(place.time.day_of(now))},
        {"time_zone", place.site.time_zone},
        {"clock", clock == ClockQuality::trusted ? "trusted" : "untrusted"},
        {"patients", counts.patients},
        {"visits", counts.visits},
        {"visits_today", counts.visits_today},
        {"check_ins_today", counts.check_ins_today},
        {"waiting_units", counts.waiting_units},
        {"parked_units", counts.parked_units},
        {"open_conflicts", counts.open_conflicts},
        {"settled_conflicts", counts.settled_conflicts},
        {"drafts", counts.drafts},
        {"safety_events", counts.safety_events},
        {"audit_entries", counts.audit_entries},
        {"bytes", counts.bytes},
    };
    out["exchange"] = nlohmann::json::parse(to_text(health), nullptr, false);
    if (counts.oldest_waiting)
        out["oldest_waiting"] = format_instant(*counts.oldest_waiting);
    std::cout << out.dump() << '\n';
}

Result<DeviceKeys> device_keys(const std::filesystem::path& data) {
    std::error_code none;
    if (!std::filesystem::exists(data / "foyer.db", none))
        return fail(Error::Code::not_found, "there are no records in " + data.string());
    const auto device = TRY(secret("device.key", data));
    return DeviceKeys(secret_key(device.bytes()));
}

}  // namespace

Exit status_command(const Options& options) {
    auto place = set_up(options);
    if (!place) return complain(place.error());
    auto store = open_store(place->data, place->site, place->time);
    if (!store) return complain(store.error());
    const auto clock = store->see_clock(place->clock->now());
    if (!clock) return complain(clock.error());
    const auto counts = store->counts(place->clock->now());
    if (!counts) return complain(counts.error());
    const auto health = exchange_health(*store, place->site);
    if (!health) return complain(health.error());
    if (options.json)
        print_json(*counts, *place, *clock, *health);
    else
        print(*counts, *place, *clock, *health);
    return Exit::ok;
}

Exit verify_audit_log_command(const Options& options) {
    const auto data = data_directory(options);
    const auto keys = device_keys(data);
    if (!keys) return complain(keys.error());
    const auto verdict = verify_audit_log(data, *keys);
    if (!verdict) return complain(verdict.error());
    const bool whole = verdict->why.empty();
    if (options.json) {
        nlohmann::json out{{"entries", verdict->entries}, {"whole", whole}};
        if (verdict->bad_seq) out["first_bad"] = *verdict->bad_seq;
        if (!whole) out["why"] = verdict->why;
        std::cout << out.dump() << '\n';
    } else if (whole) {
        std::cout << fmt::format("The audit log is whole: {} entries.\n",
                                 verdict->entries);
    } else if (verdict->bad_seq) {
        std::cout << fmt::format(
            "The audit log is broken at entry {}: {}. {} before it "
            "are whole.\n",
            *verdict->bad_seq, verdict->why, verdict->entries);
    } else {
        std::cout << fmt::format("The audit log is broken: {}.\n", verdict->why);
    }
    return whole ? Exit::ok : Exit::unclean;
}

Exit export_audit_log_command(const Options& options) {
    const auto written = export_audit_log(data_directory(options), std::cout);
    if (!written) return complain(written.error());
    return Exit::ok;
}

}  // namespace foyer
