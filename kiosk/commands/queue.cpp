#include "kiosk/commands/queue.h"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kiosk/effects.h"
#include "sync/clinic/call_name.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

struct Desk {
    Workplace place;
    Store store;
};

Result<Desk> open_desk(const Options& options) {
    auto place = TRY(set_up(options));
    auto store = TRY(open_store(place.data, place.site, place.time));
    return Desk{std::move(place), std::move(store)};
}

std::string clock_of(const LobbyEntry& entry, const SiteTime& time) {
    const auto minutes = int(time.local(entry.since).minutes.count());
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

Json json_of(const LobbyEntry& entry) {
    Json json = {{"call_name", spoken(entry.call_name, "en")},
                 {"since", format_instant(entry.since)},
                 {"clock", code(entry.clock)},
                 {"need", code(entry.need)},
                 {"device", entry.device},
                 {"called", entry.called}};
    if (!entry.topic.empty()) json["topic"] = entry.topic;
    if (entry.need == LobbyNeed::guest) {
        json["guest"] = entry.guest;
        json["code"] = entry.guest_code;
        json["appointment"] = entry.appointment;
        json["release"] = entry.release;
    }
    return json;
}

/// What staff have to know beside the need.
std::string more_of(const LobbyEntry& entry) {
    if (entry.need != LobbyNeed::guest)
        return entry.topic.empty() ? "" : ": " + entry.topic;
    std::string more = entry.guest.empty() ? "" : ": " + entry.guest;
    if (!entry.guest_code.empty()) more += ", code " + entry.guest_code;
    if (entry.appointment.empty()) return more;
    return more + ", " + entry.appointment +
           (entry.release ? ", release on file" : ", no release: public lobby only");
}

Result<void> list(const Options& options) {
    auto desk = TRY(open_desk(options));
    const auto waiting = TRY(desk.store.lobby(desk.place.clock->now()));
    if (options.json) {
        Json all = Json::array();
        for (const auto& entry : waiting) all.push_back(json_of(entry));
        std::cout << Json{{"waiting", all}}.dump() << '\n';
        return {};
    }
    if (waiting.empty()) std::cout << "nobody waits without a visit\n";
    for (const auto& entry : waiting)
        std::cout << fmt::format(
            "{:<16} since {}{}  {}{}{}\n", spoken(entry.call_name, "en"),
            clock_of(entry, desk.place.time),
            entry.clock == ClockQuality::trusted ? "" : " (?)", code(entry.need),
            more_of(entry), entry.called ? ", called" : "");
    return {};
}

Result<void> done(const Options& options, const std::string& said) {
    const auto name = call_name_from(said);
    if (!name) return fail(Error::Code::bad_input, "write a call name, as \"Fern 27\"");
    auto desk = TRY(open_desk(options));
    const auto now = desk.place.clock->now();
    TRY(desk.store.see_clock(now));
    return desk.store.leave_lobby(*name, now);
}

}  // namespace

Exit queue_command(const Options& options) {
    const auto listed = list(options);
    return listed ? Exit::ok : complain(listed.error());
}

Exit queue_done_command(const Options& options, const std::string& call_name) {
    const auto gone = done(options, call_name);
    return gone ? Exit::ok : complain(gone.error());
}

}  // namespace foyer
