#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/attempts.h"
#include "kiosk/effect.h"
#include "kiosk/event.h"
#include "kiosk/form_desk.h"
#include "kiosk/signing_desk.h"
#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

struct SlipToken;

/// Finds out who stands at the kiosk, by what they typed or the slip they hold, and
/// what there is for them today. Who is not found is told nothing of why; the desk is.
/// Remembers nobody between orders, only how often nobody was found. The worker's
/// thread only.
class FindingDesk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the desk, as do all of these
        const Site* site = nullptr;
        const SiteTime* time = nullptr;
        FormDesk* forms = nullptr;
        const SigningDesk* attendance = nullptr;
    };
    /// What an order needs to know of the session.
    struct With {
        Store& store;
        const std::string& language;
        ClockQuality clock_quality = ClockQuality::trusted;
        std::chrono::milliseconds given{0};  ///< when the patient tapped, elapsed()
    };

    explicit FindingDesk(Parts parts) : parts_(parts) {}

    /// PersonFound, TwoFound, TooManyTries or NobodyToday. Whoever shows it has to do
    /// so after the same time for each (Site::answer_after).
    Event carry(const FindPatient& order, const With& with);
    Event carry(const TellApart& order, const With& with);
    /// PersonFound, SlipForOtherDay or SlipNotTaken.
    Event carry(const ReadSlip& order, const SiteKeys& keys, const With& with);

    /// By their birth date (Site::minor_age); false where the records cannot tell.
    bool is_minor_here(Store& store, const Alias& patient) const;
    /// What the patient's visits of that day are for, those that are over or off apart.
    Result<std::vector<Service>> services_on(Date day, const Alias& patient,
                                             Store& store) const;

private:
    std::optional<Event> tries_used_up(const With& with);
    Event missed(DeskReason reason, std::optional<Alias> patient, const With& with);
    Event found_one(const Alias& id, Purpose purpose, const With& with);

    Event unknown_slip(const SlipToken& token, const With& with);
    Event slip_of(const Visit& visit, const std::string& slip, Purpose purpose,
                  const With& with);
    bool is_rush(const Visit& visit, Standing how, bool there, const PersonFound& found,
                 const With& with);
    void why_not(const Visit& visit, Standing how, PersonFound& found,
                 const With& with);

    Result<Person> person(const Alias& id, const With& with);
    std::vector<VisitCard> cards_today(const Alias& patient, bool& failed,
                                       const With& with);

    Instant now() const { return parts_.clock->now(); }
    Date today() const { return parts_.time->day_of(now()); }
    void note(DeskReason reason, std::optional<Alias> visit,
              std::optional<Alias> patient, const With& with) const;

    Parts parts_;
    Attempts attempts_ = {};
};

}  // namespace foyer
