#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "sync/records/store.h"

namespace foyer {

/// Where the benchmarks keep what they make: `$FOYER_BENCH_DATA`, by default
/// `bench-data` in the current directory. On the disk that is measured.
std::filesystem::path bench_data();
/// `$FOYER_BENCH_QUICK` is set: small sizes, to see that all of it runs.
bool is_quick();

/// The moment and the day at which every benchmark stands: Monday 23 November 2026,
/// 9:41:10 in New York.
Instant bench_now();
Date bench_today();

/// Somebody made up; each number is another name and birth date.
Patient made_up(std::size_t number);
std::string made_up_visit(std::size_t number);

/// The store in `directory`, under keys that are the same at every run.
Result<Store> open_bench_store(const std::filesystem::path& directory);

/// Takes in that many people, each with a visit today at a time of their own and one a
/// week later.
Result<void> fill(Store& store, std::size_t patients);

/// A clinic of that many patients, made once and kept in bench_data().
Result<Store> kept_clinic(std::size_t patients);

}  // namespace foyer
