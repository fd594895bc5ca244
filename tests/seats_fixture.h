#pragma once

#include <deque>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "records_fixture.h"
#include "sync/seats/seat_resources.h"
#include "sync/seats/seats.h"
#include "sync/tuning.h"
#include "tests/support/fake_fhir.h"
#include "tests/support/fake_http.h"

namespace foyer {

/// A class on Tuesday at half past eight at a clinic's server of either manner, and
/// kiosks of the clinic: each has real records and its own way to the server.
class SeatsTest : public testing::TestWithParam<FakeFhir::Manner> {
protected:
    using Json = nlohmann::json;

    class Kiosk {
    public:
        Kiosk(SeatsTest& test, int index)
            : test_(test), index_(index), http(test.server) {
            site.id = "clinic";
            site.device_index = index;
            site.server.schedules = {"Schedule/yoga"};
            std::string name = "/tmp/foyer-seats-XXXXXX";
            if (std::filesystem::is_directory("/dev/shm"))
                name = "/dev/shm/foyer-seats-XXXXXX";
            directory_ = mkdtemp(name.data());
            starts();
        }
        ~Kiosk() {
            seats_.reset();
            store_.reset();
            std::filesystem::remove_all(directory_);
        }
        Kiosk(const Kiosk&) = delete;
        Kiosk& operator=(const Kiosk&) = delete;

        /// As after a power cut: what is not in the records is forgotten.
        void starts() {
            seats_.reset();
            store_.reset();
            store_.emplace(must(
                Store::open(directory_, DeviceKeys(test_key(std::uint8_t(index_ + 1))),
                            SiteKeys(test_key(99)), new_york(), index_,
                            std::chrono::milliseconds(0))));
            fhir_ = std::make_unique<FhirServer>(
                FhirServer::Parts{.http = &http,
                                  .tokens = &token_,
                                  .clock = &test_.clock,
                                  .base = std::string(FakeFhir::base)});
            seats_ =
                std::make_unique<Seats>(Seats::Parts{.store = &*store_,
                                                     .server = fhir_.get(),
                                                     .clock = &test_.clock,
                                                     .site = &site,
                                                     .time = new_york(),
                                                     .seed = std::uint64_t(index_),
                                                     .peers_synced = peers_synced});
        }

        Store& store() { return *store_; }

        void knows(const std::string& patient) {
            auto batch = must(store().begin());
            Patient person;
            person.id = patient;
            person.family = "Family-" + patient;
            must(batch.put(person));
            must(batch.commit());
        }
        /// The patient asks; nothing is sent.
        SignUp asks(const std::string& patient, bool here = false) {
            knows(patient);
            return must(store().ask_sign_up({.patient = alias(patient),
                                             .session = test_.yoga,
                                             .at = test_.clock.now(),
                                             .clock = clock_quality,
                                             .here = here}));
        }
        /// Sends what waits, each once; answers what became of the last.
        Result<Settled> sends() {
            Result<Settled> last = fail(Error::Code::not_found, "nothing waits");
            for (const Unit& unit : must(store().ready_units(
                     test_.clock.now() + std::chrono::hours(1), 100))) {
                must(store().begin_tries({unit}));
                last = seats_->send(unit, test_.abilities);
                if (!last) return last;
                must(store().settle({*last}));
            }
            return last;
        }
        SignUp signs_up(const std::string& patient, bool here = false) {
            const SignUp asked = asks(patient, here);
            must(sends());
            return stands(asked.unit);
        }
        SignUp accepts(const std::string& unit) {
            return must(store().accept_offer(unit, test_.clock.now(), clock_quality));
        }
        /// The schedule's Slots as the server has them now.
        void reads_slots() {
            auto batch = must(store().begin());
            for (const Json& slot : test_.all("Slot"))
                must(batch.put("Slot", id_of(slot), slot.dump()));
            must(batch.commit());
        }
        SignUp stands(const std::string& unit) {
            return must(store().sign_up(unit)).value();
        }
        void leaves(const std::string& unit) {
            must(store().leave_class(unit, test_.clock.now()));
        }
        /// All the house-keeping that is due now.
        void tends(bool elected = false) {
            for (int i = 0; i < 300; ++i)
                if (must(seats_->tend(test_.clock.now(), test_.abilities, elected)) >
                    test_.clock.now())
                    return;
            ADD_FAILURE() << "the house-keeping has no end";
        }
        /// One chore, and whatever goes wrong with it.
        Result<Instant> tends_once() {
            return seats_->tend(test_.clock.now(), test_.abilities, false);
        }
        std::size_t units() { return must(store().waiting_units(100)).size(); }
        Alias alias(const std::string& patient) const {
            return SiteKeys(test_key(99)).alias_of("Patient", patient);
        }
        std::string device() const { return "clinic/" + std::to_string(index_); }
        Seats& seats() { return *seats_; }

    private:
        SeatsTest& test_;
        int index_;

    public:
        FakeHttp http;
        Site site;
        ClockQuality clock_quality = ClockQuality::trusted;
        std::function<std::optional<Instant>()> peers_synced;

    private:
        FixedToken token_{""};
        std::filesystem::path directory_;
        std::optional<Store> store_;
        std::unique_ptr<FhirServer> fhir_;
        std::unique_ptr<Seats> seats_;
    };

    SeatsTest() {
        server.now = clock.now();
        abilities.atomic = abilities.refuses_stale = abilities.conditional_create =
            true;
        abilities.tag_search = abilities.last_updated = true;
        abilities.entries = 8;
        server.put(R"({"resourceType":"Location","id":"studio"})");
        server.put(R"({"resourceType":"Schedule","id":"yoga","active":true,
            "serviceType":[{"text":"Morning yoga"}],
            "actor":[{"reference":"Location/studio"}]})");
        yoga = {"yoga", at("2026-11-24T08:30:00-05:00"),
                at("2026-11-24T09:20:00-05:00")};
    }
    void TearDown() override {
        // Whatever a test did: no seat is anybody's twice, and none is lost.
        std::map<std::string, int> holders;
        for (const Json& each : all("Appointment")) {
            const auto booking = booking_from(each.dump()).value();
            if (booking.holds_seat()) ++holders[booking.slot];
        }
        for (const auto& [slot, count] : holders) {
            EXPECT_EQ(count, 1) << slot << " is oversold";
            // Staff may block a seat that somebody has: a class that is off.
            const auto status = status_of("Slot", slot);
            EXPECT_TRUE(status == "busy" || status == "busy-unavailable") << status;
        }
    }

    void given_seats(int count) {
        for (int i = 0; i < count; ++i) {
            const std::string id = "seat-" + std::to_string(i + 10);
            server.put(R"({"resourceType":"Slot","id":")" + id +
                       R"(","comment":"1.10","schedule":{"reference":"Schedule/yoga"},)"
                       R"("status":"free","start":"2026-11-24T08:30:00-05:00",)"
                       R"("end":"2026-11-24T09:20:00-05:00"})");
        }
    }
    void given_patient(const std::string& id) {
        server.put(R"({"resourceType":"Patient","id":")" + id + "\"}");
    }
    Kiosk& kiosk(int index = 1) {
        while (int(kiosks_.size()) <= index)
            kiosks_.push_back(std::make_unique<Kiosk>(*this, int(kiosks_.size())));
        return *kiosks_[std::size_t(index)];
    }
    void time_passes(std::chrono::milliseconds by) {
        clock.advance(by);
        server.now = clock.now();
    }

    std::vector<Json> all(const std::string& type) const {
        std::vector<Json> resources;
        for (const auto& each : server.all(type))
            resources.push_back(Json::parse(each));
        return resources;
    }
    std::string status_of(const std::string& type, const std::string& id) const {
        const auto resource = server.get(type, id);
        return resource ? Json::parse(*resource)["status"].get<std::string>() : "gone";
    }
    static std::string id_of(const Json& resource) { return resource["id"]; }
    int count(const std::string& type, const std::string& status) const {
        return int(std::ranges::count_if(
            all(type), [&](const Json& each) { return each["status"] == status; }));
    }
    /// A member of a resource as JSON, "gone" without it.
    Json member(const std::string& type, const std::string& id,
                const char* pointer) const {
        const auto resource = server.get(type, id);
        if (!resource) return "gone";
        const Json json = Json::parse(*resource);
        const Json::json_pointer place(pointer);
        return json.contains(place) ? json.at(place) : Json();
    }
    std::string appointment_of(const std::string& unit) const {
        const auto ids = server.done("Appointment", unit + "/appointment");
        EXPECT_EQ(ids.size(), 1u) << "Appointments of one act";
        return ids.empty() ? "" : ids.front();
    }

    static SiteTime new_york() { return SiteTime::in_zone("America/New_York").value(); }
    template <class Value>
    static Value must(Result<Value> result) {
        if (!result) ADD_FAILURE() << result.error().what;
        if constexpr (!std::is_void_v<Value>) return std::move(result).value();
    }

    ManualClock clock{at("2026-11-23T09:45:00-05:00")};
    FakeFhir server{GetParam()};
    Abilities abilities;
    ClassSession yoga;

private:
    std::vector<std::unique_ptr<Kiosk>> kiosks_;
};

inline std::string manner_name(const testing::TestParamInfo<FakeFhir::Manner>& info) {
    return info.param == FakeFhir::Manner::hapi ? "AsHapi" : "AsMedplum";
}

}  // namespace foyer
