#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/attendance.h"
#include "tests/sim/world.h"

namespace foyer::sim {

/// The clinic of one run, as its server has it: who is expected, at groups and program
/// days too, and a class with seats.
struct Clinic {
    struct Expected {
        std::string appointment;
        std::vector<std::string> patients;
        Instant starts{};
        Service service = Service::other;
        std::chrono::minutes lasts{50};
    };
    std::vector<std::string> patients;
    std::vector<Expected> expected;
    /// Of Schedule/yoga: tomorrow's, and one that begins now. Staff may move the first.
    std::vector<Instant> sessions;
    int seats = 0;            ///< tomorrow's
    bool moved = false;       ///< tomorrow's, by staff
    bool called_off = false;  ///< tomorrow's, by staff

    /// A day of them; the simulation's clinic has one class.
    static constexpr std::chrono::minutes release_after{10}, offer_lasts{20};
    static constexpr std::chrono::hours session_lasts{4};

    bool shared(const std::string& appointment) const;
};

/// Writes a clinic of a few patients into the world's server.
Clinic furnish(World& world);

/// A seat of the class that the front desk gave away, for its nth guest; `slot` as the
/// server has it.
std::string booked_by_staff(const Clinic& clinic, const std::string& slot, int nth);

std::string appointment_json(const Clinic::Expected& expected, const char* status);

}  // namespace foyer::sim
