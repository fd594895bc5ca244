#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <csignal>
#include <cups/cups.h>
#include <cups/raster.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <thread>

#include "platform/png.h"
#include "platform/printer_ipp.h"
#include "platform/pwg_raster.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// A free port of the loopback. Somebody could take it before the printer does; then
/// the printer says so and the test fails by name.
int free_port() {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    const bool bound = bind(fd, any, size) == 0 && getsockname(fd, any, &size) == 0;
    close(fd);
    return bound ? ntohs(address.sin_port) : 0;
}

bool is_installed(const std::string& program) {
    for (const char* folder : {"/usr/bin/", "/usr/sbin/", "/usr/local/bin/"})
        if (fs::exists(folder + program)) return true;
    return false;
}

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// CUPS's own printer simulation on the loopback. It wants a D-Bus to announce itself
/// on, so it gets one of its own.
class AnIppPrinter : public testing::Test {
protected:
    void SetUp() override {
        for (const char* program : {"ippeveprinter", "dbus-run-session"})
            if (!is_installed(program)) GTEST_SKIP() << program << " is not installed";
        std::string pattern = testing::TempDir() + "/ipp-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        fs::create_directories(folder / "spool");
        ASSERT_EQ(mkfifo((folder / "never").c_str(), 0600), 0);
        std::ofstream(folder / "command")
            << "#!/bin/sh\nDIR=" << folder.string() << "\n. $DIR/behaviour\n";
        chmod((folder / "command").c_str(), 0700);
        behaves("cp \"$1\" $DIR/printed; echo \"$CONTENT_TYPE\" > $DIR/type");
    }

    void TearDown() override {
        if (server > 0) {
            kill(-server, SIGKILL);
            waitpid(server, nullptr, 0);
        }
        if (drain.joinable()) drain.join();
        if (!folder.empty()) fs::remove_all(folder);
    }

    /// What happens to a job, as shell; "$1" is the document.
    void behaves(const std::string& script) {
        std::ofstream(folder / "behaviour") << script << '\n';
    }

    /// Returns once the printer listens.
    void start(const std::string& formats) {
        port = free_port();
        const std::string command =
            "DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS "
            "PATH=$PATH:/usr/sbin exec ippeveprinter -v -n localhost -r off -k -p " +
            std::to_string(port) + " -d " + (folder / "spool").string() + " -f " +
            formats + " -c " + (folder / "command").string() + " Foyer 2>&1";
        std::array<int, 2> out{};
        ASSERT_EQ(pipe(out.data()), 0);
        server = fork();
        if (server == 0) {
            setpgid(0, 0);
            dup2(out[1], STDOUT_FILENO);
            dup2(out[1], STDERR_FILENO);
            close(out[0]);
            close(out[1]);
            execlp("dbus-run-session", "dbus-run-session", "--", "sh", "-c",
                   command.c_str(), nullptr);
            _exit(127);
        }
        setpgid(server, server);
        close(out[1]);
        std::string said;
        char c = 0;
        while (said.find("printer-uuid") == std::string::npos &&
               read(out[0], &c, 1) == 1)
            said += c;
        ASSERT_NE(said.find("printer-uuid"), std::string::npos) << said;
        drain = std::thread([fd = out[0]] {
            std::array<char, 4096> thrown_away{};
            while (read(fd, thrown_away.data(), thrown_away.size()) > 0) {
            }
            close(fd);
        });
    }

    Result<void> print(std::chrono::milliseconds patience = 20s) const {
        const auto printer = IppPrinter::create({.uri = uri(), .patience = patience});
        return (*printer)->print(job());
    }
    std::string uri() const {
        return "ipp://localhost:" + std::to_string(port) + "/ipp/print";
    }
    static PrintJob job() {
        Picture picture;
        picture.width = 640;
        picture.height = 80;
        picture.rgba.assign(640 * 80 * 4, '\xFF');
        return {.png = encode_png(picture).value(),
                .pdf = "%PDF-1.4 slip",
                .height_mm = 10};
    }

    /// Jobs that are not over and that nobody has cancelled. The simulation ends a job
    /// it is busy with only when its script ends, and says so.
    int waiting_jobs() const {
        http_t* http = httpConnect2("localhost", port, nullptr, AF_UNSPEC,
                                    HTTP_ENCRYPTION_IF_REQUESTED, 1, 3000, nullptr);
        ipp_t* request = ippNewRequest(IPP_OP_GET_JOBS);
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr,
                     uri().c_str());
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr,
                     "not-completed");
        ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
                     "requested-attributes", nullptr, "job-state-reasons");
        ipp_t* answer = cupsDoRequest(http, request, "/ipp/print");
        int jobs = 0;
        for (ipp_attribute_t* a = ippFirstAttribute(answer); a;
             a = ippNextAttribute(answer))
            if (ippGetName(a) && std::string(ippGetName(a)) == "job-state-reasons" &&
                !ippContainsString(a, "processing-to-stop-point"))
                ++jobs;
        ippDelete(answer);
        httpClose(http);
        return jobs;
    }

    fs::path folder;
    int port = 0;
    pid_t server = -1;
    std::thread drain;
};

TEST_F(AnIppPrinter, GetsThePdfWhole) {
    start("application/pdf,image/png");
    const auto printed = print();
    ASSERT_TRUE(printed) << printed.error().what;
    EXPECT_EQ(content(folder / "printed"), job().pdf);
    EXPECT_EQ(content(folder / "type"), "application/pdf\n");
}

TEST_F(AnIppPrinter, GetsAPngWhenItTakesNoPdf) {
    start("image/png");
    const auto printed = print();
    ASSERT_TRUE(printed) << printed.error().what;
    EXPECT_EQ(content(folder / "printed"), job().png);
}

TEST_F(AnIppPrinter, GetsPwgRasterWhenItTakesNothingElse) {
    start("image/pwg-raster");
    const auto printed = print();
    ASSERT_TRUE(printed) << printed.error().what;
    EXPECT_TRUE(content(folder / "printed").starts_with("RaS2"));
}

TEST_F(AnIppPrinter, RefusesWhenThereIsNoFormatInCommon) {
    start("image/jpeg");
    EXPECT_EQ(print().error().code, Error::Code::refused);
}

TEST_F(AnIppPrinter, ThatRunsOutOfPaperKeepsNoJob) {
    start("application/pdf");
    behaves("echo 'STATE: +media-empty-error' >&2; read never < $DIR/never");
    EXPECT_EQ(print().error().code, Error::Code::out_of_paper);
    EXPECT_EQ(waiting_jobs(), 0);
    EXPECT_FALSE(fs::exists(folder / "printed"));
    // And says so at once the next time.
    behaves("cp \"$1\" $DIR/printed");
    EXPECT_EQ(print().error().code, Error::Code::out_of_paper);
    EXPECT_FALSE(fs::exists(folder / "printed"));
}

TEST_F(AnIppPrinter, ThatTakesTooLongKeepsNoJob) {
    start("application/pdf");
    behaves("read never < $DIR/never; cp \"$1\" $DIR/printed");
    EXPECT_EQ(print(200ms).error().code, Error::Code::offline);
    EXPECT_EQ(waiting_jobs(), 0);
}

TEST_F(AnIppPrinter, ThatGivesUpIsAFailure) {
    start("application/pdf");
    behaves("exit 1");
    EXPECT_EQ(print().error().code, Error::Code::refused);
}

TEST_F(AnIppPrinter, WithAnOpenCoverRefuses) {
    start("application/pdf");
    behaves("echo 'STATE: +cover-open-error' >&2; read never < $DIR/never");
    EXPECT_EQ(print().error().code, Error::Code::refused);
    EXPECT_EQ(waiting_jobs(), 0);
}

TEST(NoIppPrinter, IsOffline) {
    const auto printer = IppPrinter::create(
        {.uri = "ipp://localhost:" + std::to_string(free_port()) + "/ipp/print"});
    ASSERT_TRUE(printer);
    EXPECT_EQ((*printer)->print({}).error().code, Error::Code::offline);
}

TEST(NoIppPrinter, HasAnAddressOfAnotherKind) {
    for (const char* uri :
         {"", "localhost", "http://localhost/", "ipp://", "lpd://a/b"}) {
        const auto printer = IppPrinter::create({.uri = uri});
        ASSERT_FALSE(printer) << uri;
        EXPECT_EQ(printer.error().code, Error::Code::bad_input);
    }
}

TEST(PwgRaster, HoldsThePicturesGrays) {
    Picture picture;
    picture.width = 2;
    picture.height = 1;
    picture.rgba.assign("\x00\x00\x00\xFF\xFF\xFF\xFF\xFF", 8);
    const std::string bytes = pwg_raster(picture).value();
    std::FILE* file = std::tmpfile();
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::rewind(file);
    cups_raster_t* raster = cupsRasterOpen(fileno(file), CUPS_RASTER_READ);
    cups_page_header2_t header{};
    ASSERT_TRUE(cupsRasterReadHeader2(raster, &header));
    EXPECT_EQ(header.cupsWidth, 2U);
    EXPECT_EQ(header.HWResolution[0], 203U);
    std::array<unsigned char, 2> line{};
    ASSERT_EQ(cupsRasterReadPixels(raster, line.data(), 2), 2U);
    EXPECT_EQ(line[0], 0);
    EXPECT_EQ(line[1], 255);
    cupsRasterClose(raster);
    std::fclose(file);
}

TEST(PwgRaster, NeedsAPicture) {
    EXPECT_FALSE(pwg_raster({}));
}

}  // namespace
}  // namespace foyer
