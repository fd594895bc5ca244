#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/result.h"

namespace foyer::story {

// What one line of a story may ask for; tests/stories/README.md is for people.

struct Scan {
    std::string text;
};
enum class SlipFault { none, half, tampered };
/// The slip of a visit, held before the scanner.
struct ScanSlip {
    std::string appointment;
    std::string patient;  ///< empty unless the appointment has several
    SlipFault fault = SlipFault::none;
};
/// The same slip, kept in a pocket under a name.
struct KeepSlip {
    std::string appointment, patient, name;
};
struct Tap {
    std::string key;
};
struct Hold {
    std::string key;
};
struct Type {
    std::string text;
};
struct Press {
    std::string key;
};
/// A key, or a part of any label. `is` (optional) asks more of a key: "on", "off",
/// "disabled", or a part of its label.
struct See {
    std::string what;
    std::string is;
    bool wanted = true;
};
struct SeeScreen {
    std::string name;
    bool wanted = true;
};
struct Wait {
    std::chrono::milliseconds time{0};
};
struct SetClock {
    std::string to;
};
struct Network {
    bool online = true;
};
/// The clinic's server alone can or cannot be reached.
struct Internet {
    bool up = true;
};
struct PrinterState {
    std::string state;  ///< as the protocol spells it (kiosk/control.h)
};
/// No file of the kiosk can grow.
struct Disk {
    bool full = false;
};
struct Printed {
    int slips = 0;
};
struct Shot {
    std::string name;
};
struct Crash {};
struct CrashAfter {
    std::string effect;
};
/// Keeps a label under a name: a key's own, or that of whatever comes after the key.
struct Remember {
    std::string name, key;
    bool after = false;
};
/// A count of `foyer status`.
struct StatusCount {
    std::string of;  ///< "check_ins_today"
    int is = 0;
};
struct AuditLogOk {};
/// Whether `foyer roster APPOINTMENT` says a text.
struct RosterSays {
    std::string appointment, text;
};
/// Whether a text (ASCII) stands anywhere in the memory of the kiosk, however wide its
/// letters.
struct InMemory {
    std::string text;
    bool wanted = false;
};
struct Import {
    std::string file;
};
/// Answers whatever a form asks (form_filler.h).
struct FillForm {
    int option = 1;
    bool on_screen_keyboard = false;
};
/// Takes something from the records that they cannot do without.
struct Break {
    std::string what;  ///< "key", "database", "directory"
};
struct Mend {};

struct FinishForm {};
/// The kiosk exchanges with the clinic's server until nothing is left to do.
struct Sync {};
/// Somebody at the clinic changes a member of a resource at the server.
struct ClinicSets {
    std::string type, id, member, value;  ///< `value` is JSON, or a word
};
/// How many resources of a search the server has.
struct ServerHas {
    int count = 0;
    std::string query;  ///< "Task?priority=stat"
};
/// What the clinic says to every wish for a class that is open: as the exchange would
/// have heard.
struct ClinicAnswers {
    std::string schedule, state;  ///< a Schedule's id; name(SignUpState)
    int place = 0;                ///< on the wait list
    std::string by;               ///< of an offer; may be empty
};
/// A seat of the class's next session that the kiosk may give away without a network.
struct ClinicLends {
    std::string schedule;
};

/// `foyer WORDS` on the actor's records, as staff type it.
struct Command {
    std::string words;
    bool works = true;  ///< false: it is to be refused
};
/// What the last command printed.
struct Said {
    std::string what;
    bool wanted = true;
};

using Deed =
    std::variant<Scan, ScanSlip, KeepSlip, Tap, Hold, Type, Press, See, SeeScreen, Wait,
                 SetClock, Network, Internet, PrinterState, Disk, Printed, Shot, Crash,
                 CrashAfter, Remember, StatusCount, AuditLogOk, InMemory, Import, Break,
                 Mend, FillForm, FinishForm, Sync, ClinicSets, ServerHas, ClinicAnswers,
                 ClinicLends, RosterSays, Command, Said>;

}  // namespace foyer::story

namespace foyer {

/// One line of a story.
struct StoryStep {
    int line = 0;       ///< counted from 1
    std::string actor;  ///< "kiosk", "kiosk2"
    std::string text;   ///< as written
    story::Deed deed;
};

/// What a story starts from and what happens in it.
struct Story {
    std::string name;              ///< the file's, without ".story"
    std::filesystem::path folder;  ///< files it names are beside it
    std::string now = "2026-11-23T09:41:00-05:00";
    std::string file;                         ///< to import; empty: the demo clinic
    std::vector<std::string> without_clinic;  ///< actors that import nothing
    std::vector<std::pair<std::string, std::string>> config;  ///< key and TOML value
    std::vector<StoryStep> steps;
};

/// Reads a story. Fails with `bad_input`: "NAME.story:LINE: what is wrong, and what to
/// write instead".
Result<Story> parse_story(std::string_view text, const std::filesystem::path& path);

/// `text` with each {name} replaced by what was remembered under it. Fails with
/// `bad_input` for a name nobody remembers.
Result<std::string> recall(const std::string& text,
                           const std::map<std::string, std::string>& remembered);

/// A site file with one value written over, whether it stood there or not: "time.
/// idle_after" and "20". The value is TOML as it is.
std::string override_value(const std::string& toml, const std::string& key,
                           const std::string& value);

}  // namespace foyer
