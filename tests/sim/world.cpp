#include "tests/sim/world.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace foyer::sim {

using std::chrono::milliseconds;

World::World(std::uint64_t seed, FakeFhir::Manner manner, Instant starts)
    : dice(seed), started(starts), server(manner, seed ^ 0x5ca1ab1eULL) {
    server.now = starts;
}

void World::pass(milliseconds by) {
    elapsed += by;
    server.now = now();
}

void World::pass_until(milliseconds then) {
    if (then > elapsed) pass(then - elapsed);
}

bool World::chance(double probability) {
    return probability > 0 && double(dice() >> 11U) * 0x1p-53 < probability;
}

std::int64_t World::between(std::int64_t least, std::int64_t most) {
    return least + std::int64_t(dice() % std::uint64_t(most - least + 1));
}

void World::deliver_late(bool all) {
    for (std::size_t i = 0; i < late.size();) {
        if (!all && late[i].at > elapsed) {
            ++i;
            continue;
        }
        const Late one = std::move(late[i]);
        late.erase(late.begin() + std::ptrdiff_t(i));
        const HttpResponse answer = server.handle(one.request);
        note(one.who, "late: " + (tell ? summary_of(one.request) : "") + " -> " +
                          std::to_string(answer.status));
    }
}

void World::note(std::string_view who, std::string_view what) {
    for (const std::string_view text : {who, what})
        for (const char c : text)
            fingerprint =
                (fingerprint ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    fingerprint = (fingerprint ^ std::uint64_t(elapsed.count())) * 1099511628211ULL;
    if (!tell) return;
    const auto total = elapsed.count();
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), "%4d:%02d.%03d ", int(total / 60'000),
                  int(total / 1000 % 60), int(total % 1000));
    history += time.data();
    history += who;
    history += "  ";
    history += what;
    history += '\n';
}

std::string summary_of(const HttpRequest& request) {
    std::string url = request.url;
    if (url.starts_with(FakeFhir::base)) url.erase(0, FakeFhir::base.size());
    std::string text = request.method + " " + url;
    if (request.method != "POST") return text;
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("entry")) return text;
    text = "POST Bundle:";
    for (const auto& entry : body["entry"]) {
        const auto& what = entry["request"];
        text += " " + what.value("method", "") + " " + what.value("url", "");
        if (what.contains("ifNoneExist"))
            text += " [" + what.value("ifNoneExist", "") + "]";
        if (what.contains("ifMatch")) text += " [" + what.value("ifMatch", "") + "]";
        if (entry.contains("resource") && entry["resource"].contains("status"))
            text += " " + entry["resource"]["status"].dump();
    }
    return text;
}

}  // namespace foyer::sim
