#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// A soft sound that says: look at the board. Says nothing about whom.
class Chime {
public:
    virtual ~Chime() = default;
    /// Rings once and returns at once; while it rings, another is not heard as a second
    /// one. Fails with `offline` when no loudspeaker can be opened: the board is
    /// readable without it.
    virtual Result<void> ring() = 0;
};

/// Two falling notes (E5, C5) of a bell, 1.2 s, mono. Samples in -32768..32767, never
/// beyond half of that: a lobby is a quiet room.
std::vector<std::int16_t> chime_samples(int samples_per_second);

/// The machine's loudspeaker, by SDL's audio (`SDL_AUDIODRIVER` overrules which). It is
/// opened by the first ring and again after it was unplugged. Main thread only.
std::unique_ptr<Chime> loudspeaker_chime();

}  // namespace foyer
