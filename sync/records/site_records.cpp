#include "sync/records/site_records.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/call_name.h"
#include "sync/records/attendance_unit.h"
#include "sync/records/inside.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

/// A device that was away over a weekend's first day is still told of Saturday.
constexpr std::chrono::hours keep_at_most{48};
/// A peer that is asked again what it heard finds its answer here.
constexpr std::chrono::hours keep_when_all_have_it{24};
/// Longer than any sender keeps what it sends, so that nothing counts twice.
constexpr std::chrono::hours keep_heard{96};

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_at(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string to_text(const Unit& unit) {
    return dumped({{"id", unit.id},
                   {"at", unit.at.time_since_epoch().count()},
                   {"body", unit.body},
                   {"after", unit.after}});
}

Result<SiteUnit> site_unit_from(const Alias& ref, Lane lane, std::string_view text) {
    const auto sealed = Json::parse(text, nullptr, false);
    if (!sealed.is_object() || !sealed.contains("at"))
        return fail(Error::Code::corrupt, "records: a unit of the site is damaged");
    SiteUnit result;
    result.ref = ref;
    result.unit.id = text_at(sealed, "id");
    result.unit.lane = lane;
    result.unit.at = Instant(std::chrono::milliseconds(sealed.value("at", 0LL)));
    result.unit.body = text_at(sealed, "body");
    result.unit.after = text_at(sealed, "after");
    const auto body = Json::parse(result.unit.body, nullptr, false);
    if (body.is_object() && text_at(body, "clock") != code(ClockQuality::trusted))
        result.clock = ClockQuality::untrusted;
    return result;
}

std::string to_text(const SitePeer& peer) {
    return dumped({{"name", peer.name},
                   {"key", peer.public_key},
                   {"heard", peer.heard ? Json(peer.heard->time_since_epoch().count())
                                        : Json()}});
}

Result<SitePeer> peer_from(SiteRole role, std::string_view text) {
    const auto sealed = Json::parse(text, nullptr, false);
    if (!sealed.is_object())
        return fail(Error::Code::corrupt, "records: a peer of the site is damaged");
    SitePeer peer{.name = text_at(sealed, "name"),
                  .role = role,
                  .public_key = text_at(sealed, "key")};
    if (const auto heard = sealed.find("heard");
        heard != sealed.end() && heard->is_number_integer())
        peer.heard = Instant(std::chrono::milliseconds(heard->get<std::int64_t>()));
    return peer;
}

/// What a kiosk or the desk is told of an arrival, as its unit's body has it.
std::optional<ArrivalSeen> arrival_in(const Unit& unit) {
    const auto body = Json::parse(unit.body, nullptr, false);
    if (!body.is_object() || text_at(body, "act") != "check-in") return std::nullopt;
    const auto name = call_name_from(text_at(body, "call_name"));
    if (!name) return std::nullopt;
    ArrivalSeen heard;
    heard.unit = unit.id;
    heard.appointment = text_at(body, "appointment");
    heard.patient = text_at(body, "patient");
    const auto says = [&](const char* what) {
        const auto found = body.find(what);
        return found != body.end() && *found == true;
    };
    heard.check_in = {.at = unit.at,
                      .clock = text_at(body, "clock") == code(ClockQuality::trusted)
                                   ? ClockQuality::trusted
                                   : ClockQuality::untrusted,
                      .call_name = *name,
                      .late = says("late")};
    if (const auto device = body.find("device");
        device != body.end() && device->is_number_integer())
        heard.device = device->get<int>();
    heard.method =
        attendance_method(text_at(body, "method")).value_or(AttendanceMethod::name);
    heard.attested = says("attested");
    heard.by_hand = says("by_hand");
    return heard;
}

}  // namespace

const char* name(SiteRole role) {
    switch (role) {
        case SiteRole::kiosk:
            return "kiosk";
        case SiteRole::desk:
            return "desk";
        case SiteRole::board:
            return "board";
    }
    return "";
}

const char* name(SiteRefusal why) {
    switch (why) {
        case SiteRefusal::old:
            return "old";
        case SiteRefusal::future:
            return "future";
        case SiteRefusal::role:
            return "role";
    }
    return "";
}

// --- who is told
// ---------------------------------------------------------------------------

Result<void> Store::set_site_peers(const std::vector<SitePeer>& peers) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    auto known = TRY(inside_->site_peers());
    for (const auto& peer : peers) {
        const Alias row = inside_->peer_row(peer.public_key);
        SitePeer kept = peer;
        for (const auto& old : known)
            if (old.public_key == peer.public_key && !kept.heard)
                kept.heard = old.heard;
        TRY(inside_->database.execute(R"sql(
            insert into site_peer (id, role, sealed) values (?1, ?2, ?3)
                on conflict (id) do update
               set role = excluded.role, sealed = excluded.sealed
        )sql",
                                      row, std::int64_t(peer.role),
                                      inside_->seal("site_peer", row, to_text(kept))));
    }
    for (const auto& old : known)
        if (std::ranges::none_of(peers, [&](const SitePeer& peer) {
                return peer.public_key == old.public_key;
            }))
            TRY(inside_->database.execute("delete from site_peer where id = ?1",
                                          inside_->peer_row(old.public_key)));
    return transaction.commit();
}

Alias Store::Inside::peer_row(std::string_view public_key) const {
    return site.alias_of("SitePeer", public_key);
}

Result<std::vector<SitePeer>> Store::Inside::site_peers() {
    return database.select(
        [&](const Row& row) -> Result<SitePeer> {
            const auto text = TRY(open("site_peer", row.alias(0), row.blob(2)));
            return peer_from(SiteRole(row.integer(1)), text.view());
        },
        "select id, role, sealed from site_peer order by id");
}

Result<std::vector<SitePeerStatus>> Store::site_status() {
    std::vector<SitePeerStatus> all;
    auto peers = TRY(inside_->site_peers());
    for (auto& peer : peers) {
        const auto waiting = TRY(site_waiting(peer.public_key, peer.role, 1'000'000));
        SitePeerStatus status{.peer = std::move(peer),
                              .waiting = std::int64_t(waiting.size())};
        for (const auto& unit : waiting)
            if (!status.oldest || unit.unit.at < *status.oldest)
                status.oldest = unit.unit.at;
        all.push_back(std::move(status));
    }
    return all;
}

Result<void> Store::saw_site_peer(std::string_view public_key, Instant at) {
    const Alias row = inside_->peer_row(public_key);
    auto peers = TRY(inside_->site_peers());
    for (auto& peer : peers) {
        if (peer.public_key != public_key) continue;
        peer.heard = at;
        TRY(inside_->database.execute("update site_peer set sealed = ?2 where id = ?1",
                                      row,
                                      inside_->seal("site_peer", row, to_text(peer))));
    }
    return {};
}

// --- telling
// -------------------------------------------------------------------------------

Result<void> Store::Inside::tell_site(const Unit& unit) {
    if (unit.lane > Lane::sign_ups) return {};
    const Alias row = site.alias_of("Unit", unit.id);
    TRY(database.execute(R"sql(
        insert into site_outbox (unit, lane, visit, sealed)
        select ?1, ?2, ?3, ?4 where exists (select 1 from site_peer)
            on conflict (unit) do nothing
    )sql",
                         row, std::int64_t(unit.lane), unit.visit,
                         seal("site_outbox", row, to_text(unit))));
    return {};
}

Result<void> Store::tell_site(const Unit& unit) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    TRY(inside_->tell_site(unit));
    return transaction.commit();
}

Result<SiteUnit> Store::Inside::site_unit(const Row& row) const {
    const auto text = TRY(open("site_outbox", row.alias(0), row.blob(2)));
    return site_unit_from(row.alias(0), Lane(row.integer(1)), text.view());
}

Result<std::vector<SiteUnit>> Store::site_waiting(std::string_view peer, SiteRole role,
                                                  int at_most) {
    // Safety is for staff alone.
    const Lane first = role == SiteRole::desk ? Lane::safety : Lane::arrivals;
    return inside_->database.select(
        [&](const Row& row) { return inside_->site_unit(row); }, R"sql(
        select unit, lane, sealed
          from site_outbox o
         where lane >= ?2
           and not exists (select 1
                             from site_heard h
                            where h.unit = o.unit and h.peer = ?1)
         order by lane, seq
         limit ?3
    )sql",
        inside_->peer_row(peer), std::int64_t(first), at_most);
}

Result<std::vector<SiteUnit>> Store::site_unseen(std::string_view peer, int at_most) {
    return inside_->database.select(
        [&](const Row& row) { return inside_->site_unit(row); }, R"sql(
        select o.unit, o.lane, o.sealed
          from site_outbox o join site_heard h on h.unit = o.unit
         where o.lane = 0 and h.peer = ?1 and h.shown = 0
         order by o.seq
         limit ?2
    )sql",
        inside_->peer_row(peer), at_most);
}

Result<void> Store::site_heard(std::string_view peer, const Alias& unit,
                               Hearing hearing) {
    TRY(inside_->database.execute(R"sql(
        insert into site_heard (unit, peer, shown)
        select o.unit, p.id, ?3
          from site_outbox o join site_peer p
         where o.unit = ?1 and p.id = ?2
            on conflict (unit, peer) do update set shown = max(shown, excluded.shown)
    )sql",
                                  unit, inside_->peer_row(peer),
                                  hearing == Hearing::shown));
    return {};
}

Result<bool> Store::desk_heard_arrival(const Alias& slip) {
    const auto visit = TRY(inside_->visit_for(slip));
    if (!visit) return false;
    const auto heard = TRY(inside_->database.select_one(
        [](const Row& row) -> Result<bool> { return row.integer(0) > 0; }, R"sql(
        select count(*)
          from site_outbox o
          join site_heard h on h.unit = o.unit
          join site_peer p on p.id = h.peer
         where o.visit = ?1 and o.lane = ?2 and p.role = ?3
    )sql",
        visit->row, std::int64_t(Lane::arrivals), std::int64_t(SiteRole::desk)));
    return heard.value_or(false);
}

Result<std::optional<bool>> Store::desk_sees_call(Instant since) {
    const auto call = [&](const Row& row) -> Result<std::pair<SiteUnit, bool>> {
        const auto text = TRY(inside_->open("site_outbox", row.alias(0), row.blob(1)));
        auto unit = TRY(site_unit_from(row.alias(0), Lane::safety, text.view()));
        return std::pair(std::move(unit), row.integer(2) > 0);
    };
    const auto calls = TRY(inside_->database.select(call,
                                                    R"sql(
        select unit, sealed,
               (select count(*)
                  from site_heard h join site_peer p on p.id = h.peer
                 where h.unit = o.unit and h.shown = 1 and p.role = ?1)
          from site_outbox o
         where lane = 0
         order by seq desc
         limit 50
    )sql",
                                                    std::int64_t(SiteRole::desk)));
    for (const auto& [asked, seen] : calls) {
        const auto body = Json::parse(asked.unit.body, nullptr, false);
        if (body.is_object() && text_at(body, "reason") == "help" &&
            asked.unit.at >= since)
            return std::optional(seen);
    }
    return std::optional<bool>();
}

// --- hearing
// -------------------------------------------------------------------------------

Result<bool> Store::take_from_site(const SiteUnit& heard, std::string_view peer,
                                   const Carrying& carrying, Instant now) {
    if (!heard.unit.id.empty() &&
        inside_->site.alias_of("Unit", heard.unit.id) != heard.ref)
        return fail(Error::Code::bad_input, "records: a unit under another's alias");
    auto transaction = TRY(Transaction::begin(inside_->database));
    const Alias from = inside_->peer_row(peer);
    const bool arrival = heard.unit.lane == Lane::arrivals;
    const bool fresh =
        TRY(inside_->database.execute(
            R"sql(
        insert into site_inbox (unit, peer, lane, applied, shown, carried, sealed)
        values (?1, ?2, ?3, ?4, 0, 0, ?5)
            on conflict (unit, peer) do nothing
    )sql",
            heard.ref, from, std::int64_t(heard.unit.lane), !arrival,
            inside_->seal("site_inbox", heard.ref, to_text(heard.unit)))) > 0;
    if (!fresh) return false;
    if (arrival)
        TRY(inside_->apply_arrival(heard, from, now));
    else if (const auto said = attendance_in(heard.unit))
        TRY(inside_->hear(*said, now));
    if (carrying.on) TRY(inside_->carry(heard, carrying, now));
    TRY(transaction.commit());
    return true;
}

Result<int> Store::apply_heard_arrivals(Instant now) {
    const auto waits = TRY(inside_->database.select_one(
        [](const Row&) -> Result<bool> { return true; },
        "select 1 from site_inbox where applied = 0 limit 1"));
    if (!waits) return 0;
    auto transaction = TRY(Transaction::begin(inside_->database));
    const auto open =
        TRY(inside_->inbox("select unit, lane, peer, shown, sealed "
                           "from site_inbox where applied = 0 order by seq"));
    int applied = 0;
    for (const auto& heard : open)
        if (TRY(inside_->apply_arrival(heard.unit, heard.from, now))) ++applied;
    TRY(transaction.commit());
    return applied;
}

/// False while the visit is not in the schedule here.
Result<bool> Store::Inside::apply_arrival(const SiteUnit& heard, const Alias& from,
                                          Instant now) {
    const auto arrival = arrival_in(heard.unit);
    if (arrival && !TRY(hear(*arrival, now))) return false;
    TRY(database.execute(
        "update site_inbox set applied = 1 where unit = ?1 and peer = ?2", heard.ref,
        from));
    return true;
}

/// Another's unit waits here for the server too, behind the time in which its own
/// device will usually have told it. Counted as tried: its anchor is looked for first.
Result<void> Store::Inside::carry(const SiteUnit& heard, const Carrying& carrying,
                                  Instant now) {
    // A seat on lease is its holder's to book (sync.md decision 6); that somebody is
    // called, or done with in the lobby, is nothing to the server.
    if (heard.unit.lane >= Lane::sign_ups || heard.unit.id.empty()) return {};
    const auto body = Json::parse(heard.unit.body, nullptr, false);
    if (!body.is_object() || text_at(body, "act") == "call" ||
        text_at(body, "act") == "lobby-done")
        return {};
    const auto queued =
        TRY(database.select_one([](const Row&) -> Result<bool> { return true; },
                                "select 1 from outbox where unit = ?1", heard.ref));
    if (queued) return {};
    Unit unit = heard.unit;
    if (const auto patient = text_at(body, "patient"); !patient.empty()) {
        unit.patient = patient_alias(patient);
        if (const auto appointment = text_at(body, "appointment"); !appointment.empty())
            unit.visit = visit_row(appointment, patient);
    }
    TRY(foyer::queue(database, unit, device, site));
    const auto after =
        unit.lane == Lane::safety ? carrying.safety_after : carrying.arrivals_after;
    TRY(database.execute("update outbox set attempts = 1, next_at = ?2 where unit = ?1",
                         heard.ref, now + after));
    TRY(database.execute("update site_inbox set carried = 1 where unit = ?1",
                         heard.ref));
    return {};
}

Result<std::vector<HeardUnit>> Store::Inside::inbox(const char* sql) {
    std::vector<std::pair<Alias, SitePeer>> known;
    auto peers = TRY(site_peers());
    for (auto& peer : peers)
        known.emplace_back(peer_row(peer.public_key), std::move(peer));
    return database.select(
        [&](const Row& row) -> Result<HeardUnit> {
            const auto text = TRY(open("site_inbox", row.alias(0), row.blob(4)));
            HeardUnit heard;
            heard.unit =
                TRY(site_unit_from(row.alias(0), Lane(row.integer(1)), text.view()));
            heard.from = row.alias(2);
            for (const auto& [alias, peer] : known)
                if (alias == heard.from) heard.name = peer.name;
            heard.shown = row.integer(3) != 0;
            return heard;
        },
        sql);
}

Result<std::vector<HeardUnit>> Store::heard_from_site() {
    return inside_->inbox(
        "select unit, lane, peer, shown, sealed "
        "from site_inbox order by lane, seq");
}

Result<bool> Store::heard_unit_shown(const Alias& unit) {
    const auto shown = TRY(inside_->database.select_one(
        [](const Row& row) -> Result<bool> { return row.integer(0) != 0; },
        "select max(shown) from site_inbox where unit = ?1", unit));
    return shown.value_or(false);
}

Result<void> Store::show_heard_unit(const Alias& unit) {
    TRY(inside_->database.execute("update site_inbox set shown = 1 where unit = ?1",
                                  unit));
    return {};
}

// --- what the server has
// -------------------------------------------------------------------

Result<std::vector<Alias>> Store::newly_at_server() {
    const auto alias = [](const Row& row) -> Result<Alias> { return row.alias(0); };
    auto own = TRY(inside_->database.select(alias, R"sql(
        select unit from site_outbox
         where at_server = 0 and lane < 30 and unit not in (select unit from outbox)
    )sql"));
    const auto carried = TRY(inside_->database.select(alias, R"sql(
        select distinct unit from site_inbox
         where carried = 1 and unit not in (select unit from outbox)
    )sql"));
    own.insert(own.end(), carried.begin(), carried.end());
    return own;
}

Result<void> Store::said_at_server(const std::vector<Alias>& units) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    for (const auto& unit : units) {
        TRY(inside_->database.execute(
            "update site_outbox set at_server = 1 where unit = ?1", unit));
        TRY(inside_->database.execute(
            "update site_inbox set carried = 2 where unit = ?1 and carried = 1", unit));
    }
    return transaction.commit();
}

Result<void> Store::at_server(const Alias& unit) {
    auto transaction = TRY(Transaction::begin(inside_->database));
    // Only what is carried for others: of our own we make sure ourselves.
    TRY(inside_->database.execute(R"sql(
        delete from outbox
         where unit = ?1
           and unit in (select unit from site_inbox where carried = 1)
    )sql",
                                  unit));
    TRY(inside_->database.execute(
        "update site_inbox set carried = 2 where unit = ?1 and carried = 1", unit));
    return transaction.commit();
}

Result<void> Store::purge_site(Instant now) {
    if (inside_->clock_quality() == ClockQuality::untrusted)
        return fail(Error::Code::refused,
                    "records: nothing is purged while the clock is in doubt");
    auto& database = inside_->database;
    auto transaction = TRY(Transaction::begin(database));
    // Counted from the first purge that sees a row, not from a time that a clock
    // without battery gave it.
    TRY(database.execute(
        "update site_outbox set keep_until = ?1 where keep_until is null",
        now + keep_at_most));
    TRY(database.execute(R"sql(
        update site_outbox
           set keep_until = ?1
         where keep_until > ?1
           and not exists (select 1
                             from site_peer p
                            where not exists (select 1
                                                from site_heard h
                                               where h.unit = site_outbox.unit
                                                 and h.peer = p.id))
    )sql",
                         now + keep_when_all_have_it));
    TRY(database.execute("delete from site_outbox where keep_until <= ?1", now));
    TRY(database.execute(
        "update site_inbox set keep_until = ?1 where keep_until is null",
        now + keep_heard));
    TRY(database.execute(
        "delete from site_inbox where keep_until <= ?1 and carried <> 1", now));
    return transaction.commit();
}

}  // namespace foyer
