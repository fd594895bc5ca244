#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

constexpr const char* sections[] = {
    "site",   "hours", "device",  "windows.php",  "labels",       "policy",
    "time",   "staff", "display", "printer",      "scanner",      "forms",
    "server", "part2", "lan",     "programs.php", "programs.iop", "guests"};

/// A config file that lives as long as the test.
class ConfigFile {
public:
    explicit ConfigFile(const std::string& text) {
        char name[] = "/tmp/foyer-site-XXXXXX";
        directory_ = mkdtemp(name);
        std::ofstream(path()) << text;
    }
    ~ConfigFile() { std::filesystem::remove_all(directory_); }
    std::string path() const { return (directory_ / "foyer.toml").string(); }

private:
    std::filesystem::path directory_;
};

Result<Site> read(const std::string& text) {
    return read_site(ConfigFile(text).path());
}

std::string refusal(const std::string& text) {
    const auto site = read(text);
    EXPECT_FALSE(site) << text;
    if (site) return "";
    EXPECT_EQ(site.error().code, Error::Code::bad_input);
    return site.error().what;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

Instant at(const char* text) {
    return parse_instant(text).value();
}

std::string documentation() {
    std::ifstream file(FOYER_SOURCE_DIR "/docs/foyer.toml");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(SiteFile, DocumentsTheDefaults) {
    const auto documented = read_site(FOYER_SOURCE_DIR "/docs/foyer.toml");
    ASSERT_TRUE(documented) << documented.error().what;
    for (const auto& [service, window] : documented->windows)
        EXPECT_EQ(window, default_window(service)) << code(service);
    for (const auto& [program, rule] : documented->programs)
        EXPECT_EQ(rule, default_program_rule(program)) << code(program);
    Site rest = *documented;
    rest.windows.clear();
    rest.programs.clear();
    EXPECT_EQ(rest, Site());
}

TEST(SiteFile, DocumentsEveryKey) {
    const std::string text = documentation();
    for (const std::string section : sections) {
        const std::string why = refusal("[" + section + "]\nno-such-key = 1\n");
        std::stringstream keys(why.substr(why.find("write one of ") + 13));
        for (std::string key; std::getline(keys, key, ',');) {
            key.erase(0, key.find_first_not_of(' '));
            EXPECT_TRUE(has(text, "\n" + key + " = ") ||
                        has(text, "\n# " + key + " = ") ||
                        has(text, "\n# [[" + section + "." + key + "]]"))
                << "[" << section << "] " << key;
        }
    }
}

TEST(SiteFile, KeepsDefaultsOfAnEmptyFile) {
    EXPECT_EQ(read("").value(), Site());
}

TEST(SiteFile, ReadsWhatAClinicWrites) {
    const auto site = read(R"(
[site]
name = "Willow House"
time_zone = "America/Chicago"
week_start = "monday"
closed_days = ["2026-12-25", 2027-01-01]
locations = ["north-1"]
waiting_place = { en = "the Garden lounge", es = "la sala del jardín" }
[hours]
monday = ["08:00-12:00", "13:00-24:00"]
[device]
index = 15
[windows.php]
opens_before = 20
[labels]
php = { en = "Program day" }
[time]
cover_countdown = 20
answer_after_ms = 2000
[display]
rotation = 270
reach_line_mm = 310.5
)");
    ASSERT_TRUE(site) << site.error().what;
    EXPECT_EQ(site->name, "Willow House");
    EXPECT_EQ(site->week_start, std::chrono::Monday);
    EXPECT_EQ(site->closed_days.size(), 2u);
    EXPECT_EQ(site->hours[1].at(1).to, 24h);
    EXPECT_EQ(window_for(*site, Service::php).opens_before, 20min);
    EXPECT_EQ(window_for(*site, Service::php).late_after, 5min);
    EXPECT_EQ(in_language(site->waiting_place, "es"), "la sala del jardín");
    EXPECT_EQ(in_language(site->labels.at(Service::php), "es"), "Program day");
    EXPECT_EQ(site->cover_countdown, 20s);
    EXPECT_EQ(site->answer_after, 2000ms);
    EXPECT_EQ(site->rotation, 270);
    EXPECT_DOUBLE_EQ(site->reach_line_mm, 310.5);
}

TEST(SiteFile, DocumentsEveryKeyOfAList) {
    const std::string text = documentation();
    for (const std::string section : {"forms.due", "forms.safety", "class", "place",
                                      "programs.php.block", "programs.iop.block"}) {
        const std::string why = refusal("[[" + section + "]]\nno-such-key = 1\n");
        EXPECT_TRUE(has(why, ":2: [" + section + "] unknown key")) << why;
        std::stringstream keys(why.substr(why.find("write one of ") + 13));
        for (std::string key; std::getline(keys, key, ',');) {
            key.erase(0, key.find_first_not_of(' '));
            EXPECT_TRUE(has(text, "\n# " + key + " = ")) << section << ": " << key;
        }
    }
}

TEST(SiteFile, ReadsWhichFormsAreDue) {
    const auto site = read(R"(
[forms]
directory = "/etc/foyer/forms"
alert_path = "desk"
[[forms.due]]
form = "gad-7"
services = ["medication", "php"]
every_days = 14
not_again_days = 7
[[forms.due]]
form = "https://clinic.example/forms/waiver"
expires_days = 365
[[forms.safety]]
form = "intake"
link_id = "home"
at_least = 2
[[forms.safety]]
form = "intake"
link_id = "help"
any = true
)");
    ASSERT_TRUE(site) << site.error().what;
    using std::chrono::days;
    EXPECT_EQ(site->form_rules,
              (std::vector<FormRule>{{"gad-7",
                                      {Service::medication, Service::php},
                                      FormRule::When::every_days,
                                      days(14),
                                      days(7)},
                                     {"https://clinic.example/forms/waiver",
                                      {},
                                      FormRule::When::expires,
                                      days(365),
                                      days(1)}}));
    EXPECT_EQ(site->safety_rules,
              (std::vector<ClinicSafetyRule>{
                  {"intake", "home", ClinicSafetyRule::When::at_least, 2},
                  {"intake", "help", ClinicSafetyRule::When::any, {}}}));
    EXPECT_EQ(site->forms_directory, "/etc/foyer/forms");
    EXPECT_EQ(site->alert_path, "desk");
}

TEST(SiteFile, RefusesARuleForFormsThatSaysTooLittleOrTooMuch) {
    const std::pair<const char*, const char*> cases[] = {
        {"[[forms.due]]\nonce = true", "write form"},
        {"[[forms.due]]\nform = \"a\"", "write one of every_visit"},
        {"[[forms.due]]\nform = \"a\"\nonce = true\nevery_days = 3",
         "write one of every_visit"},
        {"[[forms.due]]\nform = \"a\"\nonce = false", "once: write true"},
        {"[[forms.due]]\nform = \"a\"\nservices = [\"yoga\"]\nonce = true",
         "services: write"},
        {"[[forms.due]]\nform = \"a\"\nevery_days = 0", "days from 1"},
        {"[forms]\ndue = 3", "write sections [[forms.due]]"},
        {"[forms]\nalert_path = \"pager\"", "alert_path: write"},
        {"[forms]\ndirectory = \"forms\"", "directory: write"},
        {"[[forms.safety]]\nform = \"a\"\nany = true", "link_id"},
        {"[[forms.safety]]\nform = \"a\"\nlink_id = \"b\"", "write one of at_least"},
    };
    for (const auto& [text, expected] : cases) {
        const auto why = refusal(text);
        EXPECT_TRUE(has(why, expected)) << why;
        EXPECT_TRUE(has(why, "foyer.toml:")) << why;
    }
}

TEST(SiteFile, ReadsWhatTheClinicDecidesAboutClasses) {
    const auto site = read(R"(
[[class]]
schedule = "yoga"
title = { en = "Gentle yoga", es = "Yoga suave" }
kind = "yoga"
programs = ["php", "iop"]
waiver = "yoga-waiver"
waiver_days = 180
opens_before = 20
late_after = 5
release_after = 15
walk_ins = false
offer_minutes = 120
[[class]]
schedule = "art"
hidden = true
)");
    ASSERT_TRUE(site) << site.error().what;
    ClassRule yoga;
    yoga.schedule = "yoga";
    yoga.title = {{"en", "Gentle yoga"}, {"es", "Yoga suave"}};
    yoga.kind = ClassRule::Kind::yoga;
    yoga.programs = {Service::php, Service::iop};
    yoga.waiver = "yoga-waiver";
    yoga.waiver_lasts = std::chrono::days(180);
    yoga.opens_before = 20min;
    yoga.late_after = 5min;
    yoga.release_after = 15min;
    yoga.walk_ins = false;
    yoga.offer_lasts = 2h;
    ClassRule art;
    art.schedule = "art";
    art.hidden = true;
    EXPECT_EQ(site->classes, (std::vector{yoga, art}));
}

TEST(SiteFile, ReadsWhatProgramsAskFor) {
    const auto site = read(R"(
[programs.php]
hours_min = 22
days = 24
[[programs.php.block]]
from = "09:00"
to = "10:15"
kind = "service"
[[programs.php.block]]
from = "12:00"
to = "12:45"
kind = "lunch"
)");
    ASSERT_TRUE(site) << site.error().what;
    ProgramRule php = default_program_rule(Service::php);
    php.hours_min = 22;
    php.days = 24;
    php.blocks = {{9h, 10h + 15min, DayBlock::Kind::service},
                  {12h, 12h + 45min, DayBlock::Kind::lunch}};
    EXPECT_EQ(program_rule(site->programs, Service::php), php);
    EXPECT_EQ(program_rule(site->programs, Service::iop),
              default_program_rule(Service::iop));
}

TEST(SiteFile, ReadsWhereRoomsAre) {
    const auto site = read(R"(
[[place]]
location = "room-juniper"
directions = { en = "Second floor, left" }
map = "/etc/foyer/juniper.png"
)");
    ASSERT_TRUE(site) << site.error().what;
    const PlaceRule* place = place_of(*site, "room-juniper");
    ASSERT_NE(place, nullptr);
    EXPECT_EQ(in_language(place->directions, "es"), "Second floor, left");
    EXPECT_EQ(place->map, "/etc/foyer/juniper.png");
    EXPECT_EQ(place_of(*site, "room-fern"), nullptr);
}

TEST(SiteFile, RefusesClassesProgramsAndPlacesThatMakeNoSense) {
    const std::string block = "[[programs.php.block]]\n";
    const std::pair<std::string, const char*> cases[] = {
        {"[[class]]\nkind = \"yoga\"", "foyer.toml:1: [class] write schedule"},
        {"[[class]]\nschedule = \"Schedule/yoga\"", "[class] schedule: write a Sch"},
        {"[[class]]\nschedule = \"a\"\n[[class]]\nschedule = \"a\"",
         "foyer.toml:3: [class] schedule: write each one once"},
        {"[[class]]\nschedule = \"a\"\nkind = \"pottery\"",
         "foyer.toml:3: [class] kind"},
        {"[[class]]\nschedule = \"a\"\nprograms = [\"day\"]", "programs: write"},
        {"[[class]]\nschedule = \"a\"\noffer_minutes = 5", "minutes from 15"},
        {"[[class]]\nschedule = \"a\"\nwaiver_days = 0", "days from 1"},
        {"[[class]]\nschedule = \"a\"\ntitle = \"Yoga\"", "title: write the words"},
        {"[class]\nschedule = \"a\"", "write sections [[class]]"},
        {"[programs.group]\ndays = 1", "unknown key \"group\": write one of php, iop"},
        {"[programs.iop]\nhours_min = 30", "hours_max: write no less"},
        {"[programs.php]\nhours_min = 200", "hours a week"},
        {block + "from = \"12:00\"\nto = \"11:00\"", "the earlier one first"},
        {block + "from = \"noon\"\nto = \"13:00\"", "from: write a time of the day"},
        {block + "from = \"12:00\"\nto = \"13:00\"\nkind = \"nap\"", "kind: write"},
        {block + "from = \"12:00\"\nto = \"13:00\"\n" + block +
             "from = \"12:30\"\nto = \"14:00\"",
         "[programs.php] block: write the blocks in order"},
        {"[[place]]\nmap = \"/a.png\"", "write location"},
        {"[[place]]\nlocation = \"a\"\nmap = \"a.png\"", "map: write"},
        {"[[place]]\nlocation = \"a\"\nmap = \"/a.jpg\"", "map: write"},
        {"[[place]]\nlocation = \"a\"\nmap = \"demo/../a.png\"", "map: write"},
        {"[[place]]\nlocation = \"a\"\n[[place]]\nlocation = \"a\"", "each one once"},
    };
    for (const auto& [text, expected] : cases) {
        const auto why = refusal(text);
        EXPECT_TRUE(has(why, expected)) << why;
        EXPECT_TRUE(has(why, "write ")) << why;
    }
}

TEST(SiteFile, ReadsHowToReachTheServer) {
    const auto site = read(R"(
[server]
base = "https://fhir.clinic.example/r4/"
auth = "smart"
token_url = "https://login.clinic.example/token"
client_id = "north-1"
key_id = "2026-11"
algorithm = "RS384"
scopes = ["system/Task.read"]
ca_file = "/etc/foyer/ca.pem"
certificate_file = "/etc/foyer/kiosk.pem"
key_file = "tls-key.pem"
appointments = "location=Location/main&status=booked"
schedules = ["Schedule/yoga"]
encounters = true
direct_contact = true
[part2]
services = ["iop"]
forms = ["audit-c"]
)");
    ASSERT_TRUE(site) << site.error().what;
    ServerSettings expected;
    expected.base = "https://fhir.clinic.example/r4";
    expected.auth = ServerSettings::Auth::smart;
    expected.token_url = "https://login.clinic.example/token";
    expected.client_id = "north-1";
    expected.key_id = "2026-11";
    expected.algorithm = "RS384";
    expected.scopes = {"system/Task.read"};
    expected.ca_file = "/etc/foyer/ca.pem";
    expected.certificate_file = "/etc/foyer/kiosk.pem";
    expected.key_file = "tls-key.pem";
    expected.appointments = "location=Location/main&status=booked";
    expected.schedules = {"Schedule/yoga"};
    expected.encounters = expected.direct_contact = true;
    EXPECT_EQ(site->server, expected);
    EXPECT_EQ(site->part2, (Part2Settings{{Service::iop}, {"audit-c"}}));
}

TEST(SiteFile, ReadsTheDevicesOfTheSitesOwnNetwork) {
    const std::string desk = R"(
[[lan.peer]]
name = "front desk"
role = "desk"
address = "tcp://10.0.0.10:7733"
public_key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
)";
    const std::string listen = "[lan]\nlisten = \"tcp://0.0.0.0:7733\"\n";
    const auto site = read(listen + desk);
    ASSERT_TRUE(site) << site.error().what;
    EXPECT_EQ(site->lan.listen, "tcp://0.0.0.0:7733");
    EXPECT_EQ(site->lan.peers,
              (std::vector<LanSettings::Peer>{
                  {"front desk", LanSettings::Peer::Role::desk, "tcp://10.0.0.10:7733",
                   "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"}}));
    EXPECT_TRUE(has(refusal(desk), "[lan] listen:"));
    EXPECT_TRUE(has(refusal(listen + desk + desk), "stands twice"));
    EXPECT_TRUE(has(refusal(listen + "[[lan.peer]]\nname = \"a\"\n"), "public_key"));
    EXPECT_TRUE(
        has(refusal(listen + "[[lan.peer]]\nrole = \"boss\"\n"), "role: write"));
    EXPECT_TRUE(has(refusal(listen + "[[lan.peer]]\npublic_key = \"short\"\n"),
                    "public_key: write"));
    for (const char* address : {"10.0.0.1:7733", "tcp://10.0.0.1", "tcp://:7733",
                                "tcp://a:0", "tcp://a:99999", "udp://a:1"})
        EXPECT_TRUE(has(refusal("[lan]\nlisten = \"" + std::string(address) + "\"\n"),
                        "listen: write"))
            << address;
}

TEST(SiteFile, SendsNamesAndTokensOverTlsOrToThisMachineOnly) {
    const auto server = [](const std::string& rest) { return "[server]\n" + rest; };
    for (const char* base : {"http://127.0.0.1:8103/fhir/R4", "http://localhost/fhir",
                             "http://[::1]:80/fhir", ""})
        EXPECT_TRUE(read(server("base = \"" + std::string(base) + "\""))) << base;
    for (const char* base :
         {"http://fhir.clinic.example/r4", "http://127.0.0.1.example/r4",
          "https://user@clinic.example/r4", "https://clinic.example/r4?x=1",
          "ftp://clinic.example", "clinic.example/r4", "https://"}) {
        const auto why =
            refusal(server("auth = \"token\"\nbase = \"" + std::string(base) + "\""));
        EXPECT_TRUE(has(why, "foyer.toml:3: [server] base: write")) << why;
    }
    EXPECT_TRUE(has(refusal(server("base = \"https://clinic.example/r4\"")),
                    "[server] write auth ="));
}

TEST(SiteFile, RefusesAServerThatItCouldNotSignInTo) {
    const std::pair<const char*, const char*> cases[] = {
        {"auth = \"basic\"", "auth: write"},
        {"auth = \"smart\"\nbase = \"https://clinic.example\"",
         "write client_id and key_id"},
        {"algorithm = \"HS256\"", "algorithm: write"},
        {"certificate_file = \"/etc/foyer/kiosk.pem\"",
         "write certificate_file and key_file"},
        {"ca_file = \"ca.pem\"", "ca_file: write"},
        {"key_file = \"../key.pem\"", "key_file: write"},
        {"token_url = \"http://login.clinic.example\"", "token_url: write"},
        {"scopes = [\"system/Task.read system/Slot.read\"]", "scopes: write"},
        {"schedules = [\"yoga\"]", "schedules: write"},
        {"appointments = \"?location=1\"", "appointments: write"},
        {"appointments = \"location=1&date=ge2026\"", "appointments: write"},
        {"encounters = 1", "encounters: write"},
        {"token = \"abc\"", "unknown key"},
    };
    for (const auto& [text, expected] : cases) {
        const auto why = refusal("[server]\n" + std::string(text));
        EXPECT_TRUE(has(why, expected)) << why;
    }
    EXPECT_TRUE(has(refusal("[part2]\nservices = [\"yoga\"]"), "services: write"));
}

TEST(SiteFile, KnowsTheClinicsOwnCodesWithAndWithoutTheirSystem) {
    const auto site =
        read("[services]\nphp = [\"http://clinic.example/types|P1\", \"P2\"]\n");
    ASSERT_TRUE(site) << site.error().what;
    const std::vector<ServiceCode> expected = {
        {"http://clinic.example/types", "P1", Service::php}, {"", "P2", Service::php}};
    EXPECT_EQ(site->service_codes, expected);
    EXPECT_TRUE(has(refusal("[services]\nphp = [\"system|\"]\n"), "[services] php"));
}

TEST(SiteFile, KnowsWhichCodesSayOnlyThatAVisitIsByVideo) {
    const auto site = read("[services]\nphp = [\"P1\"]\nvirtual = [\"V1\"]\n");
    ASSERT_TRUE(site) << site.error().what;
    const std::vector<ServiceCode> expected = {{"", "P1", Service::php},
                                               {"", "V1", Service::other, true}};
    EXPECT_EQ(site->service_codes, expected);
}

TEST(SiteFile, AMinorIsWhoHasNotTurnedTheAgeYet) {
    Site site;
    const auto minor = [&](const char* born, const char* today) {
        Patient patient;
        if (const auto date = parse_date(born)) patient.born = *date;
        return is_minor(patient, parse_date(today).value(), site);
    };
    EXPECT_TRUE(minor("2008-11-24", "2026-11-23"));
    EXPECT_FALSE(minor("2008-11-23", "2026-11-23"));
    EXPECT_TRUE(minor("2008-02-29", "2026-02-28"));
    EXPECT_FALSE(minor("2008-02-29", "2026-03-01"));
    EXPECT_FALSE(minor("unknown", "2026-03-01"));
    site.minor_age = 0;
    EXPECT_FALSE(minor("2020-01-01", "2026-11-23"));
}

TEST(SiteFile, SaysWhereAndWhatToWriteInstead) {
    const std::string why =
        refusal("[site]\nname = \"A\"\n[time]\ncover_countdown = 10\n");
    EXPECT_TRUE(has(why, "foyer.toml:4: [time] cover_countdown: write seconds from 20"))
        << why;
}

TEST(SiteFile, RefusesImpossibleValues) {
    for (const char* text : {
             "[site]\ntime_zone = \"Eastern\"",
             "[site]\nid = \"My Clinic\"",
             "[site]\nname = \"\"",
             "[site]\nname = \"two\\nlines\"",
             "[site]\nweek_start = \"mon\"",
             "[site]\nlanguages = []",
             "[site]\nlanguages = [\"english\"]",
             "[site]\nlocations = [\"Location/1\"]",
             "[site]\nclosed_days = [\"2026-02-30\"]",
             "[site]\nwaiting_place = \"the lounge\"",
             "[site]\nwaiting_place = { english = \"the lounge\" }",
             "[hours]\nmonday = [\"18:00-08:00\"]",
             "[hours]\nmonday = [\"08:00-12:00\", \"11:00-18:00\"]",
             "[hours]\nmonday = [\"8-18\"]",
             "[hours]\nmonday = [\"08:00-24:30\"]",
             "[hours]\nmonday = \"08:00-18:00\"",
             "[device]\nindex = 16",
             "[device]\nindex = -1",
             "[device]\nindex = \"0\"",
             "[device]\nindex = true",
             "[windows.php]\nopens_before = -5",
             "[windows.therapy]\nopens_before = 5",
             "[windows]\nphp = 15",
             "[labels]\ntherapy = { en = \"Visit\" }",
             "[policy]\ncontact_stale_days = 0",
             "[policy]\nprint_without_asking = \"yes\"",
             "[policy]\nminor_age = 11",
             "[policy]\ndrop_in = 1",
             "[guests]\nrelease_codes = [\"system|\"]",
             "[time]\nidle_after = 5",
             "[time]\nidle_after = 60.5",
             "[time]\nanswer_after_ms = 0",
             "[staff]\npin_hash = \"1234\"",
             "[display]\nrotation = 45",
             "[display]\ndensity_ppi = 5",
             "[display]\ndensity_ppi = nan",
             "[printer]\nuri = \"/dev/usb/lp0\"",
             "[scanner]\ndevice = \"scanner\"",
             "[time]\nidle_aftr = 60",
             "[tme]\nidle_after = 60",
             "time = 60",
             "name = \"Clinic\"",
         })
        EXPECT_TRUE(has(refusal(text), "write ")) << text;
}

TEST(SiteFile, SaysWhereItIsNotToml) {
    EXPECT_TRUE(has(refusal("[site]\nname = \n"), "foyer.toml:2: not TOML"));
}

TEST(SiteFile, SaysThatItIsMissing) {
    const auto site = read_site("/nonexistent/foyer.toml");
    ASSERT_FALSE(site);
    EXPECT_EQ(site.error().code, Error::Code::not_found);
}

TEST(Words, FallBackToEnglishAndThenToWhateverThereIs) {
    EXPECT_EQ(in_language({{"en", "left"}, {"es", "izquierda"}}, "es"), "izquierda");
    EXPECT_EQ(in_language({{"en", "left"}, {"es", "izquierda"}}, "ko"), "left");
    EXPECT_EQ(in_language({{"es", "izquierda"}}, "ko"), "izquierda");
    EXPECT_EQ(in_language({}, "en"), "");
}

Site weekdays_eight_to_six() {
    Site site;
    for (int day = 1; day <= 5; ++day) site.hours[std::size_t(day)] = {{8h, 18h}};
    return site;
}

TEST(Opening, SaysWhenTheClinicOpensNext) {
    const Site site = weekdays_eight_to_six();
    EXPECT_TRUE(opening(site, at("2026-11-23T08:00:00-05:00")).open);
    EXPECT_TRUE(opening(site, at("2026-11-23T17:59:59-05:00")).open);

    const Opening evening = opening(site, at("2026-11-23T18:00:00-05:00"));
    EXPECT_FALSE(evening.open);
    EXPECT_EQ(evening.next, at("2026-11-24T08:00:00-05:00"));

    const Opening friday = opening(site, at("2026-11-27T20:00:00-05:00"));
    EXPECT_EQ(friday.next, at("2026-11-30T08:00:00-05:00"));
}

TEST(Opening, PassesOverClosedDays) {
    Site site = weekdays_eight_to_six();
    site.closed_days = {parse_date("2026-11-24").value()};
    EXPECT_EQ(opening(site, at("2026-11-23T19:00:00-05:00")).next,
              at("2026-11-25T08:00:00-05:00"));
}

TEST(Opening, KeepsWallClockTimeOverADstNight) {
    EXPECT_EQ(opening(weekdays_eight_to_six(), at("2026-03-06T19:00:00-05:00")).next,
              at("2026-03-09T08:00:00-04:00"));
}

TEST(Opening, IsAlwaysOpenWithoutHoursButForClosedDays) {
    Site site;
    EXPECT_TRUE(opening(site, at("2026-11-22T03:00:00-05:00")).open);
    site.closed_days = {parse_date("2026-11-22").value()};
    EXPECT_EQ(opening(site, at("2026-11-22T03:00:00-05:00")).next,
              at("2026-11-23T00:00:00-05:00"));
}

TEST(Opening, DoesNotPromiseWhatIsFurtherThanTwoWeeksOff) {
    Site site = weekdays_eight_to_six();
    for (int day = 1; day <= 30; ++day)
        site.closed_days.push_back(std::chrono::year(2026) / 12 / day);
    EXPECT_EQ(opening(site, at("2026-12-01T09:00:00-05:00")).next, std::nullopt);
}

}  // namespace
}  // namespace foyer
