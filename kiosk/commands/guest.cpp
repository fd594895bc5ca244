#include "kiosk/commands/guest.h"

#include <algorithm>
#include <ostream>

#include "kiosk/commands/slip.h"
#include "kiosk/ticket.h"
#include "sync/clinic/call_name.h"
#include "sync/clinic/guest_code.h"
#include "sync/fhir/release.h"

namespace foyer {

namespace {

constexpr int ok = 0, refused = 1, usage = 2;

int failed(std::ostream& err, int exit_code, const std::string& why) {
    err << "foyer guest: " << why << '\n';
    return exit_code;
}

Result<LobbyEntry> guest_called(const std::string& said, const GuestDesk& desk) {
    const auto name = call_name_from(said);
    if (!name) return fail(Error::Code::bad_input, "write a call name, as \"Fern 27\"");
    const auto waiting = TRY(desk.store.lobby(desk.now));
    const auto found = std::ranges::find_if(waiting, [&](const LobbyEntry& entry) {
        return entry.need == LobbyNeed::guest && entry.call_name == *name;
    });
    if (found == waiting.end())
        return fail(Error::Code::not_found, "no guest of that call name waits today");
    return *found;
}

std::string listed(const std::vector<Release>& releases) {
    std::string all;
    for (const auto& release : releases)
        for (const auto& name : release.whom) all += (all.empty() ? "" : ", ") + name;
    return all;
}

/// What staff go by: the Consents as they are now, not as they were at the kiosk.
struct Permission {
    bool release = false;
    std::string said;
};
Result<Permission> permission_of(const LobbyEntry& guest, const GuestDesk& desk) {
    if (guest.patient.empty())
        return Permission{false, "no visit is known: public lobby only"};
    const auto releases = TRY(
        releases_of(desk.store, guest.patient, desk.time.day_of(desk.now), desk.site));
    if (releases.empty()) return Permission{false, "no release: public lobby only"};
    const auto whom = listed(releases);
    return Permission{
        true, "release on file: " + (whom.empty() ? "see the form for whom" : whom)};
}

std::string wrong_with(const GuestBadgeOptions& options, const GuestDesk& desk) {
    if (options.to != "lobby" && options.to != "visit")
        return "--to takes lobby or visit";
    if (!options.out.empty() && !options.out.ends_with(".png") &&
        !options.out.ends_with(".pdf"))
        return "--out takes a file that ends in .png or .pdf";
    if (options.out.empty() && !desk.printer)
        return "write --out FILE, or printer.uri in the config file";
    if (!options.language.empty() &&
        std::ranges::count(desk.site.languages, options.language) == 0)
        return "--language takes one of the site's";
    return {};
}

Result<void> print(const GuestBadgeOptions& options, const LobbyEntry& guest,
                   const GuestDesk& desk) {
    using Kind = Ticket::Kind;
    const auto job = TRY(render_ticket(
        {.clinic = desk.site.name,
         .language =
             options.language.empty() ? desk.site.languages.front() : options.language,
         .day = desk.time.day_of(desk.now),
         .call_name = guest.call_name,
         .waiting_place = {},
         .kind = options.to == "lobby" ? Kind::guest_in_lobby : Kind::guest_of_visit}));
    if (options.out.empty()) return desk.printer->print(job);
    return write_file(options.out, options.out.ends_with(".pdf") ? job.pdf : job.png);
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : " ") + word;
    // "fern 27" is as good.
    if (!all.empty() && all[0] >= 'a' && all[0] <= 'z') all[0] = char(all[0] - 32);
    return all;
}

int guest_code_command(const GuestCodeOptions& options, const GuestDesk& desk,
                       std::ostream& out, std::ostream& err) {
    const auto visit = desk.store.visit_of(options.appointment, options.patient);
    if (!visit && visit.error().code == Error::Code::bad_input)
        return failed(err, usage, visit.error().what + " (--patient ID)");
    if (!visit) return failed(err, refused, visit.error().what);
    out << spaced(guest_code(visit->id, desk.keys)) << '\n';
    return ok;
}

int guest_badge_command(const GuestBadgeOptions& options, const GuestDesk& desk,
                        std::ostream& out, std::ostream& err) {
    if (const auto wrong = wrong_with(options, desk); !wrong.empty())
        return failed(err, usage, wrong);
    auto guest = guest_called(joined(options.call_name), desk);
    if (!guest)
        return failed(err,
                      guest.error().code == Error::Code::bad_input ? usage : refused,
                      guest.error().what);
    const auto stands = permission_of(*guest, desk);
    if (!stands) return failed(err, refused, stands.error().what);
    out << stands->said << '\n';
    const bool goes_in = options.to == "visit";
    if (goes_in && !stands->release && options.decided_by.empty())
        return failed(err, refused,
                      stands->said + " (--staff-decides NAME, to let them go in)");
    if (goes_in) {
        guest->release = stands->release;
        const auto told = desk.store.admit_guest(
            *guest, stands->release ? "" : options.decided_by, desk.now);
        if (!told) return failed(err, refused, told.error().what);
    }
    const auto printed = print(options, *guest, desk);
    return printed ? ok : failed(err, refused, printed.error().what);
}

}  // namespace foyer
