#pragma once

#include "platform/log.h"

/// Everything the product can log, declared once. A line names an event and the values
/// of its fields; nothing here can hold a patient's name, birth date or answer. Ids are
/// never reused for another meaning: people search their journals for them.
namespace foyer::events {

// The program.
inline constexpr LogEvent started{
    "started", LogLevel::info, "The program has started and reads its configuration.",
    Code{"version"}};
inline constexpr LogEvent stopped{
    "stopped", LogLevel::info, "The program ends as it was told to.", Code{"reason"}};
inline constexpr LogEvent config_failed{
    "config_failed", LogLevel::error,
    "The configuration cannot be used; the message on stderr says which line.",
    Code{"code"}};
inline constexpr LogEvent not_hardened{
    "not_hardened", LogLevel::warning,
    "The program could not start itself again with an allocator that overwrites freed "
    "memory; what a session leaves there may live longer."};
inline constexpr LogEvent display_ready{"display_ready",
                                        LogLevel::info,
                                        "The screen is open. Sizes are the panel's; "
                                        "density is in pixels per inch; a gpu or "
                                        "the cpu draws.",
                                        Count{"width"},
                                        Count{"height"},
                                        Count{"rotation"},
                                        Count{"ppi"},
                                        Code{"drawn_by"}};
inline constexpr LogEvent density_unknown{
    "density_unknown", LogLevel::warning,
    "The panel does not tell a believable size, so the configured density is used.",
    Code{"code"}};
inline constexpr LogEvent first_frame{"first_frame", LogLevel::info,
                                      "The first picture is on the screen.",
                                      Millis{"took"}};
inline constexpr LogEvent ready{
    "ready", LogLevel::info,
    "The start is over: the first picture that a patient can use is on the screen.",
    Millis{"took"}};
inline constexpr LogEvent frames_drawn{
    "frames_drawn", LogLevel::info,
    "How many pictures were drawn and how often the program woke since it started; a "
    "kiosk nobody touches draws one a minute.",
    Count{"frames"}, Count{"wake_ups"}};
inline constexpr LogEvent frame_slow{
    "frame_slow", LogLevel::warning,
    "Building and drawing one picture took so long that a person notices.",
    Count{"screen"}, Millis{"took"}};
inline constexpr LogEvent crash_guard_tripped{
    "crash_guard_tripped", LogLevel::error,
    "The program ended unexpectedly several times in a short while and shows "
    "\"this kiosk needs help\" instead of starting again.",
    Count{"crashes"}, Millis{"within"}};
inline constexpr LogEvent crash_guard_reset{
    "crash_guard_reset", LogLevel::info,
    "The program has run long enough for earlier crashes to be forgotten.",
    Count{"crashes"}};
inline constexpr LogEvent clock_untrusted{
    "clock_untrusted", LogLevel::error,
    "The time of day is earlier than something already recorded, or was never set; "
    "check-ins are marked so until it is right."};
inline constexpr LogEvent clock_trusted{"clock_trusted", LogLevel::info,
                                        "The time of day is believable again."};

// Records.
inline constexpr LogEvent store_opened{"store_opened", LogLevel::info,
                                       "The records are open.", Count{"schema"},
                                       Millis{"took"}};
inline constexpr LogEvent store_failed{
    "store_failed", LogLevel::error,
    "The records cannot be opened or written; patients are sent to the desk.",
    Code{"doing"}, Code{"code"}};
inline constexpr LogEvent import_done{"import_done",
                                      LogLevel::info,
                                      "A file of the clinic's schedule was read; "
                                      "refused ones are listed on the terminal.",
                                      Count{"taken"},
                                      Count{"unchanged"},
                                      Count{"refused"},
                                      Millis{"took"}};
inline constexpr LogEvent import_failed{
    "import_failed", LogLevel::error, "A file could not be read as a schedule at all.",
    Code{"code"}};
inline constexpr LogEvent schedule_pulled{"schedule_pulled",
                                          LogLevel::info,
                                          "A page of the clinic's server was taken in; "
                                          "foyer doctor lists what was refused.",
                                          Count{"taken"},
                                          Count{"unchanged"},
                                          Count{"refused"},
                                          Count{"gone"}};
inline constexpr LogEvent pull_answer_bad{
    "pull_answer_bad", LogLevel::warning,
    "The clinic's server answered something that is no FHIR page; nothing of it was "
    "taken, and it is asked again."};
inline constexpr LogEvent search_unsupported{
    "search_unsupported", LogLevel::warning,
    "The clinic's server refuses a search; foyer doctor says which. Everything else "
    "goes on.",
    Count{"status"}};
inline constexpr LogEvent purged{"purged", LogLevel::info,
                                 "Records outside the schedule window were erased.",
                                 Count{"visits"}};
inline constexpr LogEvent audit_broken{
    "audit_broken", LogLevel::error,
    "The audit log fails its own check from this entry on.", Count{"entry"}};

// A patient's way.
inline constexpr LogEvent scan_seen{
    "scan_seen", LogLevel::info,
    "A slip was held before the scanner; the code says what came of it.",
    Code{"outcome"}};
inline constexpr LogEvent search_done{
    "search_done", LogLevel::debug,
    "Somebody looked for a visit by name and birth date. Hit or miss is not told, here "
    "as on the screen.",
    Millis{"took"}};
inline constexpr LogEvent tries_limited{
    "tries_limited", LogLevel::warning,
    "Too many wrong tries at this kiosk; it waits before the next.", Count{"tries"},
    Millis{"wait"}};
inline constexpr LogEvent check_in_saved{"check_in_saved", LogLevel::info,
                                         "A check-in is stored for good.", Ref{"visit"},
                                         Millis{"took"}};
inline constexpr LogEvent check_in_failed{
    "check_in_failed", LogLevel::error,
    "A check-in could not be stored; the patient was sent to the desk.", Ref{"visit"},
    Code{"code"}};
inline constexpr LogEvent attendance_saved{"attendance_saved", LogLevel::info,
                                           "A break or a sign-out is stored for good.",
                                           Ref{"visit"}, Millis{"took"}};
inline constexpr LogEvent attendance_failed{
    "attendance_failed", LogLevel::error,
    "A break or a sign-out could not be stored; the patient was sent to the desk.",
    Ref{"visit"}, Code{"code"}};
inline constexpr LogEvent help_asked{"help_asked", LogLevel::info,
                                     "Somebody asked for help."};
inline constexpr LogEvent desk_told{"desk_told", LogLevel::info,
                                    "A note for the front desk was written.",
                                    Code{"reason"}};
inline constexpr LogEvent desk_unreached{
    "desk_unreached", LogLevel::warning,
    "Somebody asked for help and no front desk answered.", Code{"code"}};
inline constexpr LogEvent session_wiped{
    "session_wiped", LogLevel::info,
    "A session ended; its texts, pictures and answers were overwritten.",
    Millis{"lasted"}};
inline constexpr LogEvent staff_entered{"staff_entered", LogLevel::info,
                                        "Staff opened the kiosk's own screens."};
inline constexpr LogEvent kiosk_paused{"kiosk_paused", LogLevel::info,
                                       "Staff paused the kiosk or let it go on.",
                                       Code{"state"}};

// Forms. Which form, and what was answered, is never logged.
inline constexpr LogEvent forms_read{
    "forms_read",
    LogLevel::info,
    "The forms of the site were read; `refused` files cannot be used, and foyer form "
    "check says why.",
    Count{"forms"},
    Count{"refused"},
    Millis{"took"}};
inline constexpr LogEvent forms_withheld{
    "forms_withheld", LogLevel::warning,
    "Forms that are due ask for answers that somebody must hear of at once, and nobody "
    "would: no alert path is configured, or it does not work.",
    Count{"forms"}};
inline constexpr LogEvent form_kept{"form_kept", LogLevel::info,
                                    "A form ended and is on its way to the clinic.",
                                    Code{"status"}, Millis{"took"}};
inline constexpr LogEvent form_failed{
    "form_failed", LogLevel::error,
    "A form could not be begun, saved or ended; what was saved before is kept.",
    Code{"doing"}, Code{"code"}};
inline constexpr LogEvent drafts_parked{
    "drafts_parked", LogLevel::info,
    "Forms that were begun on another day are sent as far as they were filled in.",
    Count{"forms"}};

// Exchange with the clinic's server.
inline constexpr LogEvent server_state{
    "server_state", LogLevel::info,
    "How the way to the clinic's server stands: online, offline, busy, unauthorized.",
    Code{"state"}};
inline constexpr LogEvent exchange_failed{
    "exchange_failed", LogLevel::error,
    "The exchange could not read or write the records; it goes on in a moment.",
    Code{"code"}};

// The site's own network.
inline constexpr LogEvent lan_ready{
    "lan_ready", LogLevel::info,
    "The device listens for the others of its site; `peers` are enrolled.",
    Count{"peers"}};
inline constexpr LogEvent lan_peer_here{
    "lan_peer_here", LogLevel::info,
    "An enrolled device is there; `peer` counts the sections [[lan.peer]] from 1.",
    Count{"peer"}};
inline constexpr LogEvent lan_peer_gone{
    "lan_peer_gone", LogLevel::warning,
    "An enrolled device has not been heard for 5 seconds; what it should hear is kept.",
    Count{"peer"}};
inline constexpr LogEvent lan_stranger{"lan_stranger", LogLevel::warning,
                                       "A device whose key is not enrolled asked to be "
                                       "let in; nothing was said to it. Once "
                                       "a minute at most."};
inline constexpr LogEvent lan_turned_down{
    "lan_turned_down", LogLevel::warning,
    "Something that an enrolled device said was not taken.", Count{"peer"},
    Code{"why"}};
inline constexpr LogEvent lan_failed{"lan_failed", LogLevel::error,
                                     "The site's own network or its records failed; "
                                     "what was not confirmed is said again.",
                                     Code{"doing"}, Code{"code"}};

// Devices.
inline constexpr LogEvent chime_failed{
    "chime_failed", LogLevel::warning,
    "The board has no loudspeaker; what it shows is not announced.", Code{"code"}};
inline constexpr LogEvent slip_printed{"slip_printed", LogLevel::info,
                                       "A slip is out of the printer.", Millis{"took"}};
inline constexpr LogEvent map_refused{"map_refused", LogLevel::warning,
                                      "The picture of a way cannot be shown; patients "
                                      "get the words. foyer doctor says which.",
                                      Code{"code"}};
inline constexpr LogEvent printer_trouble{
    "printer_trouble", LogLevel::warning,
    "A slip could not be printed; the patient read the same on the screen.",
    Code{"code"}};
inline constexpr LogEvent printer_well{"printer_well", LogLevel::info,
                                       "The printer works again."};
inline constexpr LogEvent camera_trouble{"camera_trouble", LogLevel::warning,
                                         "A picture could not be taken.", Code{"code"}};
inline constexpr LogEvent scanner_ready{"scanner_ready", LogLevel::info,
                                        "The scanner is there."};
inline constexpr LogEvent scanner_trouble{"scanner_trouble", LogLevel::warning,
                                          "The scanner is not there or was unplugged.",
                                          Code{"code"}};

}  // namespace foyer::events
