#include "tests/bench/sync/clinic.h"

#include "kiosk/effects.h"
#include "sync/clinic/site_time.h"
#include "tests/bench/clinics.h"

namespace foyer::bench {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Entries in one Bundle when the clinic is put up.
constexpr int at_once = 100;

/// PUTs of resources, a Bundle at a time.
class Loading {
public:
    explicit Loading(FhirServer& server) : server_(server) {}
    ~Loading() { flush(); }
    Loading(const Loading&) = delete;
    Loading& operator=(const Loading&) = delete;

    void put(const std::string& address, const std::string& json) {
        entries_ += std::string(entries_.empty() ? "" : ",") + R"({"resource":)" +
                    json + R"(,"request":{"method":"PUT","url":")" + address + R"("}})";
        if (++count_ == at_once) flush();
    }

private:
    void flush() {
        if (entries_.empty()) return;
        const auto answer = must(
            server_.transact(R"({"resourceType":"Bundle","type":"batch","entry":[)" +
                             entries_ + "]}"),
            "putting up a clinic");
        if (!answer.good() || answer.body.find(R"("status":"4)") != std::string::npos)
            give_up("the server refuses the clinic: " + answer.body.substr(0, 500));
        entries_.clear();
        count_ = 0;
    }

    FhirServer& server_;
    std::string entries_;
    int count_ = 0;
};

}  // namespace

std::string BenchClinic::patient(int number) const {
    return run_ + "-p" + std::to_string(number);
}
std::string BenchClinic::appointment(char side, int number) const {
    return run_ + "-" + side + std::to_string(number);
}

Instant BenchClinic::starts(int number) const {
    // About now, so that everybody may check in.
    return now_ + std::chrono::days(number % size_.days) + 1min * (number % 30);
}

std::string BenchClinic::visit_json(char side, int number,
                                    std::chrono::minutes later) const {
    const Instant at = starts(number) + later;
    return R"({"resourceType":"Appointment","id":")" + appointment(side, number) +
           R"(","status":"booked","serviceType":[{"coding":[{"system":)"
           R"("urn:foyer:service","code":"individual"}]}],"description":"Individual )"
           R"(session","start":")" +
           format_instant(at) + R"(","end":")" + format_instant(at + 50min) +
           R"(","created":")" + format_instant(now_ - 240h) +
           R"(","participant":[{"actor":{"reference":"Patient/)" + patient(number) +
           R"("},"required":"required","status":"needs-action"},{"actor":)"
           R"({"reference":"Location/)" +
           location(side) +
           R"("},"status":"accepted"},{"actor":{"reference":"Practitioner/)" + run_ +
           R"(-dana"},"status":"accepted"}]})";
}

void BenchClinic::put_people(FhirServer& server) const {
    Loading loading(server);
    for (const char side : {'a', 'b'})
        loading.put("Location/" + location(side),
                    R"({"resourceType":"Location","id":")" + location(side) +
                        R"(","name":"Main"})");
    loading.put("Practitioner/" + run_ + "-dana",
                R"({"resourceType":"Practitioner","id":")" + run_ +
                    R"(-dana","name":[{"family":"Reyes","given":["Dana"]}]})");
    for (int i = 0; i < size_.visits; ++i) {
        const Patient one = made_up(std::size_t(i));
        loading.put("Patient/" + patient(i),
                    R"({"resourceType":"Patient","id":")" + patient(i) +
                        R"(","name":[{"family":")" + one.family + R"(","given":[")" +
                        one.given + R"("]}],"gender":"unknown","telecom":[{"system":)" +
                        R"("phone","value":")" + one.phone +
                        R"("}],"birthDate":"1980-02-03"})");
    }
}

void BenchClinic::put_visits(FhirServer& server, std::chrono::minutes later) const {
    Loading loading(server);
    for (const char side : {'a', 'b'}) {
        if (side == 'b' && !size_.twins) continue;
        for (int i = 0; i < size_.visits; ++i)
            loading.put("Appointment/" + appointment(side, i),
                        visit_json(side, i, later));
    }
}

Site BenchClinic::site(const std::string& base) const {
    Site site;
    site.id = run_;
    site.locations = {location('a')};
    site.server.base = base;
    return site;
}

BenchKiosk::BenchKiosk(Site site, fs::path directory)
    : site_(std::move(site)),
      directory_(std::move(directory)),
      time_(must(SiteTime::in_zone(site_.time_zone), "time zone")),
      store_(must(open_store(directory_, site_, time_), "records")),
      wire_(site_.server.base, clock_) {
    engine_ = std::make_unique<Engine>(Engine::Parts{
        .store = &store_,
        .server = &wire_.server(),
        .clock = &clock_,
        .site = &site_,
        .time = time_,
        .seed = 1,
        .hurried = true,
        .version = "bench",
        .elected = {},
    });
}

BenchKiosk::~BenchKiosk() {
    engine_.reset();
    if (leaves_records_) return;
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
}

bool BenchKiosk::step() {
    const auto step = must(engine_->step(), "the engine");
    const auto state = engine_->health().state;
    if (state != SyncHealth::State::online && state != SyncHealth::State::starting)
        give_up(std::string("the server is ") + name(state));
    return step.worked || step.wait <= 0ms;
}

void BenchKiosk::settle() {
    for (int i = 0; i < 100'000; ++i)
        if (!step()) return;
    give_up("the engine never comes to rest");
}

fs::path fresh_directory(const std::string& name) {
    const auto directory = bench_data() / name;
    fs::remove_all(directory);
    fs::create_directories(directory);
    return directory;
}

}  // namespace foyer::bench
