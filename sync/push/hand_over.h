#pragma once

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/records/store.h"

namespace foyer {

/// Answers that the server would not take as they are, for three days (sync.md decision
/// 11): each is sent once more as a document that staff can read and file, with the
/// refused resource attached. The refused unit stays parked, for staff to retry or give
/// up. Answers how many were queued; doing it again queues none twice.
Result<int> hand_over_parked(Store& store, Instant now);

}  // namespace foyer
