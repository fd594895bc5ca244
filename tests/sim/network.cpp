#include "tests/sim/network.h"

#include <array>

namespace foyer::sim {

using namespace std::chrono_literals;

Result<HttpResponse> Network::lost(const std::string& what) {
    ++world_.counts.lost;
    world_.note(who_, what + " -> no answer");
    // The client's patience; the world does not stand still for all of it.
    world_.pass(std::chrono::milliseconds(world_.between(1'000, 8'000)));
    return fail(Error::Code::no_answer, "simulated: no answer");
}

HttpResponse Network::deliver(const HttpRequest& request) {
    const auto watching = watch ? watch(request) : nullptr;
    return world_.server.handle(request);
}

HttpResponse Network::turned_away(int status, const std::string& what,
                                  bool retry_after) {
    world_.note(who_, what + " -> " + std::to_string(status) + " by chance");
    HttpResponse answer;
    answer.status = status;
    if (retry_after)
        answer.headers.emplace_back("retry-after",
                                    std::to_string(world_.between(1, 20)));
    answer.body = R"({"resourceType":"OperationOutcome","issue":[{"severity":"error",)"
                  R"("code":"transient","diagnostics":"simulated"}]})";
    return answer;
}

Result<HttpResponse> Network::send(const HttpRequest& request) {
    const Weather& weather = world_.weather;
    ++world_.counts.requests;
    const std::string what = world_.tell ? summary_of(request) : request.method;
    world_.pass(std::chrono::milliseconds(world_.between(1, 60)));
    world_.deliver_late();

    if (world_.elapsed < cut_until) {
        world_.note(who_, what + " -> offline");
        return fail(Error::Code::offline, "simulated: cut");
    }
    if (world_.chance(weather.cut)) {
        cut_until =
            world_.elapsed + std::chrono::milliseconds(world_.between(10'000, 600'000));
        world_.note(who_, "the network is cut until " +
                              std::to_string(cut_until.count() / 1000) + " s");
        return fail(Error::Code::offline, "simulated: cut");
    }
    if (world_.chance(weather.crash_at_request)) throw PowerCut{};
    if (world_.chance(weather.offline)) {
        world_.note(who_, what + " -> offline");
        return fail(Error::Code::offline, "simulated: refused connection");
    }
    if (world_.chance(weather.lost_request)) return lost(what);
    if (world_.chance(weather.late)) {
        world_.late.push_back(
            {world_.elapsed + std::chrono::milliseconds(world_.between(500, 180'000)),
             request, who_});
        return lost(what + " (late)");
    }
    if (world_.chance(weather.busy))
        return turned_away(world_.chance(0.5) ? 429 : 503, what, world_.chance(0.5));
    if (world_.chance(weather.broken))
        return turned_away(world_.chance(0.5) ? 500 : 502, what, false);
    if (world_.chance(weather.locked_out))
        return turned_away(world_.chance(0.5) ? 401 : 403, what, false);
    // Only Bundles: no server finds fault with a search that it took a minute ago.
    const bool bundle = request.method == "POST" && !request.body.empty() &&
                        request.url.size() <= FakeFhir::base.size() + 1;
    if (bundle && world_.chance(weather.refused)) {
        ++world_.counts.refused;
        return turned_away(world_.chance(0.5) ? 400 : 422, what, false);
    }

    // Between reading what is fought for and writing it is where a rival hurts; had it
    // acted before, there would be nothing left to fight for.
    const std::string_view place =
        std::string_view(request.url).substr(FakeFhir::base.size());
    const bool reads_one = request.method == "GET" &&
                           place.find('?') == std::string_view::npos &&
                           place.rfind('/') > 0;
    if (meanwhile && world_.chance(weather.interleave / 10)) meanwhile();
    HttpResponse answer = deliver(request);
    if (world_.chance(weather.twice)) {
        world_.note(who_,
                    what + " -> " + std::to_string(answer.status) + ", and again");
        answer = deliver(request);
    }
    if (meanwhile &&
        world_.chance(reads_one ? weather.interleave : weather.interleave / 10))
        meanwhile();
    if (rival && reads_one && world_.chance(weather.rival))
        rival(std::string(place.substr(1)));
    world_.pass(std::chrono::milliseconds(world_.between(1, 60)));
    if (answer.status == 409 || answer.status == 412) ++world_.counts.conflicts;
    if (world_.chance(weather.lost_answer))
        return lost(what + " (" + std::to_string(answer.status) + ")");
    if (world_.chance(weather.crash_at_request)) {
        world_.note(who_, what + " -> " + std::to_string(answer.status));
        throw PowerCut{};
    }
    if (world_.chance(weather.gateway)) return turned_away(504, what, false);
    world_.note(who_, what + " -> " + std::to_string(answer.status));
    return answer;
}

}  // namespace foyer::sim
