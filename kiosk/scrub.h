#pragma once

namespace foyer {

/// Overwrites the part of this thread's stack that earlier calls used and left, so that
/// what a session put there is gone. Call it from a shallow frame.
void scrub_stack();

}  // namespace foyer
