#include "tests/bench/clinics.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <system_error>

namespace foyer {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Changes with whatever fill() makes, so that an older cache is not taken for it.
constexpr const char* edition = "1";
/// Resources in one transaction, as an import has it.
constexpr std::size_t batch_size = 500;

constexpr std::array families = {
    "Abbott", "Nguyen", "Garcia", "OBrien",    "Kowalski", "Haddad", "Kim",    "Okafor",
    "Petrov", "Silva",  "Yilmaz", "Johansson", "Tanaka",   "Begay",  "Mensah", "Rossi"};
constexpr std::array givens = {"Ada",   "Binh", "Carlos", "Deirdre", "Ewa",   "Farid",
                               "Grace", "Hana", "Ivan",   "Joana",   "Kemal", "Lena"};

SecretKey fixed_key(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return secret_key(bytes);
}

/// Digits as letters: a name has none.
std::string spelled(std::size_t number) {
    std::string letters;
    for (; number > 0; number /= 26) letters += char('a' + number % 26);
    return letters;
}

Store::Batch::Appointment visit(std::size_t number, std::chrono::days later) {
    Store::Batch::Appointment visit;
    visit.id = made_up_visit(number);
    if (later.count() > 0) visit.id += "-later";
    visit.patients = {made_up(number).id};
    // 8:00 to 17:00, a quarter of an hour apart.
    visit.starts = bench_now() - 1h - 41min - 10s + later + 15min * int(number % 36);
    visit.ends = visit.starts + 50min;
    visit.status = AppointmentStatus::booked;
    visit.service = Service::individual;
    visit.practitioner = "Practitioner/dana";
    visit.location = "room-1";
    return visit;
}

Result<void> put_names(Store& store) {
    auto batch = TRY(store.begin());
    TRY(batch.put("Practitioner", "dana",
                  R"({"resourceType":"Practitioner","id":"dana",)"
                  R"("name":[{"family":"Reyes","given":["Dana"]}]})"));
    TRY(batch.put("Location", "room-1",
                  R"({"resourceType":"Location","id":"room-1","name":"Room 1"})"));
    return batch.commit();
}

}  // namespace

fs::path bench_data() {
    const char* chosen = std::getenv("FOYER_BENCH_DATA");
    return chosen ? fs::path(chosen) : fs::path("bench-data");
}

bool is_quick() {
    return std::getenv("FOYER_BENCH_QUICK") != nullptr;
}

Instant bench_now() {
    return std::chrono::sys_days(bench_today()) + 14h + 41min + 10s;
}

Date bench_today() {
    return {std::chrono::year(2026), std::chrono::November, std::chrono::day(23)};
}

Patient made_up(std::size_t number) {
    Patient patient;
    patient.id = "made-up-" + std::to_string(number);
    patient.family = families[number % families.size()] + spelled(number);
    patient.given = givens[number % givens.size()];
    const std::chrono::sys_days first =
        std::chrono::year(1935) / std::chrono::January / 1;
    // A prime step, so that neighbours are years apart.
    patient.born = Date(first + std::chrono::days(number * 7919 % 26000));
    patient.phone = "555-01" + std::to_string(10 + number % 90);
    return patient;
}

std::string made_up_visit(std::size_t number) {
    return "visit-" + std::to_string(number);
}

Result<Store> open_bench_store(const fs::path& directory) {
    const auto time = TRY(SiteTime::in_zone("America/New_York"));
    return Store::open(directory, DeviceKeys(fixed_key(1)), SiteKeys(fixed_key(2)),
                       time, 0);
}

Result<void> fill(Store& store, std::size_t patients) {
    TRY(put_names(store));
    for (std::size_t begin = 0; begin < patients; begin += batch_size) {
        auto batch = TRY(store.begin(bench_now()));
        const auto end = std::min(begin + batch_size, patients);
        for (std::size_t number = begin; number < end; ++number) {
            TRY(batch.put(made_up(number)));
            TRY(batch.put(visit(number, std::chrono::days(0))));
            TRY(batch.put(visit(number, std::chrono::days(7))));
        }
        TRY(batch.commit());
    }
    return {};
}

Result<Store> kept_clinic(std::size_t patients) {
    const auto directory =
        bench_data() / ("clinic-" + std::to_string(patients) + "-" + edition);
    const auto whole = directory / "whole";
    if (!fs::exists(whole)) {
        std::error_code none;
        fs::remove_all(directory, none);
        auto store = TRY(open_bench_store(directory));
        TRY(fill(store, patients));
        std::ofstream(whole) << patients << '\n';
    }
    return open_bench_store(directory);
}

}  // namespace foyer
