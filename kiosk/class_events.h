#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kiosk/class_screens.h"

namespace foyer {

// --- what the patient does with classes ----------------------------------------------

struct ClassDayChosen {
    std::size_t day = 0;  ///< into ClassBoard::days
};
struct ClassesPaged {
    std::size_t first = 0;  ///< of the day's classes, the first to show
};
/// The button of a card: what it does is ClassCard::can.
struct ClassTapped {
    std::string session;
};
struct ClassJoinedAnyway {};
struct ClassLeft {};
struct ClassOfferTaken {};
struct ClassOfferDeclined {};
struct ClassNewsRead {};

// --- what an effect came to ----------------------------------------------------------

/// How the classes stand now, and what is to be told before.
struct ClassesShown {
    ClassBoard board;
    std::vector<ClassNews> news;
};
/// It was not joined: something else is at that time.
struct ClassClashes {
    ClassCard wanted;
    Words other;  ///< a class; empty: a visit
    LocalTime other_starts;
};
/// A person has to sign them up.
struct ClassNeedsDesk {};
/// An order about classes failed: nothing was changed.
struct ClassesFailed {};
/// News of classes beside what the patient came for; may be none.
struct ClassNewsFound {
    Alias patient;
    std::vector<ClassNews> news;
};
/// What came of "Yes, I'll come".
struct ClassOfferAnswered {
    ClassNews now;
};

}  // namespace foyer
