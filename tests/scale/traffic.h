#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "platform/http.h"

namespace foyer::scale {

/// What a request is for, as its address says.
enum class Purpose { push, changes, held, seats, rest, in_vain };
inline constexpr std::array purposes = {Purpose::push, Purpose::changes,
                                        Purpose::held, Purpose::seats,
                                        Purpose::rest, Purpose::in_vain};
const char* name(Purpose purpose);
Purpose purpose_of(const HttpRequest& request);

/// Requests a second, of any number of kiosks. Summed at the end; one thread each.
class Traffic {
public:
    explicit Traffic(std::chrono::seconds length);

    /// A request that was answered; without an answer it was in vain.
    void count(std::chrono::milliseconds at, const HttpRequest& request,
               const HttpResponse* answer);
    void add(const Traffic& other);

    struct Second {
        std::array<std::int64_t, purposes.size()> requests{};
        std::int64_t bytes = 0;  ///< both ways, as written, not packed
        /// Answered ones.
        std::int64_t answered() const;
    };
    const std::vector<Second>& seconds() const { return seconds_; }

    /// Of what arrivals and paperwork alone need (units that follow each other to the
    /// server one by one): requests and bytes.
    std::int64_t visit_requests = 0, visit_bytes = 0, check_ins = 0, units = 0;

private:
    std::vector<Second> seconds_;
};

}  // namespace foyer::scale
