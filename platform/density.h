#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "platform/result.h"

namespace foyer {

/// How many pixels a panel has on a millimetre, across and down alike.
///
/// From the panel's EDID (VESA E-EDID 1.3/1.4, at least the first 128 bytes): the
/// preferred mode's pixels over its size in millimetres, or, where that is not
/// believable, over the size in whole centimetres. Many panels lie; fails with
/// `bad_input` for a damaged EDID, no size, sizes known as placeholders (16x9,
/// 160x90, ...), pixels that are not square within 10 %, and less than 40 or more than
/// 400 pixels per inch. The caller then takes the configured density.
Result<double> pixels_per_mm(std::span<const std::uint8_t> edid);

/// The same for the first connected panel, by name of its connector, whose EDID is
/// believable. `drm_root` is where the kernel lists connectors. Fails with `not_found`
/// when none is connected, else as above.
Result<double> display_density(
    const std::filesystem::path& drm_root = "/sys/class/drm");

}  // namespace foyer
