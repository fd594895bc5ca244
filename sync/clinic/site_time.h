#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/result.h"

namespace foyer {

/// A moment on the wall clock of the site.
struct LocalTime {
    Date day;
    std::chrono::minutes minutes{0};  ///< after midnight, as the wall clock reads
};

/// The site's calendar: every "today", day and window goes through here, so that DST
/// nights and other zones are settled once. Immutable, cheap to copy, thread-safe.
class SiteTime {
public:
    /// Fails with `bad_input` when the IANA zone is unknown on this machine.
    static Result<SiteTime> in_zone(const std::string& iana_name);

    Date day_of(Instant at) const;
    LocalTime local(Instant at) const;
    /// The first instant of a day (not always 00:00: some zones skip it).
    Instant start_of(Date day) const;
    /// The instant at which the wall clock reads this; in a skipped hour the first one
    /// after it, in a repeated hour the first.
    Instant at(Date day, std::chrono::minutes after_midnight) const;

private:
    explicit SiteTime(const void* zone) : zone_(zone) {}
    const void* zone_;  ///< date::time_zone, owned by the tz library, lives forever
};

/// FHIR instant or dateTime with time and offset ("2026-11-23T10:00:00-05:00"). Fails
/// with `bad_input` on anything else, a missing offset included.
Result<Instant> parse_instant(std::string_view text);
/// "2026-11-23T15:00:00.000Z".
std::string format_instant(Instant at);
/// FHIR date with full precision ("1815-12-10").
Result<Date> parse_date(std::string_view text);
std::string format_date(Date date);

}  // namespace foyer
