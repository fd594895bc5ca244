#include "kiosk/commands/slip.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ostream>

#include "kiosk/slip.h"
#include "sync/clinic/arrival.h"
#include "sync/clinic/slip_token.h"

namespace foyer {
namespace {

constexpr int done = 0, refused = 1, usage = 2;

/// How long after its visit's start a slip is taken (domain.md W16).
constexpr std::chrono::hours slip_lasts{24};

bool speaks(const Site& site, std::string_view language) {
    return std::ranges::find(site.languages, language) != site.languages.end();
}

/// The patient's language ("es-MX") as far as the site speaks it ("es").
Result<std::string> language_of(const Visit& visit, const SlipDesk& desk) {
    const std::string own = TRY(desk.store.patient(visit.patient)).language;
    for (const auto& tag : {own, own.substr(0, own.find('-'))})
        if (speaks(desk.site, tag)) return tag;
    return desk.site.languages.empty() ? std::string("en")
                                       : desk.site.languages.front();
}

/// A slip for what nobody can check in to would only send its holder to the desk.
Result<void> can_be_kept(const Visit& visit, const SlipDesk& desk) {
    const Standing stands = standing(visit, desk.now, desk.site);
    if (stands == Standing::cancelled)
        return fail(Error::Code::refused, "the appointment is cancelled");
    const bool past = desk.time.day_of(visit.starts) < desk.time.day_of(desk.now);
    if (stands == Standing::over || past)
        return fail(Error::Code::refused, "the appointment is over");
    return {};
}

Slip slip_for(const Visit& visit, const std::string& language, bool large,
              const SlipDesk& desk) {
    Slip slip;
    slip.clinic = desk.site.name;
    slip.language = language;
    slip.starts = desk.time.local(visit.starts);
    slip.place = visit.place;
    slip.token = sign_token({visit.id, visit.starts + slip_lasts}, desk.keys);
    slip.large_print = large;
    if (visit.check_in) {
        slip.call_name = visit.check_in->call_name;
        // Who is late is sent by the desk and not to a seat.
        if (!visit.check_in->late)
            slip.waiting_place = in_language(desk.site.waiting_place, language);
    }
    return slip;
}

}  // namespace

Result<void> write_file(const std::string& path, const std::string& bytes) {
    const auto failed = [&path] {
        return fail(Error::Code::read_only,
                    "cannot write " + path + ": " + std::strerror(errno));
    };
    std::string beside = path + ".XXXXXX";
    const int fd = mkstemp(beside.data());
    if (fd < 0) return failed();
    std::FILE* file = fdopen(fd, "wb");
    if (!file) close(fd);
    const bool written =
        file && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    const bool closed = file && std::fclose(file) == 0;
    if (!written || !closed || std::rename(beside.c_str(), path.c_str()) != 0) {
        const auto why = failed();
        unlink(beside.c_str());
        return why;
    }
    return {};
}

namespace {

Result<void> make_slip(const Visit& visit, const SlipOptions& options,
                       const SlipDesk& desk, std::ostream& out) {
    TRY(can_be_kept(visit, desk));
    const std::string language =
        options.language.empty() ? TRY(language_of(visit, desk)) : options.language;
    const PrintJob job =
        TRY(render_slip(slip_for(visit, language, options.large, desk)));

    std::string path = options.out;
    if (path.empty() && !options.print)
        path = "slip-" + visit.id.hex().substr(0, 8) + ".png";
    if (!path.empty()) {
        TRY(write_file(path, path.ends_with(".pdf") ? job.pdf : job.png));
        out << path << '\n';
    }
    if (options.print) TRY(desk.printer->print(job));
    return {};
}

/// What can be judged before anything is looked up; empty if all is well.
std::string wrong_with(const SlipOptions& options, const SlipDesk& desk) {
    if (options.appointment.empty()) return "say which appointment";
    if (!options.out.empty() && !options.out.ends_with(".png") &&
        !options.out.ends_with(".pdf"))
        return "--out takes a file that ends in .png or .pdf";
    if (!options.language.empty() && !speaks(desk.site, options.language)) {
        std::string spoken;
        for (const auto& language : desk.site.languages) spoken += " " + language;
        return "--language takes one of the site's:" + spoken;
    }
    if (options.print && !desk.printer)
        return "--print needs printer.uri in the config file";
    return {};
}

}  // namespace

int slip_command(const SlipOptions& options, const SlipDesk& desk, std::ostream& out,
                 std::ostream& err) {
    const auto failed = [&err](int exit_code, const std::string& why) {
        err << "foyer slip: " << why << '\n';
        return exit_code;
    };
    if (const auto wrong = wrong_with(options, desk); !wrong.empty())
        return failed(usage, wrong);
    const auto visit = desk.store.visit_of(options.appointment, options.patient);
    if (!visit && visit.error().code == Error::Code::bad_input)
        return failed(usage, visit.error().what + " (--patient ID)");
    if (!visit) return failed(refused, visit.error().what);
    const auto made = make_slip(*visit, options, desk, out);
    return made ? done : failed(refused, made.error().what);
}

}  // namespace foyer
