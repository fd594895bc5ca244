#pragma once

#include <cstdint>
#include <string_view>

#include "platform/result.h"

namespace foyer {

/// How often some bytes stand in this process's own writable memory: for the test that
/// a session leaves nothing behind. They are given as hexadecimal digits, so that
/// asking does not put them there. Works for a process that is not dumpable too; fails
/// with `refused` where the system does not let a process read itself, `bad_input` for
/// under 4 bytes.
Result<std::int64_t> times_in_memory(std::string_view hex);

}  // namespace foyer
