#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/class_rules.h"
#include "sync/clinic/due.h"
#include "sync/clinic/ledger.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// A text the clinic writes itself, by language ("en", "es"). Missing languages fall
/// back to English, then to whatever there is.
using Words = std::map<std::string, std::string>;

/// The words in `language`, by the rule above; empty if there are none.
std::string in_language(const Words& words, const std::string& language);

/// A span of one day, minutes after midnight on the site's clock; `from` < `to`.
struct OpenHours {
    std::chrono::minutes from{0};
    std::chrono::minutes to{0};
    bool operator==(const OpenHours&) const = default;
};

/// From when until when a patient may check in for a kind of visit, and from when it is
/// late, relative to its start. Defaults: default_window(); every clinic sets its own.
struct ArrivalWindow {
    std::chrono::minutes opens_before{60};
    std::chrono::minutes late_after{10};
    bool operator==(const ArrivalWindow&) const = default;
};

/// A code of the clinic's own schedule and what a patient comes for under it.
struct ServiceCode {
    std::string system;  ///< empty: the code in any system
    std::string code;
    Service service = Service::other;
    bool is_virtual = false;  ///< says only that a visit is by video or telephone
    bool operator==(const ServiceCode&) const = default;
};

/// An answer that somebody of the clinic has to hear of at once, beside those that
/// scores.json names (domain.md W4).
struct ClinicSafetyRule {
    std::string form;  ///< canonical, or its last part
    std::string link_id;
    enum class When { at_least, yes, any };
    When when = When::any;
    /// The number, or the weight of the choice, from which on.
    std::optional<int> at_least;
    bool operator==(const ClinicSafetyRule&) const = default;
};

/// The clinic's backend: any FHIR R4 server (`[server]`, docs/server.md).
struct ServerSettings {
    std::string
        base;  ///< "https://server/fhir"; empty: none, the kiosk keeps to itself
    enum class Auth {
        none,   ///< a demo on loopback
        token,  ///< credential "server-token", never changes
        smart,  ///< SMART Backend Services, credential "server-key.pem"
    } auth = Auth::none;
    std::string token_url;  ///< empty: discovered
    std::string client_id, key_id;
    std::string algorithm = "ES384";  ///< or "RS384"
    std::vector<std::string> scopes;  ///< empty: minimal_scopes()
    std::string ca_file;  ///< PEM; the only authorities trusted; empty: the system's
    std::string certificate_file, key_file;  ///< mutual TLS; empty: none
    /// Which Appointments are this site's: search parameters without type and dates
    /// ("location=Location/main"). Empty: by `Site::locations`, else every one.
    std::string appointments;
    /// References of the Schedules whose Slots are seats of classes ("Schedule/yoga").
    std::vector<std::string> schedules;
    bool encounters = false;      ///< an Encounter at each check-in
    bool direct_contact = false;  ///< change the Patient, not a Task with a proposal
    bool operator==(const ServerSettings&) const = default;
};

/// The site's own network (`[lan]`, sync/site/README.md).
struct LanSettings {
    std::string listen;  ///< "tcp://0.0.0.0:7733"; empty: no channel
    struct Peer {
        std::string name;
        enum class Role { kiosk, desk, board } role = Role::kiosk;
        std::string address;     ///< "tcp://10.0.0.12:7733"
        std::string public_key;  ///< Z85, 40 characters (`foyer lan key`)
        bool operator==(const Peer&) const = default;
    };
    std::vector<Peer> peers;
    bool operator==(const LanSettings&) const = default;
};

/// LOINC 64292-6 (release of information consent), which Foyer's own form writes, and
/// IDSCL (information disclosure) of HL7's v3-ActCode.
std::vector<ServiceCode> default_release_codes();

/// What is under 42 CFR Part 2 (sync.md decision 10): labelled wherever it is sent.
struct Part2Settings {
    std::vector<Service> services;
    std::vector<std::string> forms;  ///< canonical, or its last part
    bool operator==(const Part2Settings&) const = default;
};

/// Where a Location of the clinic's schedule is (`[[place]]`), for who has checked in.
struct PlaceRule {
    std::string location;  ///< FHIR id, without "Location/"
    Words directions;      ///< "Second floor, left of the lift"; may be empty
    std::string map;       ///< a PNG file, "/etc/foyer/juniper.png"; empty: none
    bool operator==(const PlaceRule&) const = default;
};

/// Everything a site decides: `foyer.toml`. Plain data; validated when read.
struct Site {
    std::string id = "clinic";
    std::string name = "Clinic";
    std::string time_zone = "America/New_York";  ///< IANA name
    std::chrono::weekday week_start = std::chrono::Sunday;
    std::vector<std::string> languages = {"en", "es"};
    /// FHIR ids of the Locations that belong to this site; empty: every one does.
    std::vector<std::string> locations;

    /// Indexed by weekday::c_encoding() (Sunday = 0). An empty day is closed; seven
    /// empty days mean that no hours are set, and the site is open but on
    /// `closed_days`.
    std::array<std::vector<OpenHours>, 7> hours;
    std::vector<Date> closed_days;

    /// Which of the site's devices this is, 0..15. Decides its block of plants.
    int device_index = 0;
    std::string device_name = "kiosk";

    std::map<Service, ArrivalWindow> windows;
    std::vector<ServiceCode> service_codes;  ///< asked before those Foyer knows
    std::map<Service, Words> labels;         ///< neutral names ("Program day")
    Words waiting_place;                     ///< "the Garden lounge"
    Words desk_place;                        ///< "to your left", may be empty

    std::vector<ClassRule> classes;
    std::map<Service, ProgramRule> programs;  ///< php, iop; absent: the defaults
    std::vector<PlaceRule> places;

    std::vector<FormRule> form_rules;  ///< empty: no form is asked for
    std::vector<ClinicSafetyRule> safety_rules;
    std::string forms_directory;  ///< the clinic's own forms; empty: none
    /// How an answer in need of somebody reaches the clinic; "desk": the front desk.
    /// Empty: not at all, and forms that ask for such answers are not offered.
    std::string alert_path;

    ServerSettings server;
    LanSettings lan;
    /// Categories of Consents that are releases of information; see release.h.
    std::vector<ServiceCode> release_codes = default_release_codes();
    Part2Settings part2;

    std::chrono::days contact_stale_after{180};
    bool print_without_asking = false;
    /// Whoever holds a slip of a group signs in by it alone, where nothing else is to
    /// be asked (kiosk/README.md, "Rush").
    bool fast_sign_in = true;
    /// Signing in to what hours count of asks for a signature; who cannot give one
    /// taps.
    bool sign_by_hand = false;
    int minor_age = 18;    ///< who is younger is a minor, in the clinic's state
    bool drop_in = false;  ///< who has no appointment may wait for case management

    // How long things wait (design.md, "Time").
    std::chrono::seconds idle_after{60};
    std::chrono::seconds cover_countdown{30};  ///< never under 20 s (WCAG 2.2.1)
    std::chrono::seconds done_clears_after{30};
    std::chrono::seconds more_time{600};
    std::chrono::milliseconds answer_after{
        1500};  ///< hit or miss, find-me answers then

    std::string staff_pin_hash;  ///< Argon2id string of libsodium; empty: no staff menu

    // The machine.
    int rotation = 0;            ///< 0, 90, 180, 270
    double density_ppi = 0.0;    ///< 0: ask the display
    double reach_line_mm = 0.0;  ///< height of the 48 in line above the screen's lower
                                 ///< edge; 0: 55 % of the screen
    bool fullscreen = true;
    bool high_contrast = false;  ///< the theme a session starts with
    std::string printer_uri;     ///< ipp:// or ipps://; empty: no printer
    std::string scanner_device;  ///< /dev/input/by-id/...; empty: a scanner that types

    bool operator==(const Site&) const = default;
};

/// Reads `foyer.toml`; docs/foyer.toml lists every key with its default. A missing key
/// keeps its default. An unknown key, a wrong type or an impossible value is refused
/// with `bad_input`: file, line and what to write instead. `not_found` without the
/// file.
Result<Site> read_site(const std::string& path);

/// What the project proposes for a kind of visit; reasons stand beside the figures.
ArrivalWindow default_window(Service service);
/// The window for a kind of visit: the site's, else the default for the kind.
ArrivalWindow window_for(const Site& site, Service service);
/// The site's rule for a Location; null if it has none. The site owns it.
const PlaceRule* place_of(const Site& site, const std::string& location);

/// Whether a patient is younger than Site::minor_age; somebody whose birth date is not
/// known is not. Born on 29 February: a year older on 1 March.
bool is_minor(const Patient& patient, Date today, const Site& site);

/// Whether the clinic is open, and if not, when it opens next (within 14 days; none if
/// it does not). A site without hours is open on every day that is not closed.
struct Opening {
    bool open = false;
    std::optional<Instant> next;
};
Opening opening(const Site& site, Instant now);

}  // namespace foyer
