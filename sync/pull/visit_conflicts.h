#pragma once

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// Records what the server says against a check-in that was made here, before the
/// Appointment takes its new form in `batch`:
///
/// - "visit-cancelled": cancelled, or entered in error. Staff decides.
/// - "visit-no-show": marked as not come. Staff decides.
/// - "not-a-participant": the patient no longer takes part. Staff decides.
/// - "visit-moved": to another day: staff decides. To another time of the same day: the
///   arrival stands, settled as "same-day".
///
/// The check-in itself stands in each case. Only what differs from what was held
/// counts, so reading the same again records nothing; the id is made of both sides.
Result<void> record_conflicts(Store& store, Store::Batch& batch,
                              const Store::Batch::Appointment& theirs,
                              const SiteTime& time, Instant now);

}  // namespace foyer
