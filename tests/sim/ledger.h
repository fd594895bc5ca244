#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/attendance.h"

namespace foyer::sim {

/// What was tried at which kiosk: the questions to ask when all is over. Whether a try
/// was stored, the kiosk's records say; what is stored must be at the server.
struct Ledger {
    struct CheckIn {
        int kiosk;
        std::string appointment, patient;
        /// The patient was told that it is done: then the records must have it.
        bool told;
    };
    struct Form {
        int kiosk;
        std::string patient, url, unit, rule;  ///< `rule`: a safety note, or empty
        bool bad;                              ///< no server takes it
        bool told;
    };
    /// Somebody with a seat came to the class, and a kiosk said so.
    struct Came {
        std::string appointment, patient;
        Instant at{};  ///< truly
    };
    /// What was said of being there, as the kiosk answered it.
    struct Said {
        int kiosk;
        AttendanceEvent event;
    };
    /// Who closed a session heard for how many patients.
    struct Closed {
        std::string appointment;
        int kiosk;
        bool whole;  ///< nobody was left of whom it is not known
    };
    std::vector<CheckIn> check_ins;
    std::vector<Form> forms;
    std::vector<Came> came;
    std::vector<Said> said;
    std::vector<Closed> closed;
    int accepted = 0, declined = 0;  ///< offers, by patients
    /// What staff said last of an Appointment: no kiosk may undo it.
    std::map<std::string, std::string> called_off;
    std::set<std::string> removed;  ///< Appointments that staff deleted
};

}  // namespace foyer::sim
