#include "kiosk/slip.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <numbers>
#include <sstream>
#include <thread>

#include "kiosk/assets.h"
#include "kiosk/commands/slip.h"
#include "kiosk/ui/words.h"
#include "platform/canvas.h"
#include "platform/png.h"
#include "platform/simulated/printer.h"
#include "sync/clinic/call_name.h"
#include "sync/clinic/slip_token.h"
#include "tests/records_fixture.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// What another program of the machine prints.
std::string said_by(const std::string& command) {
    std::string said;
    std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    if (!pipe) return said;
    std::array<char, 4096> part{};
    while (const auto size = std::fread(part.data(), 1, part.size(), pipe))
        said.append(part.data(), size);
    pclose(pipe);
    return said;
}

bool has_program(const std::string& name) {
    return !said_by("command -v " + name).empty();
}

std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(" \n\f") + 1);
    return text;
}

/// With single spaces, so that it does not matter where lines break.
std::string on_one_line(const std::string& text) {
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

/// What a camera sees of a slip: smaller, turned, its edges soft.
Picture photo(const Picture& slip, double scale, double degrees) {
    const double turn = degrees * std::numbers::pi / 180;
    const auto pixel = [&](double x, double y) {
        const auto at = [&](double value, int size) {
            return std::size_t(std::clamp(int(value), 0, size - 1));
        };
        const auto column = at(x, slip.width), row = at(y, slip.height);
        return int(static_cast<unsigned char>(
            slip.rgba[(row * std::size_t(slip.width) + column) * 4]));
    };
    Picture seen{int(slip.width * scale), int(slip.height * scale), {}};
    const double cx = slip.width / 2.0, cy = slip.height / 2.0;
    for (int y = 0; y < seen.height; ++y)
        for (int x = 0; x < seen.width; ++x) {
            int sum = 0;
            for (int i = -1; i <= 1; ++i)
                for (int j = -1; j <= 1; ++j) {
                    const double dx = (x + i * 0.5) / scale - cx,
                                 dy = (y + j * 0.5) / scale - cy;
                    sum += pixel(cx + dx * std::cos(turn) - dy * std::sin(turn),
                                 cy + dx * std::sin(turn) + dy * std::cos(turn));
                }
            seen.rgba.append(3, char(sum / 9)).push_back('\xFF');
        }
    return seen;
}

/// The columns that hold ink between two rows: the first and the last.
std::pair<int, int> inked_columns(const Picture& slip, int from_row, int to_row) {
    std::pair<int, int> found{slip.width, -1};
    for (int y = from_row; y < to_row; ++y)
        for (int x = 0; x < slip.width; ++x)
            if (slip.rgba[std::size_t(y * slip.width + x) * 4] == 0)
                found = {std::min(found.first, x), std::max(found.second, x)};
    return found;
}

/// A slip of the sample clinic, and programs that know nothing of us to read it.
class PaperSlip : public Records {
protected:
    PaperSlip() {
        const auto opened = open_translations(asset("locale"));
        EXPECT_TRUE(opened) << opened.error().what;
        slip.clinic = "Sycamore Outpatient";
        slip.language = "en";
        slip.starts = {day("2026-12-01"), 10h};
        slip.place = "Suite 210, second floor";
        slip.token = sign_token({keys.alias_of("Appointment", "a1"),
                                 foyer::at("2026-12-02T10:00:00-05:00")},
                                keys);
    }

    std::string file(const std::string& name, const std::string& bytes) const {
        const fs::path path = directory / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    PrintJob rendered() const { return must(render_slip(slip)); }
    Picture picture() const { return must(decode_png(rendered().png)); }

    static std::string decoded(const std::string& path) {
        return trimmed(said_by("zbarimg --quiet --raw " + path));
    }
    std::string decoded_png() const {
        return decoded(file("slip.png", rendered().png));
    }
    /// The PDF as a 203 dpi printer sees it.
    std::string decoded_pdf() const {
        const auto pdf = file("slip.pdf", rendered().pdf);
        said_by("pdftoppm -r 203 -png -singlefile " + pdf + " " + pdf);
        return decoded(pdf + ".png");
    }
    std::string pdf_text(const std::string& pdf) const {
        return on_one_line(
            said_by("pdftotext -layout " + file("words.pdf", pdf) + " -"));
    }
    std::string pdf_text() const { return pdf_text(rendered().pdf); }

    SiteKeys keys = site_keys();
    Slip slip;
};

#define NEEDS(program, package) \
    if (!has_program(program))  \
    GTEST_SKIP() << program " is not installed (Debian: " package ")"

TEST_F(PaperSlip, IsReadByADecoderThatIsNotOurs) {
    NEEDS("zbarimg", "zbar-tools");
    const std::string text = decoded_png();
    EXPECT_EQ(text, slip.token);
    const auto token = read_token(text, keys);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->visit, keys.alias_of("Appointment", "a1"));
}

TEST_F(PaperSlip, IsReadFromTheRasterOfItsPdf) {
    NEEDS("zbarimg", "zbar-tools");
    NEEDS("pdftoppm", "poppler-utils");
    EXPECT_EQ(decoded_pdf(), slip.token);
}

TEST_F(PaperSlip, IsReadInLargePrintAndWithACallName) {
    NEEDS("zbarimg", "zbar-tools");
    slip.large_print = true;
    EXPECT_EQ(decoded_png(), slip.token);
    slip.call_name = CallName{0, 27};
    slip.language = "es";
    EXPECT_EQ(decoded_png(), slip.token);
}

TEST_F(PaperSlip, IsReadFromASmallCrookedPhoto) {
    NEEDS("zbarimg", "zbar-tools");
    const std::string seen = must(encode_png(photo(picture(), 0.6, 7)));
    EXPECT_EQ(decoded(file("photo.png", seen)), slip.token);
}

TEST_F(PaperSlip, SaysWhenAndWhere) {
    NEEDS("pdftotext", "poppler-utils");
    const std::string text = pdf_text();
    for (const char* part :
         {"Sycamore Outpatient Your appointment",
          "Tue, Dec 1 · 10:00 AM Suite 210, second floor Please arrive 10 minutes "
          "early",
          "Hold this code under the scanner at the kiosk to check in.",
          "Call or text 988."})
        EXPECT_NE(text.find(part), text.npos) << part << "\n" << text;
}

TEST_F(PaperSlip, SpeaksSpanish) {
    NEEDS("pdftotext", "poppler-utils");
    slip.language = "es";
    const std::string text = pdf_text();
    EXPECT_NE(text.find("Su cita mar, 1 dic · 10:00"), text.npos) << text;
    EXPECT_EQ(text.find("paper."), text.npos) << text;
}

TEST_F(PaperSlip, OfACheckInSaysTheCallNameAndWhereToWait) {
    NEEDS("pdftotext", "poppler-utils");
    slip.call_name = CallName{0, 27};
    slip.waiting_place = "the Garden lounge";
    const std::string text = pdf_text();
    const std::string called = spoken(*slip.call_name, "en");
    EXPECT_NE(text.find("You are checked in We will call you by " + called +
                        " Please have a seat in the Garden lounge. Tue, Dec 1"),
              text.npos)
        << text;
    EXPECT_EQ(text.find("arrive 10 minutes early"), text.npos);
}

TEST_F(PaperSlip, IsBlackOnWhiteAsWideAsThePrinterReaches) {
    const Picture dots = picture();
    EXPECT_EQ(dots.width, 576);
    EXPECT_NEAR(dots.height / 203.0 * 25.4, rendered().height_mm, 0.001);
    const auto grey = [&](std::size_t i) {
        return dots.rgba[i] != '\0' && dots.rgba[i] != '\xFF';
    };
    for (std::size_t i = 0; i < dots.rgba.size(); ++i) ASSERT_FALSE(grey(i)) << i;
}

TEST_F(PaperSlip, IsAnEightyMillimetrePageAsLongAsItsPicture) {
    NEEDS("pdfinfo", "poppler-utils");
    const std::string info = said_by("pdfinfo " + file("slip.pdf", rendered().pdf));
    double width = 0, height = 0;
    const auto at = info.find("Page size:");
    ASSERT_NE(at, info.npos);
    std::string word;
    std::istringstream(info.substr(at)) >> word >> word >> width >> word >> height;
    EXPECT_NEAR(width / 72 * 25.4, 80, 0.01);
    EXPECT_NEAR(height / 72 * 25.4, rendered().height_mm, 0.01);
}

TEST_F(PaperSlip, WrapsLongNamesAndEndsEndlessOnes) {
    const int usual = picture().height;
    slip.clinic =
        "Sycamore Center for Outpatient Behavioral Health of Western Massachusetts";
    slip.place = "Building C, entrance on the courtyard side, second floor, Suite 210";
    const int longer = picture().height;
    EXPECT_GT(longer, usual);
    slip.clinic = std::string(5000, 'W');
    slip.place = std::string(5000, '\n') + std::string(5000, 'W');
    const Picture endless = picture();
    EXPECT_LT(endless.height, usual + 400);
    // The rules alone reach the edge; letters stay a millimetre away from it.
    EXPECT_GE(inked_columns(endless, 0, 60).first, 8);
    EXPECT_LT(inked_columns(endless, 0, 60).second, 576 - 8);
}

TEST_F(PaperSlip, SetsHebrewFromTheRightAndSurvivesAnyBytes) {
    slip.place = "אולם 210, קומה שנייה";
    const Picture hebrew = picture();
    // The line below the date: behind title, rule and date (some 24 mm).
    bool begins_right = false;
    for (int top = 150; top < 260; ++top) {
        const auto ink = inked_columns(hebrew, top, top + 20);
        begins_right |= ink.first > 200 && ink.second > 540;
    }
    EXPECT_TRUE(begins_right);
    for (const char* place :
         {"\xff\xfe broken \xc3", "예약실 **3", "غرفة ٢١٠", "🌿\t\x01"}) {
        slip.place = place;
        EXPECT_TRUE(render_slip(slip)) << place;
    }
}

TEST_F(PaperSlip, RefusesATokenThatFitsNoCode) {
    slip.token = std::string(3000, 'A');
    ASSERT_FALSE(render_slip(slip));
    EXPECT_EQ(render_slip(slip).error().code, Error::Code::bad_input);
    slip.token.clear();
    EXPECT_FALSE(render_slip(slip));
}

TEST_F(PaperSlip, IsTheSameOnWorkersAndInOtherLanguagesMeanwhile) {
    const std::string expected = rendered().png;
    std::array<std::string, 2> made;
    std::vector<std::thread> workers;
    for (auto& png : made)
        workers.emplace_back([&png, this] {
            if (auto job = render_slip(slip)) png = job->png;
        });
    for (const char* language : {"es", "fr", "de", "hy"})
        translate(language, "paper.appointment");
    for (auto& worker : workers) worker.join();
    EXPECT_EQ(made[0], expected);
    EXPECT_EQ(made[1], expected);
}

/// `foyer slip` at a clinic where Ada has a visit today at ten.
class SlipCommand : public PaperSlip {
protected:
    SlipCommand() {
        site.name = "Sycamore Outpatient";
        site.waiting_place = {{"en", "the Garden lounge"}, {"es", "la sala Jardín"}};
        auto ada = person("mrn-4711", "Lovelace", "Augusta", "1815-12-10");
        ada.language = "es-MX";
        given_patient(ada);
        given(appointment("a1", {"mrn-4711"}, "2026-11-23T10:00:00-05:00"));
        options.appointment = "a1";
        options.out = directory / "slip.png";
    }

    int run() {
        out.str({});
        err.str({});
        const SlipDesk desk{store(), site, time, keys, now, printer};
        return slip_command(options, desk, out, err);
    }
    /// Fails with one line that says `why`, and leaves no file.
    void expect_refused(int exit_code, const std::string& why) {
        EXPECT_EQ(run(), exit_code);
        EXPECT_NE(err.str().find(why), std::string::npos) << err.str();
        EXPECT_EQ(std::ranges::count(err.str(), '\n'), 1) << err.str();
        EXPECT_EQ(out.str(), "");
        EXPECT_FALSE(fs::exists(options.out));
    }
    static std::string bytes_of(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string text() {
        options.out = directory / "slip.pdf";
        EXPECT_EQ(run(), 0) << err.str();
        return pdf_text(bytes_of(options.out));
    }

    Site site;
    SiteTime time = new_york();
    SlipOptions options;
    SimulatedPrinter simulated;
    Printer* printer = nullptr;
    std::ostringstream out, err;
};

TEST_F(SlipCommand, MakesASlipThatTheKiosksTakeForADayAfterTheVisit) {
    NEEDS("zbarimg", "zbar-tools");
    ASSERT_EQ(run(), 0) << err.str();
    EXPECT_EQ(out.str(), options.out + "\n");
    const auto token = read_token(decoded(options.out), keys);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->visit, visit("a1").id);
    EXPECT_EQ(token->expires, foyer::at("2026-11-24T10:00:00-05:00"));
}

TEST_F(SlipCommand, TellsNothingAboutThePersonOrTheService) {
    NEEDS("pdftotext", "poppler-utils");
    ASSERT_EQ(run(), 0) << err.str();
    const std::string png = bytes_of(options.out);
    const std::string words = text();
    const std::string pdf = bytes_of(options.out);
    const std::string about = said_by("pdfinfo " + options.out);
    for (const char* secret :
         {"Lovelace", "Augusta", "1815", "mrn-4711", "individual", "Individual"})
        for (const auto& where : {png, pdf, words, about})
            EXPECT_EQ(where.find(secret), where.npos) << secret;
}

TEST_F(SlipCommand, SpeaksThePatientsLanguageUnlessToldAnother) {
    NEEDS("pdftotext", "poppler-utils");
    EXPECT_NE(text().find("Su cita"), std::string::npos);
    options.language = "en";
    EXPECT_NE(text().find("Your appointment"), std::string::npos);
    options.language.clear();
    site.languages = {"en"};
    EXPECT_NE(text().find("Your appointment"), std::string::npos);
}

TEST_F(SlipCommand, RepeatsTheCallNameOfWhoIsCheckedIn) {
    NEEDS("pdftotext", "poppler-utils");
    const auto visits = must(checks_in({visit("a1").id}));
    options.language = "en";
    const std::string words = text();
    const std::string called = spoken(visits.front().check_in->call_name, "en");
    EXPECT_NE(words.find(called), words.npos) << words;
    EXPECT_NE(words.find("a seat in the Garden lounge"), words.npos) << words;
}

TEST_F(SlipCommand, PrintsLargeWhenAsked) {
    ASSERT_EQ(run(), 0);
    const int usual = must(read_png(options.out)).height;
    options.large = true;
    ASSERT_EQ(run(), 0);
    EXPECT_GT(must(read_png(options.out)).height, usual);
}

TEST_F(SlipCommand, NamesItsFileByTheAlias) {
    const auto before = fs::current_path();
    fs::current_path(directory);
    options.out.clear();
    EXPECT_EQ(run(), 0) << err.str();
    const std::string name = "slip-" + visit("a1").id.hex().substr(0, 8) + ".png";
    EXPECT_EQ(out.str(), name + "\n");
    EXPECT_TRUE(must(read_png(name)).height > 0);
    fs::current_path(before);
}

TEST_F(SlipCommand, ReplacesAFileWholeAndKeepsItToItsOwner) {
    file("slip.png", "an older one");
    ASSERT_EQ(run(), 0) << err.str();
    EXPECT_TRUE(read_png(options.out));
    struct stat about {};
    ASSERT_EQ(stat(options.out.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(SlipCommand, RefusesWhatNobodyCanCheckInTo) {
    options.appointment = "nobody-booked-this";
    expect_refused(1, "no such appointment");

    options.appointment = "a1";
    now = foyer::at("2026-11-23T11:00:00-05:00");
    expect_refused(1, "over");
    now = foyer::at("2026-11-24T08:00:00-05:00");
    expect_refused(1, "over");

    now = foyer::at("2026-11-23T09:45:00-05:00");
    auto called_off = appointment("a1", {"mrn-4711"}, "2026-11-23T10:00:00-05:00");
    called_off.status = AppointmentStatus::cancelled;
    given(called_off);
    expect_refused(1, "cancelled");
}

TEST_F(SlipCommand, AsksWhichPatientOfSeveral) {
    given_patient("grace", "Hopper", "Grace", "1906-12-09");
    given(appointment("g1", {"mrn-4711", "grace"}, "2026-11-23T13:00:00-05:00"));
    options.appointment = "g1";
    expect_refused(2, "--patient");
    options.patient = "grace";
    EXPECT_EQ(run(), 0) << err.str();
    options.patient = "somebody-else";
    fs::remove(options.out);
    expect_refused(1, "no such appointment");
}

TEST_F(SlipCommand, SaysWhatItCannotTake) {
    options.out = directory / "slip.jpg";
    expect_refused(2, ".png or .pdf");
    options.out = directory / "slip.png";
    options.language = "fr";
    expect_refused(2, "en es");
    options.language.clear();
    options.print = true;
    expect_refused(2, "printer");
    options.print = false;
    options.appointment.clear();
    expect_refused(2, "which appointment");
}

TEST_F(SlipCommand, SaysWhereItCannotWrite) {
    options.out = directory / "no-such-folder" / "slip.png";
    expect_refused(1, "cannot write " + options.out);
    fs::create_directory(directory / "a-folder.png");
    options.out = directory / "a-folder.png";
    EXPECT_EQ(run(), 1);
    for (const auto& entry : fs::directory_iterator(directory))
        EXPECT_FALSE(entry.path().filename().string().starts_with("a-folder.png."))
            << "what was written on the way is gone";
}

TEST_F(SlipCommand, PrintsWithoutAFileUnlessOneIsNamed) {
    printer = &simulated;
    options.print = true;
    options.out.clear();
    EXPECT_EQ(run(), 0) << err.str();
    EXPECT_EQ(simulated.printed().size(), 1U);
    EXPECT_EQ(out.str(), "");

    simulated.set_paper(0);
    EXPECT_EQ(run(), 1);
    EXPECT_TRUE(err.str().starts_with("foyer slip: ")) << err.str();
}

}  // namespace
}  // namespace foyer
