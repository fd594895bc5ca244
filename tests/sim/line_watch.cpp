#include "tests/sim/line_watch.h"

#include <nlohmann/json.hpp>
#include <tuple>

#include "sync/clinic/site_time.h"
#include "tests/sim/reading.h"

namespace foyer::sim {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

/// Between a kiosk's look at the line and what it makes of it somebody may join, in
/// front, with an earlier time of asking: a request under way is late by three minutes
/// at most (network.cpp).
constexpr auto under_way = 4min;

}  // namespace

LineWatch::LineWatch(World& world, const HttpRequest& request,
                     std::vector<std::string>& wrong)
    : world_(world), wrong_(wrong) {
    const auto says = [&](const char* what) {
        return request.body.find(what) != std::string::npos;
    };
    looks_ = request.method == "POST" &&
             (says(R"("code":"offer")") || says(R"("code":"promotion")") ||
              says(R"("code":"offer-missed")"));
    if (looks_) before_ = places();
}

std::map<std::string, LineWatch::Place> LineWatch::places() const {
    std::map<std::string, Place> all;
    for (const std::string& text : world_.server.all("Appointment")) {
        if (text.find("urn:foyer:asked") == std::string::npos) continue;
        const json each = json::parse(text);
        Place place;
        place.status = each.value("status", "");
        place.starts = each.value("start", "");
        if (const json* asked = extension(each, "urn:foyer:asked")) {
            place.order = extension_text(*asked, "order", "valueInstant");
            place.here = extension(*asked, "here") != nullptr;
        }
        if (const json* offer = extension(each, "urn:foyer:offer"))
            place.until = extension_text(*offer, "until", "valueInstant");
        for (const json& one : each.value("identifier", json::array()))
            place.unit = one.value("value", "");
        place.updated =
            parse_instant(each["meta"].value("lastUpdated", "")).value_or(Instant());
        all.emplace(each.value("id", ""), std::move(place));
    }
    return all;
}

LineWatch::~LineWatch() {
    if (!looks_) return;
    const Instant now = world_.now();
    const auto after = places();
    for (const auto& [id, was] : before_) {
        const auto found = after.find(id);
        if (found == after.end() || found->second.status == was.status) continue;
        const std::string& is = found->second.status;
        if (was.status == "pending" && is != "booked") {
            const auto until = parse_instant(was.until);
            if (!until || *until > now)
                wrong_.push_back("the offer of " + id +
                                 " is displaced before its time");
        }
        if (was.status != "waitlist" || (is != "pending" && is != "booked")) continue;
        // A Bundle that is refused lets the next one in line go first.
        if (world_.weather.refused > 0) continue;
        const bool begun = parse_instant(was.starts).value_or(Instant()) <= now;
        for (const auto& [other, waits] : before_)
            if (waits.status == "waitlist" && waits.starts == was.starts &&
                std::tie(waits.order, waits.unit) < std::tie(was.order, was.unit) &&
                (!begun || waits.here) && waits.updated + under_way < now)
                wrong_.push_back(other + " waits for longer and is passed by " + id);
    }
}

}  // namespace foyer::sim
