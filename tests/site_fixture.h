#pragma once

#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "records_fixture.h"
#include "sync/site/exchange.h"

namespace foyer {

/// One device of the site: real records, and what it says over a network that the test
/// plays.
class SiteDevice {
public:
    SiteDevice(std::string called, SiteRole as, int index, ManualClock& clock)
        : name(std::move(called)), role(as), index_(index), clock_(clock) {
        const bool memory = std::filesystem::is_directory("/dev/shm");
        std::string made =
            memory ? "/dev/shm/foyer-site-XXXXXX" : "/tmp/foyer-site-XXXXXX";
        directory = mkdtemp(made.data());
    }
    ~SiteDevice() {
        stop();
        std::filesystem::remove_all(directory);
    }
    SiteDevice(const SiteDevice&) = delete;
    SiteDevice& operator=(const SiteDevice&) = delete;

    std::string name;
    SiteRole role;
    std::filesystem::path directory;
    bool carries = false;
    std::vector<HeardUnit> heard;  ///< in the order they came, over all starts

    SiteKeys site_keys() const { return SiteKeys(test_key(2)); }
    std::string public_key() const { return "key of " + name; }

    Store& store() {
        if (!store_) {
            auto opened =
                Store::open(directory, DeviceKeys(test_key(std::uint8_t(10 + index_))),
                            site_keys(), SiteTime::in_zone("America/New_York").value(),
                            index_, std::chrono::milliseconds(0));
            if (!opened) ADD_FAILURE() << opened.error().what;
            store_.emplace(std::move(opened).value());
        }
        return *store_;
    }

    void start(const std::vector<SiteDevice*>& others) {
        SiteExchange::Parts parts;
        parts.store = &store();
        parts.clock = &clock_;
        for (const auto* other : others)
            parts.peers.push_back({other->name, other->role, other->public_key()});
        parts.role = role;
        parts.public_key = public_key();
        parts.device_index = index_;
        parts.carries = carries;
        parts.epoch = next_epoch();
        parts.heard = [this](const HeardUnit& unit) { heard.push_back(unit); };
        auto made = SiteExchange::create(std::move(parts));
        if (!made) ADD_FAILURE() << made.error().what;
        exchange_.emplace(std::move(made).value());
        others_ = others;
    }
    void stop() {
        exchange_.reset();
        store_.reset();
    }
    bool runs() const { return exchange_.has_value(); }
    SiteExchange& exchange() { return *exchange_; }
    const std::vector<SiteDevice*>& others() const { return others_; }
    std::size_t number_of(const SiteDevice& other) const {
        for (std::size_t i = 0; i < others_.size(); ++i)
            if (others_[i] == &other) return i;
        return others_.size();
    }

    /// Ada and her visit today at ten.
    void knows_ada(Service service = Service::individual) {
        Patient ada;
        ada.id = "ada";
        ada.family = "Lovelace";
        ada.given = "Augusta";
        ada.born = day("1815-12-10");
        Store::Batch::Appointment visit;
        visit.id = "a1";
        visit.patients = {"ada"};
        visit.starts = at("2026-11-23T10:00:00-05:00");
        visit.ends = visit.starts + std::chrono::minutes(50);
        visit.status = AppointmentStatus::booked;
        visit.service = service;
        auto batch = store().begin();
        ASSERT_TRUE(batch);
        ASSERT_TRUE(batch->put(ada));
        ASSERT_TRUE(batch->put(visit));
        ASSERT_TRUE(batch->commit());
    }
    Visit ada_visit() { return store().visit_of("a1", "").value(); }
    void ada_checks_in(ClockQuality clock = ClockQuality::trusted) {
        const auto saved =
            store().check_in({{ada_visit().id}, {}, clock_.now(), clock});
        ASSERT_TRUE(saved) << saved.error().what;
    }
    void calls_for_help() {
        ASSERT_TRUE(store().tell_desk({DeskReason::help, clock_.now(), {}, {}}));
    }
    std::vector<std::string> acts_heard() const {
        std::vector<std::string> acts;
        for (const auto& unit : heard) {
            const auto body = nlohmann::json::parse(unit.unit.unit.body);
            acts.push_back(body.value("act", ""));
        }
        return acts;
    }

private:
    static std::uint64_t next_epoch() {
        static std::uint64_t epoch = 1000;
        return ++epoch;
    }

    int index_;
    ManualClock& clock_;
    std::optional<Store> store_;
    std::optional<SiteExchange> exchange_;
    std::vector<SiteDevice*> others_;
};

/// A site on a network that loses what it is told to. 9:45 on Monday 23 November 2026.
class SiteNetwork : public testing::Test {
protected:
    ManualClock clock{at("2026-11-23T09:45:00-05:00")};
    SiteDevice kiosk{"kiosk-1", SiteRole::kiosk, 0, clock};
    SiteDevice other{"kiosk-2", SiteRole::kiosk, 1, clock};
    SiteDevice desk{"front desk", SiteRole::desk, 2, clock};
    SiteDevice board{"board", SiteRole::board, 3, clock};
    std::vector<SiteDevice*> all{&kiosk, &other, &desk, &board};

    /// Whether a letter goes through; a test may replace it.
    std::function<bool(const SiteDevice& from, const SiteDevice& to)> goes_through =
        [](const auto&, const auto&) { return true; };
    /// Everything that was on the wire: from, to, text.
    struct Seen {
        std::string from, to, text;
    };
    std::vector<Seen> wire;

    void start(SiteDevice& device) {
        std::vector<SiteDevice*> others;
        for (auto* one : all)
            if (one != &device) others.push_back(one);
        device.start(others);
    }
    void start_all() {
        for (auto* device : all) start(*device);
    }
    void carry(SiteDevice& from, const SiteExchange::Letters& letters) {
        for (const auto& letter : letters) {
            auto& to = *from.others()[letter.to];
            wire.push_back({from.name, to.name, letter.text});
            if (to.runs() && goes_through(from, to))
                on_the_way_.push_back({&from, &to, letter.text});
        }
        while (!delivering_ && !on_the_way_.empty()) {
            delivering_ = true;
            const auto next = on_the_way_.front();
            on_the_way_.pop_front();
            const auto answers =
                next.to->exchange().received(next.to->number_of(*next.from), next.text);
            delivering_ = false;
            carry(*next.to, answers);
        }
    }
    void seconds_pass(int seconds) {
        for (int i = 0; i < seconds; ++i) {
            clock.advance(std::chrono::seconds(1));
            for (auto* device : all)
                if (device->runs()) carry(*device, device->exchange().due());
        }
    }
    std::vector<std::string> said(const std::string& from, const std::string& to,
                                  const std::string& kind) const {
        std::vector<std::string> found;
        for (const auto& seen : wire)
            if (seen.from == from && seen.to == to &&
                nlohmann::json::parse(seen.text).value("kind", "") == kind)
                found.push_back(seen.text);
        return found;
    }

private:
    struct OnTheWay {
        SiteDevice* from;
        SiteDevice* to;
        std::string text;
    };
    std::deque<OnTheWay> on_the_way_;
    bool delivering_ = false;
};

}  // namespace foyer
