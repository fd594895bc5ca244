#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/clinic/class_rules.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/visit.h"

namespace foyer {

struct Screen;
using Before = std::shared_ptr<const Screen>;

/// A session of a class as a screen shows it.
struct ClassCard {
    std::string session{};  ///< ClassSession::key()
    Words title{};
    ClassRule::Kind kind = ClassRule::Kind::other;
    LocalTime starts{}, ends{};
    std::string place{};  ///< may be empty
    int seats = 0, free = 0, waiting = 0;
    bool cancelled = false;

    /// How the patient stands with it.
    enum class Mine { none, asked, in, here, waiting, offered } mine = Mine::none;
    int line = 0;  ///< their place on the wait list, from 1; 0: unknown
    std::optional<LocalTime> say_yes_by{};

    /// What they can do about it.
    enum class Can {
        nothing,
        join,
        join_now,  ///< sign-in is open: who is here may go in
        queue,     ///< the wait list
        sign_in,   ///< it begins, and they are in: "I'm here"
        leave,     ///< give up the place, the wish, or the place on the wait list
        answer,    ///< say yes to an offer, or no
    } can = Can::nothing;
};

struct ClassDay {
    Date day{};
    std::vector<ClassCard> classes{};  ///< earliest first, never empty
};

/// The classes a patient may know of, by day; earliest first.
struct ClassBoard {
    Alias patient{};
    std::vector<ClassDay> days{};
    Date today{};
    bool offline = false;  ///< places asked for now are confirmed later
};

/// Something about a class that the patient has not been told yet.
struct ClassNews {
    std::string unit{};  ///< SignUp::unit
    enum class What {
        offer,  ///< to be answered
        in,
        asked,  ///< of an offer accepted while nobody could confirm it
        waiting,
        missed,    ///< the offer went on to the next
        released,  ///< they had not come
        called_off,
        refused,
        moved,
    } what = What::in;
    Words title{};
    LocalTime starts{}, ends{};
    std::string place{};
    int line = 0;
    std::optional<LocalTime> say_yes_by{};
};

// --- screens -------------------------------------------------------------------------

/// Holistic classes, a day at a time (design 05).
struct Classes {
    ClassBoard board{};
    std::size_t day = 0;    ///< into ClassBoard::days
    std::size_t first = 0;  ///< of the day's classes, the first that is shown
};

/// A moment's work. Joining waits a little for the clinic to confirm.
struct ClassWorking {
    enum class What { opening, joining, leaving, signing_in } what = What::opening;
    Classes list{};         ///< where the patient was
    std::string session{};  ///< that is being joined
    bool anyway = false;    ///< though it is at the same time as something else
    bool now = false;       ///< at the door
};

/// "This is at the same time as your 1:00 visit."
struct ClassClash {
    Classes list{};
    ClassCard wanted{};
    bool now = false;
    Words other{};  ///< the other class; empty: a visit
    LocalTime other_starts{};
};

/// Giving it up is asked once.
struct ClassLeaving {
    Classes list{};
    ClassCard card{};
};

/// An offer, or how something came out; one at a time, the first of `news`.
struct ClassesTold {
    Before after{};
    Alias patient{};
    std::vector<ClassNews> news{};
    bool answering = false;  ///< "yes" is on its way to the disk
};

/// The end of "My forms". Nobody was checked in.
struct MyFormsOver {};

}  // namespace foyer
