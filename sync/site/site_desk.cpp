#include "sync/site/site_desk.h"

#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

/// The note was stored within this long before call(), whatever the disk was doing.
constexpr std::chrono::seconds just_now{10};

Unit call_for_help(Instant at) {
    const nlohmann::json body = {{"act", "desk"},
                                 {"reason", "help"},
                                 {"at", format_instant(at)},
                                 {"clock", code(ClockQuality::untrusted)}};
    return {.id = unit_id("desk|" + body.dump()),
            .lane = Lane::safety,
            .at = at,
            .visit = std::nullopt,
            .patient = std::nullopt,
            .body = body.dump()};
}

}  // namespace

Result<void> SiteDesk::call() {
    if (!channel_.desk_alive())
        return fail(Error::Code::offline, "lan: no front desk is there");
    const Instant now = clock_.now();
    return channel_.wait_until(
        [now](Store& store) -> Result<bool> {
            const auto seen = TRY(store.desk_sees_call(now - just_now));
            if (!seen) TRY(store.tell_site(call_for_help(now)));
            return seen.value_or(false);
        },
        tuning::lan_answer_waits);
}

Result<void> SiteDesk::arrived(const Alias& visit) {
    if (!channel_.desk_alive())
        return fail(Error::Code::offline, "lan: no front desk is there");
    return channel_.wait_until(
        [visit](Store& store) { return store.desk_heard_arrival(visit); },
        tuning::lan_answer_waits);
}

}  // namespace foyer
