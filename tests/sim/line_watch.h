#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/http.h"
#include "tests/sim/network.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// Sees whether a request that gives a seat from the wait list, or gives an offer up,
/// does so in order: nobody passes another by, no offer is displaced before its time.
class LineWatch final : public Watch {
public:
    /// Both outlive it.
    LineWatch(World& world, const HttpRequest& request,
              std::vector<std::string>& wrong);
    ~LineWatch() override;

private:
    struct Place {
        std::string status, starts, order, unit, until;
        bool here = false;
        Instant updated{};
    };
    std::map<std::string, Place> places() const;

    World& world_;
    std::vector<std::string>& wrong_;
    bool looks_ = false;
    std::map<std::string, Place> before_;
};

}  // namespace foyer::sim
