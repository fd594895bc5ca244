#include "kiosk/commands/waitlist.h"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kiosk/effects.h"
#include "platform/secrets.h"
#include "sync/records/audit_log.h"
#include "sync/seats/seats.h"
#include "sync/server/connection.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

struct Desk {
    Workplace place;
    Store store;

    Instant now() const { return place.clock->now(); }
};

Result<Desk> open_desk(const Options& options) {
    auto place = TRY(set_up(options));
    auto store = TRY(open_store(place.data, place.site, place.time));
    return Desk{std::move(place), std::move(store)};
}

/// The seats at the clinic's server, by hand.
struct Counter {
    Connection connection;
    std::unique_ptr<Seats> seats;
};

Result<Counter> open_counter(Desk& desk, const Options& options) {
    Counter counter{TRY(connect(desk.place.site, desk.place.data, *desk.place.clock)),
                    nullptr};
    counter.connection.server->believe_date(options.now.empty());
    counter.seats = std::make_unique<Seats>(
        Seats::Parts{.store = &desk.store,
                     .server = counter.connection.server.get(),
                     .clock = desk.place.clock.get(),
                     .site = &desk.place.site,
                     .time = desk.place.time,
                     .seed = std::uint64_t(desk.now().time_since_epoch().count())});
    return counter;
}

Result<ClassSession> session_of(Desk& desk, const std::string& key) {
    const auto sessions = TRY(desk.store.sessions(desk.now()));
    for (const SessionSeats& each : sessions)
        if (each.session.key() == key) return each.session;
    return fail(Error::Code::not_found,
                "no such session is known; see foyer sign-up --list");
}

std::string when(Instant at, const SiteTime& time) {
    const auto local = time.local(at);
    const auto minutes = int(local.minutes.count());
    return fmt::format("{} {:02}:{:02}", format_date(local.day), minutes / 60,
                       minutes % 60);
}

/// As the server has it; without a way to it, as far as this kiosk's own patients go.
struct Lines {
    std::vector<Seats::Waiting> waiting;
    bool whole = false;
};

Result<Lines> lines_of(Desk& desk, const Options& options) {
    auto counter = open_counter(desk, options);
    if (counter) {
        auto lines = counter->seats->lines(desk.now() - tuning::class_lasts_at_most,
                                           desk.now() + tuning::seats_seen_ahead);
        if (lines) return Lines{std::move(*lines), true};
    }
    Lines own;
    const auto open = TRY(desk.store.open_sign_ups(desk.now()));
    for (const SignUp& each : open) {
        const bool offered = each.state == SignUpState::offered;
        if (!offered && each.state != SignUpState::waiting) continue;
        own.waiting.push_back({.unit = each.unit,
                               .patient = each.patient,
                               .session = each.session,
                               .asked = each.at,
                               .here = each.here,
                               .accept_by = offered ? each.accept_by : std::nullopt});
    }
    std::ranges::stable_sort(own.waiting, {}, &Seats::Waiting::asked);
    return own;
}

void print(const Desk& desk, const Lines& lines, const std::vector<SignUp>& untold) {
    std::string session;
    int place = 0;
    for (const auto& each : lines.waiting) {
        if (each.session.key() != session) {
            session = each.session.key();
            place = 0;
            std::cout << when(each.session.starts, desk.place.time) << "  " << session
                      << '\n';
        }
        std::cout << (each.accept_by
                          ? fmt::format("  offered until {}  {}\n",
                                        when(*each.accept_by, desk.place.time),
                                        each.patient)
                          : fmt::format("  {}  {}  asked {}{}\n", ++place, each.patient,
                                        when(each.asked, desk.place.time),
                                        each.here ? ", is here" : ""));
    }
    if (lines.waiting.empty()) std::cout << "nobody waits\n";
    for (const SignUp& each : untold)
        std::cout << fmt::format("not told yet: {}, {}{}  {}\n", each.patient,
                                 name(each.state), each.moved_from ? ", moved" : "",
                                 each.session.key());
    if (!lines.whole)
        std::cout << "the server is not reached: this kiosk's own patients only\n";
}

Json json_of(const Lines& lines, const std::vector<SignUp>& untold) {
    Json out = {
        {"whole", lines.whole}, {"waiting", Json::array()}, {"untold", Json::array()}};
    for (const auto& each : lines.waiting) {
        Json one = {{"session", each.session.key()},
                    {"patient", each.patient},
                    {"unit", each.unit},
                    {"asked", format_instant(each.asked)},
                    {"here", each.here}};
        if (each.accept_by) one["accept_by"] = format_instant(*each.accept_by);
        out["waiting"].push_back(std::move(one));
    }
    for (const SignUp& each : untold) {
        Json one = {{"session", each.session.key()},
                    {"patient", each.patient},
                    {"unit", each.unit},
                    {"state", name(each.state)}};
        if (each.moved_from) one["moved_from"] = format_instant(*each.moved_from);
        out["untold"].push_back(std::move(one));
    }
    return out;
}

Result<void> list(const Options& options, const WaitlistOptions& wanted) {
    auto desk = TRY(open_desk(options));
    auto lines = TRY(lines_of(desk, options));
    auto untold = TRY(desk.store.untold_sign_ups(desk.now()));
    const auto other = [&](const auto& each) {
        return !wanted.session.empty() && each.session.key() != wanted.session;
    };
    std::erase_if(lines.waiting, other);
    std::erase_if(untold, other);
    // Session by session; within one, offers first, then the line as it is.
    std::ranges::stable_sort(lines.waiting, {}, [](const Seats::Waiting& each) {
        return std::tuple(each.session.starts, each.session.schedule,
                          !each.accept_by.has_value());
    });
    if (options.json)
        std::cout << json_of(lines, untold)
                         .dump(-1, ' ', false, Json::error_handler_t::replace)
                  << '\n';
    else
        print(desk, lines, untold);
    return {};
}

enum class ByHand { release, offer };

Result<int> act(const Options& options, const WaitlistOptions& wanted, ByHand what) {
    if (wanted.by.empty())
        return fail(Error::Code::bad_input, "waitlist: --by NAME says who decides it");
    auto desk = TRY(open_desk(options));
    const auto session = TRY(session_of(desk, wanted.session));
    auto counter = TRY(open_counter(desk, options));
    int done = 0;
    if (what == ByHand::offer) {
        done = TRY(counter.seats->offer(session, wanted.by));
    } else {
        if (wanted.patient.empty() != wanted.no_shows)
            return fail(Error::Code::bad_input,
                        "waitlist release: a PATIENT, or --no-shows for all of them");
        if (session.starts > desk.now() && wanted.no_shows)
            return fail(Error::Code::bad_input,
                        "waitlist release: the class has not begun");
        done = TRY(counter.seats->release(session, wanted.patient, wanted.by));
    }
    if (done > 0) {
        std::optional<Alias> subject;
        if (!wanted.patient.empty())
            subject =
                TRY(site_keys(desk.place.data)).alias_of("Patient", wanted.patient);
        TRY(desk.store.log_staff_act(what == ByHand::offer ? AuditAction::seat_offered
                                                           : AuditAction::seat_released,
                                     subject, desk.now()));
    }
    return done;
}

Exit say(const Options& options, const Result<int>& done, const char* what) {
    if (!done) return complain(done.error());
    if (options.json)
        std::cout << Json{{what, *done}}.dump() << '\n';
    else
        std::cout << fmt::format("{} {} {}\n", *done, *done == 1 ? "seat" : "seats",
                                 what);
    return *done > 0 ? Exit::ok : Exit::failed;
}

}  // namespace

Exit waitlist_command(const Options& options, const WaitlistOptions& waitlist) {
    const auto listed = list(options, waitlist);
    return listed ? Exit::ok : complain(listed.error());
}

Exit waitlist_release_command(const Options& options, const WaitlistOptions& waitlist) {
    return say(options, act(options, waitlist, ByHand::release), "released");
}

Exit waitlist_offer_command(const Options& options, const WaitlistOptions& waitlist) {
    return say(options, act(options, waitlist, ByHand::offer), "offered");
}

}  // namespace foyer
