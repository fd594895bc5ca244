#pragma once

#include "platform/chime.h"

namespace foyer {

/// A loudspeaker that counts.
class SimulatedChime final : public Chime {
public:
    bool unplugged = false;
    int rung = 0;

    Result<void> ring() override {
        if (unplugged) return fail(Error::Code::offline, "simulated");
        ++rung;
        return {};
    }
};

}  // namespace foyer
