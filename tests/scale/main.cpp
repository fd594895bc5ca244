#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "platform/log.h"
#include "tests/scale/site.h"

namespace foyer::scale {
namespace {

using nlohmann::json;
using std::chrono::seconds;

struct Span {
    std::size_t from, to;  ///< seconds since the beginning
};

/// Requests a second in the busiest `width` seconds of a span.
double busiest(const Traffic& traffic, Span span, std::size_t width) {
    double most = 0;
    for (std::size_t at = span.from; at + width <= span.to; ++at) {
        std::int64_t sum = 0;
        for (std::size_t i = at; i < at + width; ++i)
            sum += traffic.seconds()[i].answered();
        most = std::max(most, double(sum) / double(width));
    }
    return most;
}

json summary(const Traffic& traffic, Span span) {
    json by_purpose;
    std::int64_t requests = 0, bytes = 0;
    for (std::size_t k = 0; k < purposes.size(); ++k) {
        std::int64_t of = 0;
        for (std::size_t i = span.from; i < span.to; ++i)
            of += traffic.seconds()[i].requests[k];
        by_purpose[name(purposes[k])] = double(of) / double(span.to - span.from);
    }
    for (std::size_t i = span.from; i < span.to; ++i) {
        requests += traffic.seconds()[i].answered();
        bytes += traffic.seconds()[i].bytes;
    }
    const double length = double(span.to - span.from);
    return {{"requests_a_second", double(requests) / length},
            {"bytes_a_second", double(bytes) / length},
            {"busiest_second", busiest(traffic, span, 1)},
            {"busiest_10_seconds", busiest(traffic, span, 10)},
            {"by_purpose_a_second", by_purpose}};
}

std::filesystem::path scratch_directory() {
    const bool memory = std::filesystem::is_directory("/dev/shm");
    std::string name =
        memory ? "/dev/shm/foyer-scale-XXXXXX" : "/tmp/foyer-scale-XXXXXX";
    return mkdtemp(name.data());
}

int run(int kiosks, unsigned threads) {
    start_log(LogLevel::error);
    const Morning morning;
    const int sites = std::max(1, kiosks / kiosks_a_site);
    const auto scratch = scratch_directory();
    Traffic all(seconds(morning.length()));
    std::atomic<int> next = 0;
    std::int64_t left = 0;
    std::mutex mutex;
    std::vector<std::thread> pool;
    for (unsigned t = 0; t < threads; ++t)
        pool.emplace_back([&, t] {
            Traffic own(seconds(morning.length()));
            std::int64_t waiting = 0;
            for (int site = next++; site < sites; site = next++)
                waiting += play_site(std::uint64_t(site) + 1, morning,
                                     scratch / std::to_string(t), own);
            const std::lock_guard lock(mutex);
            all.add(own);
            left += waiting;
        });
    for (auto& thread : pool) thread.join();
    std::error_code ignored;
    std::filesystem::remove_all(scratch, ignored);

    const auto at = [](std::chrono::minutes time) {
        return std::size_t(seconds(time).count());
    };
    const Span steady{at(morning.warm), at(morning.warm + morning.steady)},
        outage{steady.to, at(morning.warm + morning.steady + morning.outage)},
        after{outage.to, at(morning.length())};
    json series = json::array();
    constexpr std::size_t width = 10;
    for (std::size_t i = 0; i + width <= all.seconds().size(); i += width) {
        json point = json::array();
        for (std::size_t k = 0; k < purposes.size(); ++k) {
            std::int64_t sum = 0;
            for (std::size_t j = i; j < i + width; ++j)
                sum += all.seconds()[j].requests[k];
            point.push_back(double(sum) / width);
        }
        series.push_back(point);
    }
    const auto at_rest = summary(all, steady), healing = summary(all, after);
    const double rate = at_rest["requests_a_second"];
    std::vector<std::string> names;
    for (const auto purpose : purposes) names.emplace_back(name(purpose));
    const double visits = std::max(1.0, double(all.check_ins));
    std::cout << json{{"kiosks", sites * kiosks_a_site},
                      {"sites", sites},
                      {"minutes",
                       {{"warm", morning.warm.count()},
                        {"steady", morning.steady.count()},
                        {"outage", morning.outage.count()},
                        {"after", morning.after.count()}}},
                      {"steady", at_rest},
                      {"outage", summary(all, outage)},
                      {"after", healing},
                      {"peak_over_steady",
                       healing["busiest_10_seconds"].get<double>() / rate},
                      {"peak_second_over_steady",
                       healing["busiest_second"].get<double>() / rate},
                      {"check_ins", all.check_ins},
                      {"units", all.units},
                      {"left_waiting", left},
                      {"requests_a_check_in", double(all.visit_requests) / visits},
                      {"bytes_a_check_in", double(all.visit_bytes) / visits},
                      {"series_seconds", width},
                      {"series_of", names},
                      {"series", series}}
                     .dump(1)
              << '\n';
    return 0;
}

}  // namespace
}  // namespace foyer::scale

/// foyer_scale [KIOSKS]: plays them all and prints what the backend sees, as JSON.
int main(int argc, char** argv) {
    const int kiosks = argc > 1 ? std::atoi(argv[1]) : 1'000;
    if (kiosks < foyer::scale::kiosks_a_site) {
        std::fputs("usage: foyer_scale [KIOSKS]\n", stderr);
        return 2;
    }
    return foyer::scale::run(kiosks, std::max(1u, std::thread::hardware_concurrency()));
}
