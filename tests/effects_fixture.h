#pragma once

#include <stdlib.h>

#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/assets.h"
#include "kiosk/effects.h"
#include "kiosk/ui/words.h"
#include "platform/secrets.h"
#include "platform/simulated/printer.h"
#include "sync/clinic/slip_token.h"
#include "sync/site/simulated_desk.h"

namespace foyer {

/// A kiosk's worker on this thread, with real records in a directory that goes with the
/// test. It is Monday 23 November 2026, 9:41 in New York.
class AtTheKiosk : public testing::Test {
protected:
    AtTheKiosk() {
        char name[] = "/tmp/foyer-effects-XXXXXX";
        data = mkdtemp(name);
        site.locations = {"here"};
        site.waiting_place = {{"en", "the Garden lounge"}};
        EXPECT_TRUE(open_translations(asset("locale").string()));
        schedule();
        restart();
    }
    ~AtTheKiosk() override {
        effects.reset();
        std::filesystem::remove_all(data);
    }

    std::filesystem::path data;
    Site site;
    ManualClock clock{at("09:41")};
    SimulatedPrinter printer;
    SimulatedDesk desk;
    std::unique_ptr<Effects> effects;
    std::vector<Outcome> outcomes;
    std::vector<std::string> durable;  ///< orders whose work is on disk, as they come
    std::chrono::milliseconds lock_wait{0};
    bool has_server = false;  ///< before restart()
    SyncHealth server;
    int queued = 0;  ///< how often the exchange was told to look

    static Instant at(const std::string& time, const std::string& day = "2026-11-23") {
        return parse_instant(day + "T" + time + ":00-05:00").value();
    }
    static Date born(int year, unsigned month, unsigned day) {
        return Date{std::chrono::year{year}, std::chrono::month{month},
                    std::chrono::day{day}};
    }

    /// As after a power cut: nothing in memory is left.
    void restart() {
        Effects::Parts parts;
        parts.clock = &clock;
        parts.printer = &printer;
        parts.desk = &desk;
        parts.site = site;
        parts.data = data;
        parts.lock_wait = lock_wait;
        if (has_server) {
            parts.exchange = [this] { return server; };
            parts.queued = [this] { ++queued; };
        }
        parts.done = [this](const char* order) { durable.emplace_back(order); };
        effects = Effects::create(std::move(parts)).value();
        orders(OpenStore{});
    }

    /// Carries out an order; answers what it came to.
    std::vector<Outcome>& orders(Effect effect) {
        outcomes.clear();
        effects->carry_out({std::move(effect), clock.elapsed(), "en", false},
                           [&](Outcome outcome) { outcomes.push_back(outcome); });
        return outcomes;
    }

    /// The clinic's server has answered something.
    std::vector<Outcome>& hears_from_clinic() {
        outcomes.clear();
        effects->look_around([&](Outcome outcome) { outcomes.push_back(outcome); });
        return outcomes;
    }
    /// The server has taken everything that waits.
    void server_takes_all() {
        auto store = records();
        const auto waiting = store.waiting_units(1000).value();
        std::vector<Settled> taken;
        for (const auto& unit : waiting)
            taken.push_back({.unit = unit.id, .how = Settled::How::acknowledged});
        EXPECT_TRUE(store.settle(taken));
    }

    /// The one outcome there must be.
    template <class E>
    E came_to() {
        if (outcomes.empty()) {
            ADD_FAILURE() << "it came to nothing";
            return E{};
        }
        const auto* event = std::get_if<E>(&outcomes.front().event);
        if (event == nullptr) {
            ADD_FAILURE() << "it came to something else, event "
                          << outcomes.front().event.index();
            return E{};
        }
        return *event;
    }
    template <class E>
    bool came() const {
        for (const auto& outcome : outcomes)
            if (std::holds_alternative<E>(outcome.event)) return true;
        return false;
    }

    PersonFound finds(const std::string& family, Date when) {
        orders(FindPatient{family, when});
        return came_to<PersonFound>();
    }
    /// Somebody else's view of the records.
    Store records() { return open_store(data, site, time_zone()).value(); }
    std::string slip(const std::string& appointment) {
        const auto visit = records().visit_of(appointment, "").value();
        return sign_token({visit.id, visit.starts + std::chrono::hours(24)},
                          site_keys(data).value());
    }
    Visit visit(const std::string& appointment) {
        return records().visit_of(appointment, "").value();
    }
    int check_ins() {
        return int(records().counts(clock.now()).value().check_ins_today);
    }

    /// The kinds of lines for the desk, oldest first.
    std::vector<std::string> desk_lines() {
        std::vector<std::string> lines;
        const auto units = records().waiting_units(1000).value();
        for (const auto& unit : units) lines.push_back(unit.body);
        return lines;
    }
    bool desk_reads(const std::string& reason) {
        for (const auto& line : desk_lines())
            if (line.find("\"" + reason + "\"") != std::string::npos) return true;
        return false;
    }

    void given(const std::string& id, const std::string& patient,
               const std::string& starts, AppointmentStatus status,
               const std::string& location, const std::string& day = "2026-11-23") {
        Store::Batch::Appointment appointment;
        appointment.id = id;
        appointment.patients = {patient};
        appointment.starts = at(starts, day);
        appointment.ends = appointment.starts + std::chrono::minutes(50);
        appointment.status = status;
        appointment.service = Service::individual;
        appointment.location = location;
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(appointment));
        EXPECT_TRUE(batch.commit());
    }
    void known(const std::string& id, const std::string& family, Date when,
               const std::string& phone) {
        Patient patient;
        patient.id = id;
        patient.family = family;
        patient.given = "G" + id;
        patient.born = when;
        patient.phone = phone;
        auto store = records();
        auto batch = store.begin(clock.now()).value();
        EXPECT_TRUE(batch.put(patient));
        EXPECT_TRUE(batch.commit());
    }

    SiteTime time_zone() const { return SiteTime::in_zone(site.time_zone).value(); }

private:
    /// One person for every outcome.
    void schedule() {
        using enum AppointmentStatus;
        known("open", "Lovelace", born(1915, 12, 10), "212 555 0101");
        given("a-open", "open", "10:00", booked, "here");
        known("cancelled", "Sorensen", born(1994, 4, 4), "212 555 0102");
        given("a-cancelled", "cancelled", "10:00", cancelled, "here");
        known("elsewhere", "Mensah", born(1958, 12, 31), "212 555 0103");
        given("a-elsewhere", "elsewhere", "10:00", booked, "there");
        known("over", "Wojcik", born(1983, 1, 25), "212 555 0104");
        given("a-over", "over", "08:00", fulfilled, "here");
        known("tomorrow", "Patel", born(1981, 9, 17), "212 555 0105");
        given("a-tomorrow", "tomorrow", "10:00", booked, "here", "2026-11-24");
        known("late", "Adebayo", born(1985, 10, 1), "212 555 0106");
        given("a-late", "late", "09:15", booked, "here");
        known("twin1", "Miller", born(1979, 6, 5), "212 555 0112");
        given("a-twin1", "twin1", "10:00", booked, "here");
        known("twin2", "Miller", born(1979, 6, 5), "212 555 0113");
        given("a-twin2", "twin2", "10:30", booked, "here");
    }
};

}  // namespace foyer
