#pragma once

#include <string>
#include <vector>

#include "platform/clock.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// The clinic of one run, as its server has it: who is expected, and a class with
/// seats.
struct Clinic {
    struct Expected {
        std::string appointment;
        std::vector<std::string> patients;
        Instant starts{};
    };
    std::vector<std::string> patients;
    std::vector<Expected> expected;
    std::vector<Instant> sessions;  ///< of Schedule/yoga
    int seats = 0;                  ///< in each

    bool shared(const std::string& appointment) const;
};

/// Writes a clinic of a few patients into the world's server.
Clinic furnish(World& world);

/// A seat of the class that the front desk gave away, for its nth guest.
std::string booked_by_staff(const Clinic& clinic, const std::string& slot, int nth);

std::string appointment_json(const Clinic::Expected& expected, const char* status);

}  // namespace foyer::sim
