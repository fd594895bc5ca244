#pragma once

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <string>
#include <vector>

namespace foyer {

/// Times of one thing done again and again. Google Benchmark knows means only.
class Spread {
public:
    /// Runs `work`, remembers how long it took and answers that, in seconds.
    template <class Work>
    double time(Work&& work) {
        const auto begun = std::chrono::steady_clock::now();
        work();
        const auto took = std::chrono::steady_clock::now() - begun;
        seconds_.push_back(std::chrono::duration<double>(took).count());
        return seconds_.back();
    }

    /// `part` of all times were at most this long (0.5: the median); 0 without times.
    double at(double part) {
        if (seconds_.empty()) return 0;
        const auto last = double(seconds_.size() - 1);
        const auto place = seconds_.begin() + std::ptrdiff_t(part * last + 0.5);
        std::nth_element(seconds_.begin(), place, seconds_.end());
        return *place;
    }

    /// Reports p50 and p99 in microseconds as "<name>p50_us", "<name>p99_us", and how
    /// many times they are of.
    void report(benchmark::State& state, const std::string& name = {}) {
        state.counters[name + "p50_us"] = at(0.5) * 1e6;
        state.counters[name + "p99_us"] = at(0.99) * 1e6;
        state.counters[name + "times"] = double(seconds_.size());
    }

private:
    std::vector<double> seconds_;
};

}  // namespace foyer
