#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/event.h"
#include "kiosk/form_effects.h"
#include "platform/camera.h"
#include "platform/clock.h"
#include "platform/printer.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"
#include "sync/site/desk_link.h"

namespace foyer {

/// Where forms are filled in: holds the patient's due forms and the one at hand while
/// they are at the kiosk. Carries out the orders of form_effects.h, each to one event.
/// The worker's thread only. Every answer is in the store before its event is
/// answered; forget() overwrites the rest.
class FormDesk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the desk, as do all of these
        const Site* site = nullptr;
        const SiteTime* time = nullptr;
        DeskLink* link = nullptr;
        Camera* camera = nullptr;    ///< null: no camera
        Printer* printer = nullptr;  ///< null: no printer
    };
    /// What an order needs to know of the session.
    struct With {
        Store& store;
        const std::string& language;
        ClockQuality clock_quality = ClockQuality::trusted;
    };

    explicit FormDesk(Parts parts);
    ~FormDesk();
    FormDesk(const FormDesk&) = delete;
    FormDesk& operator=(const FormDesk&) = delete;

    /// Reads the forms, once, if any rule asks for one (some 30 ms).
    void open();

    /// The forms that are due for a patient who has just checked in to `visits`; they
    /// are what the orders are about from here on. None if there are none, or if the
    /// records cannot tell. With `guardian_away` those are left out that a guardian has
    /// to be there for: consents, what is to be signed, a guardian's part.
    std::vector<FormOffer> welcome(const Alias& patient,
                                   const std::vector<Service>& visits, const With& with,
                                   bool guardian_away = false);
    /// Whether any of the forms due at these visits needs a guardian. Of a patient who
    /// has not checked in yet.
    bool needs_guardian(const Alias& patient, const std::vector<Service>& visits,
                        const With& with);

    /// The forms that are due for a patient who did not check in, or begun today:
    /// `today` as welcome()'s `visits`; of `later` visits those that are not asked for
    /// at every visit anew.
    std::vector<FormOffer> my_forms(const Alias& patient,
                                    const std::vector<Service>& today,
                                    const std::vector<Service>& later, const With& with,
                                    bool guardian_away = false);
    /// One form and no other, whether it is due or not: a class's waiver, by its
    /// canonical or the last part of it. A consent refused in it does not count as
    /// filled in. None without such a form in the session's language.
    std::vector<FormOffer> ask_for(const Alias& patient, const std::string& form,
                                   const With& with);

    Event carry(const OfferForms&, const With& with);
    Event carry(const OpenForm&, const With& with);
    Event carry(const SaveAnswers& order, const With& with);
    Event carry(const DeclineItem& order, const With& with);
    Event carry(const AddInstance& order, const With& with);
    Event carry(const RemoveInstance& order, const With& with);
    Event carry(const TakePhoto& order, const With& with);
    Event carry(const FinishForm&, const With& with);
    Event carry(const SignForm& order, const With& with);
    Event carry(const StopForm&, const With& with);
    Event carry(const PrintCopy&, const With& with);

    /// Whose forms these are, while somebody is here.
    std::optional<Alias> patient() const;
    /// The patient has gone or put the forms off.
    void forget();

    /// Sends what was begun on another site day as far as it is.
    void park_old(Store& store, ClockQuality clock_quality);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
