#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "kiosk/assets.h"
#include "kiosk/commands/attendance.h"
#include "kiosk/commands/audit_ui.h"
#include "kiosk/commands/board.h"
#include "kiosk/commands/doctor.h"
#include "kiosk/commands/fhirpath.h"
#include "kiosk/commands/form.h"
#include "kiosk/commands/gallery.h"
#include "kiosk/commands/guest.h"
#include "kiosk/commands/import.h"
#include "kiosk/commands/lan.h"
#include "kiosk/commands/ledger.h"
#include "kiosk/commands/play.h"
#include "kiosk/commands/queue.h"
#include "kiosk/commands/run.h"
#include "kiosk/commands/sign_up.h"
#include "kiosk/commands/slip.h"
#include "kiosk/commands/status.h"
#include "kiosk/commands/sync.h"
#include "kiosk/commands/waitlist.h"
#include "kiosk/control.h"
#include "kiosk/effects.h"
#include "kiosk/ui/words.h"
#include "platform/harden.h"
#include "platform/log_events.h"
#include "platform/pin.h"
#include "platform/printer_ipp.h"

namespace foyer {

namespace {

constexpr char about[] =
    "Foyer, the check-in kiosk of an outpatient clinic.\n\n"
    "Without a subcommand it opens the kiosk on this machine's screen.";

constexpr char exit_codes[] =
    "Exit codes: 0 done; 1 not done, stderr says why; 2 the command line or "
    "foyer.toml\n"
    "cannot be used; 3 done, with findings (refused resources, a failed story, a "
    "broken\n"
    "audit log).\n"
    "Try it: foyer --data /tmp/try demo && foyer --data /tmp/try --simulate";

/// Translations, for commands that say something to a patient.
bool open_words() {
    const auto words = open_translations(asset("locale").string());
    if (!words) complain(words.error());
    return words.has_value();
}

/// IssueWords: "es-MX" is said in "es".
std::string issue_words(
    std::string_view language, std::string_view key,
    const std::vector<std::pair<std::string, std::string>>& arguments) {
    const std::string text(key);
    if (!has_translation(language, text.c_str()))
        language = language.substr(0, language.find_first_of("-_"));
    Args args;
    for (const auto& [name, value] : arguments) args.push_back({name, value});
    return translate(language, text.c_str(), args);
}

/// What commands that print for the front desk work with: `make` gets a desk.
template <class Desk, class Make>
Exit at_the_printer(const Options& options, Make make) {
    if (!open_words()) return Exit::failed;
    auto place = set_up(options);
    if (!place) return complain(place.error());
    auto store = open_store(place->data, place->site, place->time);
    if (!store) return complain(store.error());
    const auto keys = site_keys(place->data);
    if (!keys) return complain(keys.error());
    std::unique_ptr<Printer> printer;
    if (!place->site.printer_uri.empty()) {
        auto made = IppPrinter::create({.uri = place->site.printer_uri});
        if (!made) return complain(made.error());
        printer = std::move(*made);
    }
    const Desk desk{*store, place->site,         place->time,
                    *keys,  place->clock->now(), printer.get()};
    return Exit(make(desk));
}

Exit slip(const Options& options, const SlipOptions& slip) {
    return at_the_printer<SlipDesk>(options, [&](const SlipDesk& desk) {
        return slip_command(slip, desk, std::cout, std::cerr);
    });
}

Exit guest_code(const Options& options, const GuestCodeOptions& code) {
    return at_the_printer<GuestDesk>(options, [&](const GuestDesk& desk) {
        return guest_code_command(code, desk, std::cout, std::cerr);
    });
}

Exit guest_badge(const Options& options, const GuestBadgeOptions& badge) {
    return at_the_printer<GuestDesk>(options, [&](const GuestDesk& desk) {
        return guest_badge_command(badge, desk, std::cout, std::cerr);
    });
}

Exit pin(std::string digits) {
    if (digits.empty()) {
        std::cerr << "New staff PIN, 4 to 12 digits: ";
        std::getline(std::cin, digits);
    }
    const auto hash = hash_pin(digits);
    if (!hash) return complain(hash.error());
    std::cout << "[staff]\npin_hash = \"" << *hash << "\"\n";
    return Exit::ok;
}

/// Runs one of the commands about attendance on the records.
template <class Command, class Wanted>
Exit with_records(const Options& options, Command command, const Wanted& wanted) {
    auto place = set_up(options);
    if (!place) return complain(place.error());
    auto store = open_store(place->data, place->site, place->time);
    if (!store) return complain(store.error());
    const Instant now = place->clock->now();
    const auto clock = store->see_clock(now);
    if (!clock) return complain(clock.error());
    const AttendanceDesk desk{*store, place->time, now, *clock, options.json};
    return Exit(command(wanted, desk, std::cout, std::cerr));
}

/// `foyer roster`, `foyer attendance ...`: until the desk has its screens.
void add_attendance_commands(CLI::App& app, const Options& options, Exit& done) {
    const auto roster = std::make_shared<RosterOptions>();
    auto* list = app.add_subcommand(
        "roster", "Who is at a group, program day or class; or the day's sessions");
    list->add_option("APPOINTMENT", roster->appointment,
                     "Any Appointment of the session");
    list->add_option("--day", roster->day, "Another day, like 2026-11-23");
    list->add_flag("--events", roster->events, "Each event, with its unit");
    list->callback([&done, &options, roster] {
        done = with_records(options, roster_command, *roster);
    });

    const auto given = std::make_shared<AttendanceOptions>();
    auto* attendance =
        app.add_subcommand("attendance", "What a facilitator says of attendance");
    attendance->require_subcommand(1);
    attendance->fallthrough();
    const auto by = [given](CLI::App* sub) {
        sub->add_option("--by", given->by, "The facilitator's name")->required();
    };
    const auto add = [&](const char* name, const char* what, auto command) {
        auto* sub = attendance->add_subcommand(name, what);
        sub->callback([&done, &options, given, command] {
            done = with_records(options, command, *given);
        });
        return sub;
    };
    auto* confirm = add("confirm", "When somebody left who did not sign out",
                        confirm_attendance_command);
    confirm->add_option("APPOINTMENT", given->appointment)->required();
    confirm->add_option("PATIENT", given->patient, "The Patient's FHIR id")->required();
    confirm->add_option("--at", given->at, "15:40, or with date and offset")
        ->required();
    confirm
        ->add_option("--kind", given->kind, "sign-in, break-out, break-in or sign-out")
        ->capture_default_str();
    by(confirm);

    auto* amend = add("amend", "Correct what was said; the first version stays",
                      amend_attendance_command);
    amend->add_option("UNIT", given->unit, "As foyer roster --events shows it")
        ->required();
    amend->add_option("--at", given->at, "When it was");
    amend->add_flag("--void", given->voided, "It never happened");
    amend->add_option("--reason", given->reason, "Why; without a patient's name")
        ->required();
    by(amend);

    auto* close =
        add("close", "The session is over: tell the clinic who was there when",
            close_attendance_command);
    close->add_option("APPOINTMENT", given->appointment)->required();
    by(close);
}

/// `foyer form ...`: forms on the command line.
void add_form_commands(CLI::App& app, const Options& options, Exit& done) {
    struct Given {
        std::vector<std::filesystem::path> files;
        FormSessionOptions session;
        std::filesystem::path form, response;
    };
    const auto given = std::make_shared<Given>();
    auto* form =
        app.add_subcommand("form", "FHIR Questionnaires: check, fill in, validate");
    form->require_subcommand(1);
    form->fallthrough();

    auto* check = form->add_subcommand(
        "check", "List a form's items and what of it is not supported");
    check->add_option("FILE", given->files, "Questionnaires as JSON")->required();
    check->callback([&done, &options, given] {
        done =
            Exit(form_check_command(given->files, options.json, std::cout, std::cerr));
    });

    auto* session = form->add_subcommand(
        "session",
        "Fill in a form: a JSON object a line in, one out (docs/form-session.md)");
    session->add_option("FILE", given->session.form, "A Questionnaire as JSON")
        ->required();
    session->add_option("--subject", given->session.subject, "The Patient, as JSON");
    session->add_option("--context", given->session.contexts,
                        "A launch context: name=FILE");
    session->add_option("--bundle", given->session.bundle,
                        "A Bundle to look references up in");
    session->add_option("--response", given->session.response,
                        "A QuestionnaireResponse to go on with");
    session->add_option("--language", given->session.language, "Language of the texts")
        ->capture_default_str();
    session->add_option("--timezone", given->session.time_zone,
                        "IANA time zone of today() and dates [UTC]");
    session->callback([&done, &options, given] {
        const auto clock = make_clock(options.now);
        if (!clock) {
            done = complain(clock.error());
            return;
        }
        given->session.now = (*clock)->now();
        given->session.scores = asset("forms/scores.json");
        if (open_words()) given->session.words = issue_words;
        done =
            Exit(form_session_command(given->session, std::cin, std::cout, std::cerr));
    });

    auto* validate = form->add_subcommand(
        "validate", "Check a QuestionnaireResponse against its Questionnaire");
    validate->add_option("QUESTIONNAIRE", given->form)->required();
    validate->add_option("RESPONSE", given->response)->required();
    validate->callback([&done, &options, given] {
        const auto clock = make_clock(options.now);
        done = clock
                   ? Exit(form_validate_command(given->form, given->response,
                                                (*clock)->now(), std::cout, std::cerr))
                   : complain(clock.error());
    });
}

/// The words of the command line as CLI11 takes them, last first. An expression after
/// `fhirpath` may begin with "-": with a space before it, it is no option.
std::vector<std::string> arguments(int argc, char** argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    const auto command = std::find(words.begin(), words.end(), "fhirpath");
    for (auto word = command; word != words.end(); ++word)
        if (word->size() > 2 && word->front() == '-' && (*word)[1] != '-')
            word->insert(0, 1, ' ');
    std::reverse(words.begin(), words.end());
    return words;
}

/// The whole command line; each subcommand is one block.
Exit run(int argc, char** argv) {
    CLI::App app(about, "foyer");
    app.footer(exit_codes);
    app.set_version_flag("--version", FOYER_VERSION);
    app.require_subcommand(0, 1);
    app.fallthrough();

    Options options;
    RunOptions how;
    std::string level = "info";
    app.add_option("--data", options.data,
                   "Where the records and keys lie [$STATE_DIRECTORY, "
                   "~/.local/share/foyer]");
    app.add_option("--config", options.config,
                   "The site's foyer.toml [$FOYER_CONFIG, /etc/foyer/foyer.toml]");
    app.add_option(
        "--now", options.now,
        "Start the clock at this time, like 2026-11-23T09:41:00-05:00; with @ "
        "before it the clock stands still");
    app.add_option("--log-level", level, "debug, info, warning or error")
        ->capture_default_str();
    app.add_flag("--json", options.json, "Print one JSON object instead of lines");
    app.add_flag("--simulate", how.simulate,
                 "The kiosk in a window, with a panel for simulated devices");
    app.add_flag("--window", how.window, "The kiosk in a window, not the whole screen");
    app.add_option("--width", how.width, "Width of the window, in pixels");
    app.add_option("--height", how.height, "Height of the window, in pixels");

    Exit done = Exit::ok;
    const auto command = [&](CLI::App* of, const char* name, const char* what,
                             auto action) {
        auto* sub = of->add_subcommand(name, what);
        sub->callback([&done, action] { done = action(); });
        return sub;
    };

    std::vector<std::filesystem::path> files;
    command(&app, "import", "Take a clinic's schedule: FHIR R4 Bundles or NDJSON",
            [&] { return import_command(options, files); })
        ->add_option("FILE", files, "JSON or NDJSON files; they belong together")
        ->required();
    command(&app, "demo", "Take the demo clinic, whose day is always today",
            [&] { return demo_command(options); });

    std::vector<std::string> done_with;
    auto* queue_sub =
        app.add_subcommand("queue", "Who waits in the lobby without a visit");
    queue_sub->require_subcommand(0, 1);
    queue_sub->callback([&, queue_sub] {
        if (queue_sub->get_subcommands().empty()) done = queue_command(options);
    });
    command(queue_sub, "done", "Staff are done with somebody, or they left",
            [&] { return queue_done_command(options, joined(done_with)); })
        ->add_option("CALLNAME", done_with, "As \"Fern 27\"")
        ->required();

    SyncOptions sync;
    std::string unit, conflict, decision;
    bool all_conflicts = false;
    auto* sync_sub =
        app.add_subcommand("sync", "The exchange with the clinic's server, by hand");
    sync_sub->require_subcommand(0, 1);
    sync_sub->add_flag("--once", sync.once,
                       "Until nothing is left to do; without it until told to end");
    sync_sub->callback([&, sync_sub] {
        if (sync_sub->get_subcommands().empty()) done = sync_command(options, sync);
    });
    command(sync_sub, "parked", "What the server refused, and its words",
            [&] { return parked_command(options); });
    command(sync_sub, "retry", "Send something refused again",
            [&] { return retry_command(options, unit); })
        ->add_option("UNIT", unit, "As foyer sync parked shows it, or all")
        ->required();
    command(sync_sub, "give-up", "Never send something refused",
            [&] { return give_up_command(options, unit); })
        ->add_option("UNIT", unit)
        ->required();
    command(sync_sub, "conflicts", "Where this kiosk and the server differ", [&] {
        return conflicts_command(options, all_conflicts);
    })->add_flag("--all", all_conflicts, "Also those that are settled");
    auto* decide = command(sync_sub, "decide", "Write down what staff decided",
                           [&] { return decide_command(options, conflict, decision); });
    decide->add_option("CONFLICT", conflict)->required();
    decide->add_option("WORDS", decision)->required();
    command(&app, "doctor", "Ask everything that can be asked; say what to do",
            [&] { return doctor_command(options); });

    SignUpOptions sign_up;
    auto* sign_up_sub =
        command(&app, "sign-up", "Sign a patient up for a session of a class",
                [&] { return sign_up_command(options, sign_up); });
    sign_up_sub->add_option("SESSION", sign_up.session, "As --list shows it");
    sign_up_sub->add_option("--patient", sign_up.patient, "The Patient's FHIR id");
    sign_up_sub->add_option("--wait", sign_up.wait, "Seconds to wait for the server")
        ->capture_default_str();
    sign_up_sub->add_flag("--list", sign_up.list,
                          "The sessions, and how the patient stands with them");
    sign_up_sub->add_flag("--leave", sign_up.leave, "Give it up");
    sign_up_sub->add_flag("--accept", sign_up.accept, "Take the seat that is offered");

    WaitlistOptions waitlist;
    auto* waitlist_sub = app.add_subcommand(
        "waitlist", "Who waits for classes, offers that are out, who is to be told");
    waitlist_sub->require_subcommand(0, 1);
    waitlist_sub->add_option("SESSION", waitlist.session,
                             "One session, as foyer sign-up --list shows it");
    waitlist_sub->callback([&, waitlist_sub] {
        if (waitlist_sub->get_subcommands().empty())
            done = waitlist_command(options, waitlist);
    });
    auto* release_sub =
        command(waitlist_sub, "release", "Give the seat of who has not come away",
                [&] { return waitlist_release_command(options, waitlist); });
    release_sub->add_option("SESSION", waitlist.session)->required();
    release_sub->add_option("PATIENT", waitlist.patient, "The Patient's FHIR id");
    release_sub->add_flag("--no-shows", waitlist.no_shows,
                          "Of everybody who has not come");
    auto* offer_sub =
        command(waitlist_sub, "offer", "Offer free seats to who waits, as by itself",
                [&] { return waitlist_offer_command(options, waitlist); });
    offer_sub->add_option("SESSION", waitlist.session)->required();
    for (auto* sub : {release_sub, offer_sub})
        sub->add_option("--by", waitlist.by, "Who of the staff decides it")->required();

    LedgerOptions ledger;
    auto* ledger_sub =
        command(&app, "ledger", "Hours, services and dates of patients in PHP and IOP",
                [&] { return ledger_command(options, ledger); });
    ledger_sub->add_option("--from", ledger.from, "First day [26 weeks ago]");
    ledger_sub->add_option("--to", ledger.to, "Last day [the end of this week]");
    ledger_sub->add_option("--patient", ledger.patient,
                           "One Patient's FHIR id, day by day");
    ledger_sub->add_flag("--under", ledger.under, "Who cannot reach this week's hours");
    ledger_sub->add_flag("--csv", ledger.csv, "One line a patient and day, by id");
    ledger_sub->add_flag("--fhir", ledger.fhir, "Encounters and Appointments, R4");

    SlipOptions slips;
    auto* slip_sub = command(&app, "slip", "Make the paper slip of a visit",
                             [&] { return slip(options, slips); });
    slip_sub->add_option("APPOINTMENT", slips.appointment, "The Appointment's FHIR id")
        ->required();
    slip_sub->add_option("--patient", slips.patient,
                         "The Patient's FHIR id, where the appointment has several");
    slip_sub->add_option("--out", slips.out, "A file ending in .png or .pdf");
    slip_sub->add_option("--language", slips.language, "en or es [the patient's]");
    slip_sub->add_flag("--large", slips.large, "Large print");
    slip_sub->add_flag("--print", slips.print, "Print it on the site's printer");

    auto* guest = app.add_subcommand("guest", "Those who come with a patient");
    guest->require_subcommand(1);
    guest->fallthrough();
    GuestCodeOptions guest_codes;
    auto* guest_code_sub =
        command(guest, "code", "The code a patient may give to somebody with them",
                [&] { return guest_code(options, guest_codes); });
    guest_code_sub
        ->add_option("APPOINTMENT", guest_codes.appointment,
                     "The Appointment's FHIR id")
        ->required();
    guest_code_sub->add_option(
        "--patient", guest_codes.patient,
        "The Patient's FHIR id, where the appointment has several");
    GuestBadgeOptions badges;
    auto* badge_sub =
        command(guest, "badge", "Print a guest's badge: the lobby, or a visit",
                [&] { return guest_badge(options, badges); });
    badge_sub->add_option("CALLNAME", badges.call_name, "As \"Fern 27\"")->required();
    badge_sub->add_option("--to", badges.to, "lobby or visit")->required();
    badge_sub->add_option("--staff-decides", badges.decided_by,
                          "Who lets them go in though no release is on file");
    badge_sub->add_option("--out", badges.out,
                          "A file ending in .png or .pdf, in place of the printer");
    badge_sub->add_option("--language", badges.language, "en or es [the site's first]");

    command(&app, "status", "What the records hold and whether they are well",
            [&] { return status_command(options); });
    auto* audit = app.add_subcommand("audit-log", "The log of who did what, ids only");
    audit->require_subcommand(1);
    command(audit, "verify", "Recompute the chain; name the first bad entry",
            [&] { return verify_audit_log_command(options); });
    command(audit, "export", "Every entry as a line of JSON",
            [&] { return export_audit_log_command(options); });

    auto* lan = app.add_subcommand("lan", "The site's own network (docs/lan.md)");
    lan->require_subcommand(1);
    lan->fallthrough();
    LanOptions as_desk{.role = LanSettings::Peer::Role::desk}, as_kiosk;
    command(lan, "key", "This device's public key, for the others' foyer.toml",
            [&] { return lan_key_command(options); });
    command(lan, "status", "The other devices of the site and what waits for them",
            [&] { return lan_status_command(options); });
    command(lan, "desk", "A front desk without a screen: what it hears as JSON lines",
            [&] { return lan_run_command(options, as_desk); })
        ->add_flag("!--unattended", as_desk.attended, "Nobody looks at what comes");
    command(lan, "run", "A kiosk's side of it without a screen; orders on stdin",
            [&] { return lan_run_command(options, as_kiosk); });

    BoardOptions board;
    auto* board_sub =
        command(&app, "board", "The lobby's TV: who is called, and where to", [&] {
            if (!open_words()) return Exit::failed;
            board.window = how.window;
            if (how.width > 0) board.width = how.width;
            if (how.height > 0) board.height = how.height;
            return board_command(options, board);
        });
    board_sub->add_option("--picture", board.picture,
                          "Draw into this PNG file in place of a screen");
    board_sub->add_flag("--silent", board.silent, "Without the chime");

    PlayOptions plays;
    auto* play_sub = command(
        &app, "play", "Play stories (tests/stories) on real kiosks without a screen",
        [&] { return Exit(play(plays)); });
    play_sub->add_option("STORY", plays.stories, "Story files")->required();
    play_sub->add_option("--shots", plays.shots, "Where the stories' pictures go");
    play_sub->add_flag("--keep", plays.keep, "Keep the throw-away data directories");

    GalleryOptions gallery_options;
    command(
        &app, "gallery", "A picture of every screen in every way it can look",
        [&] { return open_words() ? Exit(gallery(gallery_options)) : Exit::failed; })
        ->add_option("DIR", gallery_options.directory, "Where the pictures go")
        ->required();
    AuditOptions audit_options;
    auto* audit_ui_sub =
        command(&app, "audit-ui",
                "Check every screen for size, contrast, cut text, reach and more", [&] {
                    audit_options.json = options.json;
                    return open_words() ? Exit(audit_ui(audit_options)) : Exit::failed;
                });
    audit_ui_sub->add_flag("--all-displays", audit_options.all_displays,
                           "Also 15.6\" to 32\", 4K, and controls within reach");

    add_attendance_commands(app, options, done);
    add_form_commands(app, options, done);

    FhirpathOptions path;
    auto* fhirpath_sub =
        command(&app, "fhirpath", "What an expression makes of a FHIR resource", [&] {
            const auto clock = make_clock(options.now);
            if (!clock) return complain(clock.error());
            path.now = (*clock)->now();
            return Exit(fhirpath_command(path, std::cout, std::cerr));
        });
    fhirpath_sub->add_option("EXPR", path.expression, "A FHIRPath expression")
        ->required();
    fhirpath_sub->add_option("FILE", path.file, "A FHIR R4 resource as JSON")
        ->required();
    fhirpath_sub->add_option("--questionnaire", path.questionnaire,
                             "The form behind a response: %questionnaire, weight()");
    fhirpath_sub->add_flag("--types", path.types, "Say the type of each value");
    fhirpath_sub->add_flag("--strict", path.strict,
                           "Refuse elements that a type does not have");

    std::string new_pin;
    command(&app, "pin", "Make the hash of a staff PIN for foyer.toml", [&] {
        return pin(new_pin);
    })->add_option("PIN", new_pin, "Asked for if left out");

    ControlOptions control;
    auto* controlled = command(&app, "kiosk", "A kiosk played through a socket",
                               [&] { return run_controlled(options, control); });
    controlled->group("");  // for `foyer play`, not for people
    int rotation = 0;
    controlled->add_option("--control-fd", control.fd)->required();
    controlled->add_option("--panel-width", control.display.width);
    controlled->add_option("--panel-height", control.display.height);
    controlled->add_option("--ppi", control.display.ppi);
    controlled->add_option("--rotation", rotation)
        ->check(CLI::IsMember({0, 90, 180, 270}))
        ->each([&](const std::string& degrees) {
            control.rotation = Rotation(std::stoi(degrees));
        });

    // What is said on every line is settled before a subcommand runs.
    app.parse_complete_callback([&] {
        if (const auto lowest = log_level(level)) {
            options.log_level = *lowest;
            start_log(*lowest);
        } else {
            throw CLI::ValidationError("--log-level", lowest.error().what);
        }
    });
    try {
        app.parse(arguments(argc, argv));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return Exit(app.exit(error));
        std::cerr << "foyer: " << error.what() << " (see foyer --help)\n";
        return Exit::usage;
    }
    if (app.get_subcommands().empty()) done = run_kiosk(options, how);
    return done;
}

}  // namespace

}  // namespace foyer

int main(int argc, char** argv) {
    if (!foyer::harden_process(argv)) foyer::log(foyer::events::not_hardened);
    return int(foyer::run(argc, argv));
}
