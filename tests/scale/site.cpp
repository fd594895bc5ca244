#include "tests/scale/site.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "sync/clinic/site_time.h"
#include "sync/records/outbox.h"

namespace foyer::scale {

using nlohmann::json;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// Of 100 patients with a visit so many check in at a kiosk, fill in a form, and are
/// sent to the desk.
constexpr int check_in_percent = 90, form_percent = 50, desk_percent = 10;
/// Changes of the schedule by staff, an hour and site.
constexpr int changes_an_hour = 8;

struct Event {
    milliseconds at;
    std::function<void()> happen;
};

std::string patient_id(int number) {
    return "p" + std::to_string(number);
}
std::string visit_id(int day, int number) {
    return "d" + std::to_string(day) + "-" + std::to_string(number);
}

/// As large as a PHQ-9 with its Observation and Provenance (tests/bench/sync).
std::string form_bundle(const std::string& unit, const std::string& patient) {
    const auto entry = [&](json resource, const std::string& role, const char* by) {
        const std::string key = unit + "/" + role;
        if (std::string(by) == "_tag")
            resource["meta"]["tag"] =
                json::array({{{"system", "urn:foyer:op"}, {"code", key}}});
        else
            resource["identifier"] =
                resource["resourceType"] == "QuestionnaireResponse"
                    ? json{{"system", "urn:foyer:op"}, {"value", key}}
                    : json::array({{{"system", "urn:foyer:op"}, {"value", key}}});
        return json{{"resource", resource},
                    {"request",
                     {{"method", "POST"},
                      {"url", resource["resourceType"]},
                      {"ifNoneExist", std::string(by) + "=urn:foyer:op|" + key}}}};
    };
    json items = json::array();
    for (int i = 1; i <= 10; ++i)
        items.push_back(
            {{"linkId", "phq9-" + std::to_string(i)},
             {"text",
              "Over the last two weeks, how often have you been bothered by it?"},
             {"answer", json::array({{{"valueCoding",
                                       {{"system", "http://loinc.org"},
                                        {"code", "LA6569-3"},
                                        {"display", "Several days"}}}}})}});
    const json subject = {{"reference", "Patient/" + patient}};
    const json coded = {{"coding", json::array({{{"system", "http://loinc.org"},
                                                 {"code", "44261-6"}}})}};
    return json{{"resourceType", "Bundle"},
                {"type", "transaction"},
                {"entry",
                 {entry({{"resourceType", "QuestionnaireResponse"},
                         {"questionnaire", "https://foyer.health/forms/phq-9|1.0.0"},
                         {"status", "completed"},
                         {"subject", subject},
                         {"item", items}},
                        "response", "identifier"),
                  entry({{"resourceType", "Observation"},
                         {"status", "preliminary"},
                         {"code", coded},
                         {"subject", subject},
                         {"valueInteger", 9}},
                        "score", "identifier"),
                  entry({{"resourceType", "Provenance"},
                         {"target", json::array({subject})},
                         {"recorded", "2026-11-24T15:00:00Z"},
                         {"agent", json::array({{{"who", subject}}})}},
                        "provenance", "_tag")}}}
        .dump();
}

class SitePlay {
public:
    SitePlay(std::uint64_t seed, const Morning& morning,
             const std::filesystem::path& scratch, Traffic& traffic)
        : dice_(seed),
          morning_(morning),
          server_(seed % 2 ? FakeFhir::Manner::medplum : FakeFhir::Manner::hapi, seed) {
        server_.now = begins_;
        furnish();
        for (int i = 0; i < kiosks_a_site; ++i)
            kiosks_.push_back(std::make_unique<ScaleKiosk>(ScaleKiosk::Parts{
                .server = &server_,
                .traffic = &traffic,
                .outage = morning.down(),
                .begins = begins_,
                .starts =
                    milliseconds(between(0, milliseconds(morning.warm).count() / 2)),
                .site = "site-" + std::to_string(seed),
                .index = i,
                .seed = dice_(),
                .directory = scratch / std::to_string(i)}));
        plan();
    }

    std::int64_t run(Traffic& traffic) {
        const milliseconds end = morning_.length();
        std::size_t next = 0;
        for (;;) {
            auto& kiosk = *std::ranges::min_element(
                kiosks_, {}, [](const auto& one) { return one->due(); });
            const bool event =
                next < events_.size() && events_[next].at <= kiosk->due();
            const auto at = event ? events_[next].at : kiosk->due();
            if (at >= end) break;
            if (event)
                events_[next++].happen();
            else
                kiosk->step();
        }
        std::int64_t waiting = 0;
        for (auto& kiosk : kiosks_) {
            traffic.units += kiosk->acknowledged();
            waiting += kiosk->waiting();
        }
        return waiting;
    }

private:
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + std::int64_t(dice_() % std::uint64_t(most - least + 1));
    }
    bool percent(int of_100) { return between(0, 99) < of_100; }

    Instant starts(int day, int number) const {
        const auto eight = begins_ - 30min;
        return eight + std::chrono::days(day + day / 4 * 3) +
               480min * number / visits_a_day;
    }
    json visit(int day, int number, const char* status, milliseconds later = 0ms) {
        const int who = (day * visits_a_day + number) % patients;
        const Instant at = starts(day, number) + later;
        return {{"resourceType", "Appointment"},
                {"id", visit_id(day, number)},
                {"status", status},
                {"start", format_instant(at)},
                {"end", format_instant(at + 50min)},
                {"participant",
                 {{{"actor", {{"reference", "Patient/" + patient_id(who)}}},
                   {"status", "needs-action"}},
                  {{"actor", {{"reference", "Location/main"}}}, {"status", "accepted"}},
                  {{"actor", {{"reference", "Practitioner/grace"}}},
                   {"status", "accepted"}}}}};
    }

    void furnish() {
        server_.put(R"({"resourceType":"Location","id":"main","name":"Main"})");
        server_.put(R"({"resourceType":"Practitioner","id":"grace",
                        "name":[{"given":["Grace"],"family":"Hopper"}]})");
        for (int i = 0; i < patients; ++i)
            server_.put(json{
                {"resourceType", "Patient"},
                {"id", patient_id(i)},
                {"name",
                 {{{"family", "Family" + std::to_string(i)}, {"given", {"Given"}}}}},
                {"telecom", {{{"system", "phone"}, {"value", "555-0100"}}}},
                {"birthDate", "1980-02-03"}}
                            .dump());
        for (int day = 0; day < days_ahead; ++day)
            for (int i = 0; i < visits_a_day; ++i)
                server_.put(visit(day, i, "booked").dump());
        server_.put(R"({"resourceType":"Schedule","id":"yoga","active":true,
            "serviceType":[{"coding":[{"system":"urn:foyer:service",
                                       "code":"holistic-class"}]}],
            "actor":[{"reference":"Location/main"}]})");
        for (int session = 0; session < 2; ++session)
            for (int seat = 0; seat < seats; ++seat) {
                const Instant at = begins_ + 26h + std::chrono::days(2 * session);
                server_.put(json{{"resourceType", "Slot"},
                                 {"id", "seat-" + std::to_string(session) + "-" +
                                            std::to_string(seat)},
                                 {"schedule", {{"reference", "Schedule/yoga"}}},
                                 {"status", "free"},
                                 {"start", format_instant(at)},
                                 {"end", format_instant(at + 1h)}}
                                .dump());
            }
    }

    void plan() {
        for (int i = 0; i < visits_a_day; ++i) {
            if (!percent(check_in_percent)) continue;
            const auto at =
                starts(0, i) - begins_ + milliseconds(between(-600'000, 300'000));
            if (at < milliseconds(morning_.warm)) continue;
            auto* kiosk = kiosks_[std::size_t(between(0, kiosks_a_site - 1))].get();
            const bool form = percent(form_percent), desk = percent(desk_percent);
            events_.push_back({at, [=, this] { arrives(*kiosk, at, i, form, desk); }});
        }
        const auto changes = changes_an_hour * morning_.length() / 60min;
        for (int i = 0; i < changes; ++i) {
            const milliseconds at(between(0, milliseconds(morning_.length()).count()));
            const int day = int(between(1, days_ahead - 1)),
                      number = int(between(0, visits_a_day - 1));
            const bool cancelled = percent(30);
            events_.push_back({at, [=, this] {
                                   server_.now = std::max(server_.now, begins_ + at);
                                   server_.put(visit(day, number,
                                                     cancelled ? "cancelled" : "booked",
                                                     10min)
                                                   .dump());
                               }});
        }
        std::ranges::stable_sort(events_, {}, &Event::at);
    }

    /// Somebody checks in, with what follows. Nobody can whose visit has not been read.
    void arrives(ScaleKiosk& kiosk, milliseconds at, int number, bool form, bool desk) {
        const std::string patient = patient_id(number % patients);
        kiosk.visited(at, [&](Store& store, Instant now) {
            const auto visit = store.visit_of(visit_id(0, number), patient);
            if (!visit) return;
            if (!store.check_in({{visit->id}, {}, now, ClockQuality::trusted})) return;
            if (form) {
                FormEnd end;
                end.patient = visit->patient;
                end.form = "https://foyer.health/forms/phq-9";
                end.version = "1.0.0";
                end.begun = now - 3min;
                end.at = now;
                const auto unit = unit_id("form|" + patient);
                end.units = {{unit, Lane::forms, form_bundle(unit, patient), ""}};
                (void)store.end_form(end);
            }
            (void)store.paperwork_done({visit->id}, now);
            if (desk)
                (void)store.tell_desk(
                    {DeskReason::late, now, visit->id, visit->patient});
        });
    }

    std::mt19937_64 dice_;
    Morning morning_;
    Instant begins_ = parse_instant("2026-11-24T08:30:00-05:00").value();
    FakeFhir server_;
    std::vector<std::unique_ptr<ScaleKiosk>> kiosks_;
    std::vector<Event> events_;
};

}  // namespace

std::int64_t play_site(std::uint64_t seed, const Morning& morning,
                       const std::filesystem::path& scratch, Traffic& traffic) {
    return SitePlay(seed, morning, scratch, traffic).run(traffic);
}

}  // namespace foyer::scale
