#pragma once

#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/clinic/site_time.h"

namespace foyer {

/// Fills in the times of a Bundle whose day is always today (assets/demo/clinic.json):
///
///     {{today+7 10:00}}   that day at that wall clock time, as a FHIR instant
///     {{today-1}}         that day, as a FHIR date
///     {{now+20}}          so many minutes from now, rounded up to five, and never
///     later
///                         than 23:55 today, as a FHIR instant
///
/// Fails with `bad_input`, naming the line, on anything else in double braces.
Result<std::string> render_demo(std::string_view text, Instant now,
                                const SiteTime& time);

}  // namespace foyer
