#pragma once

#include <chrono>
#include <string>

#include "kiosk/setup.h"
#include "sync/tuning.h"

namespace foyer {

struct SignUpOptions {
    std::string session;  ///< ClassSession::key(), as `--list` shows it
    std::string patient;  ///< FHIR id
    /// Seconds that the patient waits for the server.
    double wait = std::chrono::duration<double>(tuning::booking_waits).count();
    bool list = false;
    bool leave = false;
    bool accept = false;  ///< a seat that is offered
};

/// `foyer sign-up SESSION --patient ID`: signs a patient of the records up for a
/// session of a class, tells the server, and says how it stands when the wait is over:
/// confirmed, on the wait list, or asked for. What was not sent by then is sent later
/// (`foyer sync`). `failed` when the clinic refused, or there is no such session or
/// patient. With `leave` the patient gives it up, with `accept` they take the seat that
/// is offered; with `list` the sessions are shown,
/// and a patient's sign-ups.
Exit sign_up_command(const Options& options, const SignUpOptions& wanted);

}  // namespace foyer
