#include "kiosk/commands/sign_up.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "kiosk/effects.h"
#include "platform/secrets.h"
#include "sync/seats/seats.h"
#include "sync/server/connection.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

/// Long enough for a server to get over what it stumbled on, short for who waits.
constexpr milliseconds between_tries{150};

std::string when(Instant at, const SiteTime& time) {
    const auto local = time.local(at);
    const auto minutes = int(local.minutes.count());
    return fmt::format("{} {:02}:{:02}", format_date(local.day), minutes / 60,
                       minutes % 60);
}

/// What a person may believe of it.
std::string truth(const SignUp& sign_up, const SiteTime& time) {
    const std::string by =
        sign_up.accept_by ? " by " + when(*sign_up.accept_by, time) : std::string();
    switch (sign_up.state) {
        case SignUpState::confirmed:
            return "confirmed, seat " + sign_up.slot;
        case SignUpState::offered:
            return "offered a seat from the wait list, to be accepted" + by;
        case SignUpState::missed:
            return "the offer was not accepted in time; may join again";
        case SignUpState::released:
            return "had not come, the seat was given away";
        case SignUpState::called_off:
            return "the session is called off";
        case SignUpState::waiting:
            return sign_up.place > 0
                       ? fmt::format("on the wait list, place {}", sign_up.place)
                       : "on the wait list";
        case SignUpState::asked:
            return "asked for, not confirmed yet";
        case SignUpState::refused:
            return "refused by the clinic";
        case SignUpState::left:
            return "given up";
    }
    return {};
}

Json json_of(const SignUp& sign_up) {
    return {{"session", sign_up.session.key()},
            {"patient", sign_up.patient},
            {"unit", sign_up.unit},
            {"state", name(sign_up.state)},
            {"slot", sign_up.slot},
            {"appointment", sign_up.appointment},
            {"place", sign_up.place},
            {"accept_by",
             sign_up.accept_by ? Json(format_instant(*sign_up.accept_by)) : Json()},
            {"told", sign_up.told}};
}

struct Desk {
    Workplace place;
    Store store;
    ClockQuality clock;

    Instant now() const { return place.clock->now(); }
};

Result<Desk> open_desk(const Options& options) {
    auto place = TRY(set_up(options));
    auto store = TRY(open_store(place.data, place.site, place.time));
    const auto clock = TRY(store.see_clock(place.clock->now()));
    return Desk{std::move(place), std::move(store), clock};
}

Result<Alias> patient_of(Desk& desk, const std::string& id) {
    const auto keys = TRY(site_keys(desk.place.data));
    const Alias alias = keys.alias_of("Patient", id);
    if (!desk.store.patient(alias))
        return fail(Error::Code::not_found, "no such patient is in the records");
    return alias;
}

Result<void> list(Desk& desk, const SignUpOptions& options, bool json) {
    const auto sessions = TRY(desk.store.sessions(desk.now()));
    std::vector<SignUp> own;
    if (!options.patient.empty()) {
        const auto patient = TRY(patient_of(desk, options.patient));
        own = TRY(desk.store.sign_ups_of(patient));
    }
    if (json) {
        Json out = {{"sessions", Json::array()}, {"sign_ups", Json::array()}};
        for (const SessionSeats& each : sessions)
            out["sessions"].push_back({{"key", each.session.key()},
                                       {"title", each.title},
                                       {"starts", format_instant(each.session.starts)},
                                       {"ends", format_instant(each.session.ends)},
                                       {"seats", each.seats},
                                       {"free", each.free},
                                       {"leased", each.leased},
                                       {"waiting", each.waiting},
                                       {"place", each.place},
                                       {"cancelled", each.cancelled}});
        for (const SignUp& each : own) out["sign_ups"].push_back(json_of(each));
        std::cout << out.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
        return {};
    }
    for (const SessionSeats& each : sessions)
        std::cout << fmt::format(
            "{}  {}  {}{}{}  {}\n", when(each.session.starts, desk.place.time),
            each.title.empty() ? "class" : each.title,
            each.cancelled ? std::string("called off")
                           : fmt::format("{} of {} seats free", each.free, each.seats),
            each.leased == 0 ? std::string()
                             : fmt::format(", {} held here", each.leased),
            each.waiting == 0 ? std::string() : fmt::format(", {} wait", each.waiting),
            each.session.key());
    for (const SignUp& each : own)
        std::cout << fmt::format("{}  {}\n", when(each.session.starts, desk.place.time),
                                 truth(each, desk.place.time));
    return {};
}

Result<SignUp> act(Desk& desk, const SignUpOptions& options) {
    const auto patient = TRY(patient_of(desk, options.patient));
    if (options.leave || options.accept) {
        const auto own = TRY(desk.store.sign_ups_of(patient));
        for (const SignUp& each : own)
            if (each.session.key() == options.session && !over(each.state))
                return options.leave
                           ? desk.store.leave_class(each.unit, desk.now())
                           : desk.store.accept_offer(each.unit, desk.now(), desk.clock);
        return fail(Error::Code::not_found, "the patient is not signed up for that");
    }
    const auto sessions = TRY(desk.store.sessions(desk.now()));
    const auto wanted = std::ranges::find_if(sessions, [&](const SessionSeats& each) {
        return each.session.key() == options.session;
    });
    if (wanted == sessions.end())
        return fail(Error::Code::not_found,
                    "no such session is known; see foyer sign-up --list");
    if (wanted->cancelled)
        return fail(Error::Code::refused, "the session is called off");
    return desk.store.ask_sign_up({.patient = patient,
                                   .session = wanted->session,
                                   .at = desk.now(),
                                   .clock = desk.clock,
                                   .here = wanted->session.starts <= desk.now()});
}

Result<Abilities> abilities_of(Desk& desk, FhirServer& server) {
    if (const auto text = TRY(desk.store.memo("probe")))
        if (auto known = abilities_from(*text)) return known;
    auto found = TRY(probe(server, desk.place.site.id + "/" +
                                       std::to_string(desk.place.site.device_index)));
    TRY(desk.store.set_memo("probe", to_text(found)));
    return found;
}

/// Sends what waits of this sign-up. False: it was not all sent in time.
Result<bool> send(Desk& desk, FhirServer& server, const std::string& sign_up,
                  milliseconds deadline) {
    constexpr int at_most = 1000;
    server.end_by(deadline);
    const auto abilities = TRY(abilities_of(desk, server));
    Seats seats({.store = &desk.store,
                 .server = &server,
                 .clock = desk.place.clock.get(),
                 .site = &desk.place.site,
                 .time = desk.place.time,
                 .seed = std::hash<std::string>()(sign_up)});
    const std::string leaving = unit_id("leave-class|" + sign_up);
    const std::string accepting = unit_id("accept-offer|" + sign_up);
    for (;;) {
        const auto waiting = TRY(desk.store.waiting_units(at_most));
        const auto unit = std::ranges::find_if(waiting, [&](const Unit& each) {
            return each.id == sign_up || each.id == leaving || each.id == accepting;
        });
        if (unit == waiting.end()) return true;
        TRY(desk.store.begin_tries({*unit}));
        const auto settled = seats.send(*unit, abilities);
        if (settled) TRY(desk.store.settle({*settled}));
        if (settled && settled->how == Settled::How::parked) return false;
        if (settled && settled->how == Settled::How::acknowledged) continue;
        if (desk.place.clock->elapsed() + between_tries >= deadline) return false;
        std::this_thread::sleep_for(between_tries);
    }
}

}  // namespace

Exit sign_up_command(const Options& options, const SignUpOptions& wanted) {
    auto desk = open_desk(options);
    if (!desk) return complain(desk.error());
    if (wanted.list) {
        const auto listed = list(*desk, wanted, options.json);
        return listed ? Exit::ok : complain(listed.error());
    }
    if (wanted.session.empty() || wanted.patient.empty())
        return complain({Error::Code::bad_input,
                         "sign-up: a SESSION and --patient are needed, or --list"});
    const auto begun = desk->place.clock->elapsed();
    const auto asked = act(*desk, wanted);
    if (!asked) return complain(asked.error());

    // Whatever goes wrong from here on, it is recorded and will be sent.
    bool sent = false;
    if (!desk->place.site.server.base.empty()) {
        auto connection =
            connect(desk->place.site, desk->place.data, *desk->place.clock);
        if (!connection) return complain(connection.error());
        connection->server->believe_date(options.now.empty());
        const auto all = send(*desk, *connection->server, asked->unit,
                              begun + milliseconds(std::llround(wanted.wait * 1000)));
        sent = all.value_or(false);
        if (!all && all.error().code != Error::Code::offline &&
            all.error().code != Error::Code::no_answer &&
            all.error().code != Error::Code::busy)
            std::cerr << "foyer: " << all.error().what << '\n';
    }
    const auto stands = desk->store.sign_up(asked->unit);
    if (!stands || !*stands)
        return complain({Error::Code::corrupt, "the sign-up is gone from the records"});
    const SignUp& now = **stands;
    if (options.json) {
        Json out = json_of(now);
        out["sent"] = sent;
        out["milliseconds"] = (desk->place.clock->elapsed() - begun).count();
        std::cout << out.dump() << '\n';
    } else {
        std::cout << when(now.session.starts, desk->place.time) << "  "
                  << truth(now, desk->place.time) << '\n';
    }
    if (const auto told = desk->store.mark_told(now.unit); !told)
        return complain(told.error());
    return now.state == SignUpState::refused ? Exit::failed : Exit::ok;
}

}  // namespace foyer
