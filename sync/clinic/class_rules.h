#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// What the clinic decides about a class (`[[class]]` of foyer.toml), by the Schedule
/// whose Slots are its seats. A Schedule without a rule is a class with these defaults.
struct ClassRule {
    std::string schedule;  ///< FHIR id, without "Schedule/"
    /// By language; empty: what the Schedule's serviceType says.
    std::map<std::string, std::string> title;
    enum class Kind { yoga, mindfulness, art, music, movement, other };
    Kind kind = Kind::other;  ///< decides the picture beside it
    /// Who may join: patients of these programs; empty: everybody. Whoever may not does
    /// not see it.
    std::vector<Service> programs;
    bool hidden = false;  ///< on no screen: staff signs up (`foyer sign-up`)
    std::string waiver;   ///< a form, as in FormRule::form; empty: none
    std::chrono::days waiver_lasts{365};
    std::chrono::minutes opens_before{30};  ///< sign-in, before the start
    std::chrono::minutes late_after{10};
    /// So long after the start a seat whose owner has not come is free again; 0: never.
    std::chrono::minutes release_after{0};
    bool walk_ins = true;  ///< who did not sign up may join while sign-in is open
    std::chrono::minutes offer_lasts{24 * 60};  ///< a seat from the wait list
    bool operator==(const ClassRule&) const = default;
};

/// The rule of a Schedule: the site's, else the defaults.
ClassRule class_rule(const std::vector<ClassRule>& rules, const std::string& schedule);

/// Whether a patient of these programs is shown the class.
bool may_join(const ClassRule& rule, const std::vector<Service>& programs);

/// Until when a seat offered from the wait list is held for its patient (sync.md
/// decision 6: nothing displaces it before): `offer_lasts`, but an hour before the
/// class at the latest, so that the next one can still come; never under 15 minutes,
/// and never past the start.
Instant accept_by(const ClassRule& rule, Instant offered, Instant starts);

/// Which words say how full a session is.
enum class Room { open, few_left, wait_list };
/// `few_left`: a quarter of the seats or three, whichever is more.
Room room(int seats, int free);

}  // namespace foyer
