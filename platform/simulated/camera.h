#pragma once

#include <atomic>

#include "platform/camera.h"

namespace foyer {

/// A camera that always sees a test card: coloured bars over the number of the picture
/// in white squares, so that two pictures differ. PNG, 480 x 300, about 2 kB. Any
/// thread.
class SimulatedCamera final : public Camera {
public:
    Result<Photo> take() override;

    void set_plugged_in(bool plugged_in) { plugged_in_ = plugged_in; }
    bool is_plugged_in() const { return plugged_in_; }
    /// Pictures taken so far.
    int taken() const { return taken_; }

private:
    std::atomic<bool> plugged_in_ = true;
    std::atomic<int> taken_ = 0;
};

}  // namespace foyer
