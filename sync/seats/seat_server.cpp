#include "sync/seats/seat_server.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/records/outbox.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

/// Servers have limits of their own; whatever they give, `next` is followed.
constexpr const char* page_size = "&_count=200";
/// A class of more than 200 * 50 seats in two weeks is a server that pages in circles.
constexpr int most_pages = 50;
/// Ids in one search (tuning::ids_at_once holds for what is pulled as well).
constexpr std::size_t ids_in_a_search = 50;

std::string between(const char* parameter, Instant from, Instant until) {
    const std::string name = std::string("&") + parameter + "=";
    return name + "ge" + encoded(format_instant(from)) + name + "lt" +
           encoded(format_instant(until));
}

bool tells_of_coming(const std::string& provenance) {
    const auto parsed = parse_json(provenance);
    const auto* activity = parsed ? object_of(*parsed, "activity") : nullptr;
    if (activity == nullptr) return false;
    for (const auto* coding : objects_of(*activity, "coding"))
        if (text_of(*coding, "system") == "urn:foyer:act" &&
            (text_of(*coding, "code") == "check-in" ||
             text_of(*coding, "code") == "attendance"))
            return true;
    return false;
}

/// A minute from its start: equal instants are not equal to a server that compares them
/// as text, and no two sessions of a class start within one.
Instant end_of_start(const ClassSession& session) {
    return session.starts + 1min;
}

}  // namespace

Result<void> SeatServer::must_be_good(const Answer& answer) {
    retry_after_ = answer.retry_after;
    switch (verdict_of(answer)) {
        case Verdict::done:
            return {};
        case Verdict::unauthorized:
            return fail(Error::Code::refused, "the server does not let us in");
        case Verdict::later:
            if (answer.status == 429 || answer.status == 503)
                return fail(Error::Code::busy, "the server asks us to wait");
            break;
        case Verdict::conflict:
        case Verdict::gone:
        case Verdict::refused:
            break;
    }
    return fail(Error::Code::bad_input,
                "the server answers " + std::to_string(answer.status));
}

Result<std::vector<std::string>> SeatServer::found(const std::string& query) {
    std::vector<std::string> all;
    auto answer = TRY(server_.search(query + page_size));
    for (int pages = 0; pages < most_pages; ++pages) {
        TRY(must_be_good(answer));
        auto page = TRY(page_from(answer.body));
        std::ranges::move(page.resources, std::back_inserter(all));
        if (page.next.empty()) return all;
        answer = TRY(server_.follow(page.next));
    }
    return fail(Error::Code::bad_input, "the server's pages have no end");
}

Result<std::vector<Booking>> SeatServer::bookings_of(const std::string& query) {
    std::vector<Booking> all;
    const auto resources = TRY(found(query));
    for (const std::string& resource : resources)
        if (auto booking = booking_from(resource)) all.push_back(*std::move(booking));
    std::ranges::sort(all, before);
    return all;
}

Result<std::optional<Booking>> SeatServer::booking_of(std::string_view unit) {
    auto all =
        TRY(bookings_of("Appointment?identifier=" + op_token(unit, "appointment")));
    if (all.empty()) return std::optional<Booking>();
    const auto held = std::ranges::find_if(all, &Booking::holds_seat);
    return std::optional(std::move(held != all.end() ? *held : all.front()));
}

Result<std::vector<Booking>> SeatServer::bookings(const std::vector<std::string>& ids) {
    std::string list;
    for (const std::string& id : ids) list += (list.empty() ? "" : ",") + encoded(id);
    return bookings_of("Appointment?_id=" + list);
}

Result<std::vector<Booking>> SeatServer::lines(Instant from, Instant until) {
    auto all = TRY(bookings_of("Appointment?status=waitlist,pending" +
                               between("date", from, until)));
    std::erase_if(all, [](const Booking& booking) {
        return !(booking.waits() || booking.offered()) || booking.unit.empty() ||
               booking.schedule.empty();
    });
    return all;
}

Result<std::vector<Booking>> SeatServer::waiting(Instant from, Instant until) {
    auto all = TRY(lines(from, until));
    std::erase_if(all, [](const Booking& booking) { return !booking.waits(); });
    return all;
}

Result<std::vector<Booking>> SeatServer::waiting(const ClassSession& session) {
    auto all = TRY(waiting(session.starts, end_of_start(session)));
    std::erase_if(all, [&](const Booking& booking) {
        return booking.schedule != session.schedule || booking.starts != session.starts;
    });
    return all;
}

Result<std::vector<Booking>> SeatServer::on_seats(
    const std::vector<std::string>& slots) {
    std::vector<Booking> all;
    for (std::size_t next = 0; next < slots.size(); next += ids_in_a_search) {
        std::string list;
        for (std::size_t i = next; i < std::min(next + ids_in_a_search, slots.size());
             ++i)
            list += (list.empty() ? "" : ",") + ("Slot/" + encoded(slots[i]));
        auto some = TRY(bookings_of("Appointment?slot=" + list));
        std::ranges::move(some, std::back_inserter(all));
    }
    return all;
}

Result<bool> SeatServer::has_come(const Booking& booking) {
    if (booking.holds_seat() && booking.status != "booked" &&
        booking.status != "pending")
        return true;
    const std::string reference = "Appointment/" + encoded(booking.id);
    const auto told = TRY(found("Provenance?target=" + reference));
    if (std::ranges::any_of(told, tells_of_coming)) return true;
    if (!booking.unit.empty()) {
        const std::string act = "attendance|sign-up|" + booking.unit + "|sign-in";
        const auto signed_in =
            TRY(found("Observation?identifier=" + op_token(unit_id(act), "sign-in")));
        if (!signed_in.empty()) return true;
    }
    const auto seen = found("Observation?focus=" + reference);
    // Not every server can be asked so; each sign-in has its Provenance as well.
    if (!seen && seen.error().code == Error::Code::bad_input) return false;
    return !TRY(seen).empty();
}

Result<std::vector<Seat>> SeatServer::seats(const std::string& schedule, Instant from,
                                            Instant until) {
    std::vector<Seat> all;
    const auto resources = TRY(found("Slot?schedule=Schedule/" + encoded(schedule) +
                                     between("start", from, until)));
    for (const std::string& resource : resources) {
        auto seat = seat_from(resource);
        if (seat && seat->session.schedule == schedule) all.push_back(*std::move(seat));
    }
    std::ranges::sort(all, {}, &Seat::id);
    return all;
}

Result<std::vector<Seat>> SeatServer::seats(const ClassSession& session) {
    auto all = TRY(seats(session.schedule, session.starts, end_of_start(session)));
    std::erase_if(
        all, [&](const Seat& seat) { return seat.session.starts != session.starts; });
    return all;
}

Result<std::optional<Answer>> SeatServer::one(std::string_view type,
                                              std::string_view id) {
    auto answer = TRY(server_.read(type, id));
    if (verdict_of(answer) == Verdict::gone) return std::optional<Answer>();
    TRY(must_be_good(answer));
    return std::optional(std::move(answer));
}

Result<std::optional<Booking>> SeatServer::booking(std::string_view id) {
    const auto answer = TRY(one("Appointment", id));
    if (!answer) return std::optional<Booking>();
    auto booking = TRY(booking_from(answer->body));
    if (!answer->version.empty()) booking.version = answer->version;
    return std::optional(std::move(booking));
}

Result<std::optional<Seat>> SeatServer::seat(std::string_view id) {
    const auto answer = TRY(one("Slot", id));
    if (!answer) return std::optional<Seat>();
    auto seat = TRY(seat_from(answer->body));
    if (!answer->version.empty()) seat.version = answer->version;
    return std::optional(std::move(seat));
}

Result<std::optional<ClassSchedule>> SeatServer::schedule(std::string_view id) {
    const auto answer = TRY(one("Schedule", id));
    if (!answer) return std::optional<ClassSchedule>();
    return std::optional(TRY(schedule_from(answer->body)));
}

Result<std::optional<std::string>> SeatServer::place(std::string_view id) {
    auto answer = TRY(one("Location", id));
    if (!answer) return std::optional<std::string>();
    return std::optional(std::move(answer->body));
}

Result<SeatServer::Outcome> SeatServer::outcome(const Answer& answer) {
    new_version_ = answer.version;
    retry_after_ = answer.retry_after;
    switch (verdict_of(answer)) {
        case Verdict::done:
            return Outcome::done;
        case Verdict::conflict:
        case Verdict::gone:
            return Outcome::lost;
        case Verdict::refused:
            why_ = outcome_text(answer.body);
            if (why_.empty()) why_ = "status " + std::to_string(answer.status);
            return Outcome::refused;
        case Verdict::later:
            if (answer.status != 429 && answer.status != 503) return Outcome::unknown;
            break;
        case Verdict::unauthorized:
            break;
    }
    TRY(must_be_good(answer));
    return Outcome::unknown;
}

Result<SeatServer::Outcome> SeatServer::change(const std::vector<Change>& changes) {
    return outcome(TRY(server_.transact(transaction_of(changes))));
}

Result<SeatServer::Outcome> SeatServer::put(const Seat& seat,
                                            const std::string& resource) {
    return outcome(TRY(server_.put("Slot", seat.id, resource, seat.version)));
}

Result<SeatServer::Outcome> SeatServer::put(const Booking& booking,
                                            const std::string& resource) {
    return outcome(
        TRY(server_.put("Appointment", booking.id, resource, booking.version)));
}

Result<SeatServer::Outcome> SeatServer::create(const std::string& resource,
                                               const std::string& unless) {
    return outcome(TRY(server_.create("Appointment", resource, unless)));
}

}  // namespace foyer
