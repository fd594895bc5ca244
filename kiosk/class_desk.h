#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/class_effects.h"
#include "kiosk/event.h"
#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// What a patient learns of classes and asks for. Carries out the orders of
/// class_effects.h and remembers, while the patient is at the kiosk, what was asked for
/// and told. The worker's thread only. Whatever is asked for is on disk before its
/// event is answered; nothing here waits for a network.
class ClassDesk {
public:
    struct Parts {
        const Clock* clock = nullptr;  ///< outlives the desk, as do all of these
        const Site* site = nullptr;
        const SiteTime* time = nullptr;
    };
    /// What an order needs to know of the session.
    struct With {
        Store& store;
        ClockQuality clock_quality = ClockQuality::trusted;
        /// The clinic's server: none is configured, out of reach, or there to answer.
        enum class Clinic { none, offline, online } clinic = Clinic::none;
        long order = 0;  ///< number of the order, or of the one that is answered again
    };

    explicit ClassDesk(Parts parts);
    ~ClassDesk();
    ClassDesk(const ClassDesk&) = delete;
    ClassDesk& operator=(const ClassDesk&) = delete;

    /// What a patient is to be told, offers first. None when the records cannot say.
    std::vector<ClassNews> news(const Alias& patient, const With& with);

    Event carry(const ShowClasses& order, const With& with);
    Event carry(const LeaveClass& order, const With& with);
    Event carry(const SignInToClass& order, const With& with);
    Event carry(const FindClassNews& order, const With& with);
    Event carry(const TakeClassOffer& order, const With& with);
    void carry(const PutAwayClassNews& order, const With& with);

    /// Joining: an event; or the waiver that has to be signed before; or neither, while
    /// the clinic is asked (look_around() hears of it).
    struct Joining {
        std::optional<Event> event;
        std::string waiver;  ///< as FormRule::form, or empty
    };
    Joining carry(const JoinClass& order, const With& with);

    /// The classes anew, when the clinic has answered a wish of this session, and the
    /// order that they answer.
    struct Answered {
        Event event;
        long order = 0;
    };
    std::optional<Answered> look_around(const With& with);

    /// The patient has gone.
    void forget();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
