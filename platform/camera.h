#pragma once

#include <string>

#include "platform/result.h"

namespace foyer {

/// A picture of a paper held before the kiosk (an insurance card).
struct Photo {
    std::string mime;   ///< "image/png" or "image/jpeg"
    std::string bytes;  ///< the file
};

/// The camera. Blocks until the picture is taken (about a second), so only the worker
/// thread takes pictures. Keeps nothing.
class Camera {
public:
    virtual ~Camera() = default;

    /// Fails with `offline` when the camera is unplugged.
    virtual Result<Photo> take() = 0;
};

}  // namespace foyer
