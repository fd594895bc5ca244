#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "platform/clock.h"
#include "sync/fhir/reference.h"

namespace foyer {

/// What an Encounter says of a visit that has begun.
struct ReadBegun {
    Reference appointment, patient;
    std::optional<Instant> arrived;  ///< since when it was `arrived`, by its history
    Instant begun{};
    bool from_history = false;  ///< else the start of its period
};

/// Reads an R4 Encounter of one Appointment that is or was in progress (status
/// in-progress, onleave, finished). None of one that has not begun, was called off,
/// or lacks its Appointment, its patient or a time.
std::optional<ReadBegun> read_begun(const nlohmann::json& encounter);

}  // namespace foyer
