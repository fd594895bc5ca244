#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "sync/records/inside.h"
#include "sync/tuning.h"

/// The list of classes: what the Slots held come to.
namespace foyer {

namespace {

using Json = nlohmann::json;
constexpr const char* lines_memo = "class-lines";

/// The text at a place of a foreign resource; empty if there is none.
std::string text_at(const Json& resource, const char* place) {
    const Json::json_pointer pointer(place);
    if (!resource.is_object() || !resource.contains(pointer)) return {};
    const auto& found = resource.at(pointer);
    return found.is_string() ? found.get<std::string>() : std::string();
}

/// The id at the end of a reference to that type; else empty.
std::string id_in(const std::string& reference, std::string_view prefix) {
    const auto found = reference.rfind(prefix);
    return found == std::string::npos ? std::string()
                                      : reference.substr(found + prefix.size());
}

HeldSeat::Status status_of(const std::string& text) {
    if (text == "free") return HeldSeat::Status::free;
    if (text == "busy" || text == "busy-tentative") return HeldSeat::Status::busy;
    if (text == "busy-unavailable") return HeldSeat::Status::blocked;
    return HeldSeat::Status::none;
}

HeldSeat seat_of(std::string_view json) {
    const Json slot = Json::parse(json, nullptr, false);
    HeldSeat seat;
    seat.session.schedule = id_in(text_at(slot, "/schedule/reference"), "Schedule/");
    const auto starts = parse_instant(text_at(slot, "/start"));
    const auto ends = parse_instant(text_at(slot, "/end"));
    if (seat.session.schedule.empty() || !starts || !ends) return seat;
    seat.session.starts = *starts;
    seat.session.ends = *ends;
    seat.status = status_of(text_at(slot, "/status"));
    return seat;
}

/// What a Schedule says of all its sessions.
struct AboutClass {
    std::string title, place;
    bool active = true;
};

}  // namespace

/// Every Slot, each opened once: 500 sessions of 12 seats are 6,000, and the list is
/// wanted whenever somebody turns a page.
Result<void> Store::Inside::look_at_slots() {
    std::map<Alias, HeldSeat> now;
    const auto look = [&](const Row& row) -> Result<bool> {
        const Alias id = row.alias(0);
        const auto sealed = row.blob(1);
        const auto nonce = nonce_of(sealed);
        auto held = seats.extract(id);
        if (!held.empty() && held.mapped().nonce == nonce) {
            now.insert(now.end(), std::move(held));
            return true;
        }
        const auto text = TRY(open("resource", id, sealed));
        HeldSeat seat = seat_of(text.view());
        seat.nonce = nonce;
        now.emplace_hint(now.end(), id, std::move(seat));
        return true;
    };
    TRY(database.select(
        look, "select id, sealed from resource where type = 'Slot' order by id"));
    seats = std::move(now);
    return {};
}

Result<std::vector<SessionSeats>> Store::sessions(Instant after) {
    TRY(inside_->look_at_slots());
    std::map<std::pair<Instant, std::string_view>, SessionSeats> all;
    for (const auto& [id, seat] : inside_->seats) {
        if (seat.status == HeldSeat::Status::none || seat.session.ends <= after)
            continue;
        const auto [found, fresh] =
            all.try_emplace({seat.session.starts, seat.session.schedule});
        auto& session = found->second;
        if (fresh) session.session = seat.session;
        if (seat.status == HeldSeat::Status::blocked) continue;
        ++session.seats;
        if (seat.status == HeldSeat::Status::free) ++session.free;
    }
    const auto held = TRY(leases());
    for (const Lease& lease : held) {
        const auto session = all.find({lease.session.starts, lease.session.schedule});
        if (session != all.end() && lease.expires - tuning::lease_stops_before > after)
            ++session->second.leased;
    }

    const auto lines =
        Json::parse(TRY(inside_->read_memo(lines_memo)).value_or("{}"), nullptr, false);
    std::map<std::string_view, AboutClass> classes;
    const auto about = [&](const std::string& schedule) -> const AboutClass& {
        const auto [found, fresh] = classes.try_emplace(schedule);
        if (fresh) {
            AboutClass& one = found->second;
            const Json resource =
                Json::parse(inside_->resource("Schedule/" + schedule), nullptr, false);
            one.title = text_at(resource, "/serviceType/0/text");
            if (one.title.empty())
                one.title = text_at(resource, "/serviceType/0/coding/0/display");
            one.active =
                !resource.is_object() || resource.value("active", Json()) != false;
            if (resource.is_object() && resource.contains("actor"))
                for (const Json& actor : resource["actor"]) {
                    const auto id = id_in(text_at(actor, "/reference"), "Location/");
                    if (id.empty() || !one.place.empty()) continue;
                    one.place = text_at(Json::parse(inside_->resource("Location/" + id),
                                                    nullptr, false),
                                        "/name");
                    if (one.place.empty()) one.place = text_at(actor, "/display");
                }
        }
        return found->second;
    };
    std::vector<SessionSeats> sessions;
    sessions.reserve(all.size());
    for (auto& [when, session] : all) {
        const AboutClass& of = about(session.session.schedule);
        session.title = of.title;
        session.place = of.place;
        session.cancelled = session.seats == 0 || !of.active;
        if (session.cancelled) session.free = session.leased = 0;
        if (!lines.empty() && lines.is_object())
            if (const auto line = lines.find(session.session.key());
                line != lines.end() && line->is_number_integer())
                session.waiting = line->get<int>();
        sessions.push_back(std::move(session));
    }
    return sessions;
}

Result<void> Store::set_class_lines(const std::map<std::string, int>& lines) {
    const std::string text = Json(lines).dump();
    if (TRY(memo(lines_memo)) == text) return {};
    return set_memo(lines_memo, text);
}

}  // namespace foyer
