#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"

namespace foyer {

/// 128 bits of keyed BLAKE2b over a FHIR id: what stands for the id wherever the id
/// itself must not be readable (table keys, slips, the audit log, log lines).
struct Alias {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Alias&) const = default;
    /// 32 lower-case hexadecimal digits.
    std::string hex() const;
};

/// A keyed hash of a normalised last name and a birth date; see records/blind_index.h.
struct BlindIndex {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const BlindIndex&) const = default;
};

/// What a patient comes for. Decides windows and labels; never shown by this name.
enum class Service {
    individual,
    group,
    medication,
    php,  ///< partial hospitalization program
    iop,  ///< intensive outpatient program
    family,
    case_management,
    crisis,
    holistic_class,
    aftercare,
    other,  ///< the schedule does not say, or says what we do not know
};

/// FHIR R4 Appointment.status (http://hl7.org/fhir/appointmentstatus).
enum class AppointmentStatus {
    proposed,
    pending,
    booked,
    arrived,
    fulfilled,
    cancelled,
    noshow,
    entered_in_error,
    checked_in,
    waitlist,
};

/// A person of the clinic. Every field is private.
struct Patient {
    std::string id;      ///< FHIR id, without "Patient/"
    std::string family;  ///< may be empty: then nobody finds them by name
    std::string given;   ///< what they are called: the usual name before the official
    std::optional<Date> born;
    std::string phone;                      ///< as the clinic wrote it, may be empty
    std::string language;                   ///< BCP 47, may be empty
    std::optional<Date> contact_confirmed;  ///< when they last said the phone is right
};

/// How far a device's clock can be believed (sync.md decision 9).
enum class ClockQuality {
    trusted,
    untrusted,  ///< the clock went back, or nobody has set it since a start without
                ///< battery
};

/// The name a patient is called by in the lobby: a plant and a number, "Fern 27". Given
/// at check-in, good for one day, says nothing about the person.
struct CallName {
    int plant = 0;   ///< index into the list of clinic/call_name.h
    int number = 0;  ///< 1..99, and on from 100 on a day of very many
    auto operator<=>(const CallName&) const = default;
};

/// The fact that a patient said "I am here" for a visit.
struct CheckIn {
    Instant at{};
    ClockQuality clock = ClockQuality::trusted;
    CallName call_name;
    bool late = false;
};

/// One patient's part in one Appointment: what a patient checks in for.
struct Visit {
    Alias id;       ///< alias of "<appointment>" or, with several patients, of
                    ///< "<appointment>|<patient>"
    Alias patient;  ///< alias of the patient's id
    std::string appointment;  ///< FHIR id, without "Appointment/"
    Instant starts{};
    Instant ends{};
    Service service = Service::other;
    AppointmentStatus status = AppointmentStatus::booked;
    bool shared = false;         ///< the Appointment has several patients
    bool virtual_visit = false;  ///< by video or telephone
    std::string clinician;       ///< first name, may be empty
    std::string place;     ///< where to go ("Suite 210, second floor"), may be empty
    std::string location;  ///< FHIR id of the Location, may be empty
    std::optional<CheckIn> check_in;  ///< set once the patient has checked in
};

/// The normal spelling in FHIR and in config files ("checked-in", "php").
const char* code(AppointmentStatus status);
const char* code(Service service);
const char* code(ClockQuality clock);
std::optional<AppointmentStatus> appointment_status(std::string_view code);
std::optional<Service> service(std::string_view code);

}  // namespace foyer
