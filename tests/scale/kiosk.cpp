#include "tests/scale/kiosk.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "sync/clinic/site_time.h"

namespace foyer::scale {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

/// What a request takes, there and back: a server of some distance that is not
/// overrun.
constexpr milliseconds read_takes = 40ms, write_takes = 60ms;
/// Without a server a connection is refused so soon.
constexpr milliseconds refusal_takes = 20ms;

SecretKey key_of(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return secret_key(bytes);
}

template <class T>
T must(Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "foyer_scale: %s\n", result.error().what.c_str());
    std::exit(1);
}

const SiteTime& new_york() {
    static const SiteTime time = must(SiteTime::in_zone("America/New_York"));
    return time;
}

}  // namespace

Result<HttpResponse> Way::send(const HttpRequest& request) {
    const auto at = clock_.elapsed();
    if (at >= outage_.from && at < outage_.to) {
        clock_.advance(refusal_takes);
        traffic_.count(at, request, nullptr);
        return fail(Error::Code::offline, "simulated: the backend is down");
    }
    server_.now = std::max(server_.now, clock_.now());
    auto answer = server_.handle(request);
    clock_.advance(request.method == "GET" ? read_takes : write_takes);
    traffic_.count(at, request, &answer);
    return answer;
}

ScaleKiosk::ScaleKiosk(Parts parts)
    : parts_(std::move(parts)),
      clock_(parts_.begins),
      way_(*parts_.server, clock_, parts_.outage, *parts_.traffic),
      server_({&way_, &token_, &clock_, std::string(FakeFhir::base)}),
      due_(parts_.starts) {
    site_.id = parts_.site;
    site_.device_index = parts_.index;
    site_.device_name = "kiosk-" + std::to_string(parts_.index);
    site_.locations = {"main"};
    site_.server.base = FakeFhir::base;
    site_.server.schedules = {"Schedule/yoga"};
    fs::create_directories(parts_.directory);
    store_ = std::make_unique<Store>(
        must(Store::open(parts_.directory, DeviceKeys(key_of(1)), SiteKeys(key_of(2)),
                         new_york(), parts_.index)));
    engine_ = std::make_unique<Engine>(Engine::Parts{
        .store = store_.get(),
        .server = &server_,
        .clock = &clock_,
        .site = &site_,
        .time = new_york(),
        .seed = parts_.seed,
        .hurried = false,
        .version = "1",
        .elected = {},
    });
}

ScaleKiosk::~ScaleKiosk() {
    engine_.reset();
    store_.reset();
    std::error_code ignored;
    fs::remove_all(parts_.directory, ignored);
}

void ScaleKiosk::pass_until(milliseconds at) {
    if (at > clock_.elapsed()) clock_.advance(at - clock_.elapsed());
}

void ScaleKiosk::step() {
    pass_until(due_);
    const auto step = must(engine_->step());
    due_ =
        clock_.elapsed() + std::max<milliseconds>(step.wait, step.worked ? 0ms : 1ms);
}

std::int64_t ScaleKiosk::waiting() {
    return must(store_->counts(clock_.now())).waiting_units;
}

}  // namespace foyer::scale
