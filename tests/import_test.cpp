#include "sync/fhir/import.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

#include "kiosk/commands/demo.h"
#include "sync/fhir/limits.h"
#include "tests/support/synthea_clinic.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono;

const Instant now = *parse_instant("2026-11-23T09:41:00-05:00");
const Date today = November / 23 / 2026;
const SiteTime new_york = *SiteTime::in_zone("America/New_York");

/// A store in a folder of its own, and files to import into it.
class Import : public testing::Test {
protected:
    Import() : folder_(make_folder()), store(open()) {}
    ~Import() override { fs::remove_all(folder_); }

    ImportReport takes(const std::string& text, Layout layout = Layout::guess) {
        std::istringstream in(text);
        return import_stream(in, "clinic.json", layout, store, {new_york, now, {}, {}});
    }
    fs::path file(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }
    std::size_t visits(Date day, const std::string& family, Date born) {
        std::size_t found = 0;
        const auto patients = store.patients_behind(store.index_of(family, born));
        for (const Alias& patient : patients.value())
            found += store.visits_on(day, patient).value().size();
        return found;
    }

private:
    static fs::path make_folder() {
        std::string name = fs::temp_directory_path() / "foyer-import-XXXXXX";
        return mkdtemp(name.data());
    }
    Store open() {
        return *Store::open(folder_, DeviceKeys(SecretKey()), SiteKeys(SecretKey()),
                            new_york, 0);
    }
    fs::path folder_;

protected:
    Store store;
};

std::string patient(const std::string& id, const std::string& family = "Castellano") {
    return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":")" +
           family + R"(","given":["Maria"]}],"birthDate":"1988-04-17"})";
}
std::string appointment(const std::string& id, const std::string& who,
                        const std::string& start = "2026-11-23T10:00:00-05:00") {
    return R"({"resourceType":"Appointment","id":")" + id +
           R"(","status":"booked","start":")" + start +
           R"(","minutesDuration":50,"participant":[{"actor":{"reference":")" + who +
           R"("},"status":"accepted"}]})";
}
std::string lines(std::initializer_list<std::string> resources) {
    std::string text;
    for (const auto& each : resources) text += each + "\n";
    return text;
}
std::string first_refusal(const ImportReport& report) {
    for (const auto& finding : report.findings)
        if (finding.kind == Finding::Kind::refused) return describe(finding);
    return "";
}

TEST_F(Import, APatientAndTheirVisitCanBeFound) {
    const auto report = takes(lines({patient("p1"), appointment("a1", "Patient/p1")}));
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(report.types.at("Patient").added, 1);
    EXPECT_EQ(report.types.at("Appointment").added, 1);
    EXPECT_EQ(visits(today, "castellano", April / 17 / 1988), 1u);
}

TEST_F(Import, DoingItAgainChangesNothing) {
    const auto text = lines({patient("p1"), appointment("a1", "Patient/p1")});
    takes(text);
    const auto again = takes(text);
    EXPECT_EQ(again.types.at("Patient").unchanged, 1);
    EXPECT_EQ(again.types.at("Appointment").unchanged, 1);
}

TEST_F(Import, ABadResourceStopsNoOther) {
    const auto report = takes(lines({"{}", R"({"resourceType":"Patient"})",
                                     R"({"resourceType":"Patient","id":"a b"})",
                                     appointment("a7", "Patient/p1", "2026-13-01"),
                                     patient("p1"), appointment("a1", "Patient/p1")}));
    EXPECT_EQ(report.refused, 4);
    EXPECT_EQ(report.types.at("Appointment").refused, 1);
    EXPECT_EQ(visits(today, "castellano", April / 17 / 1988), 1u);
    EXPECT_EQ(
        describe(report.findings.at(3)),
        "clinic.json: line 4, Appointment/a7: start: \"2026-13-01\" is not a FHIR "
        "instant (a date, a time and an offset)");
}

TEST_F(Import, MessagesNeverSayWhoAPatientIs) {
    const auto broken = patient("p1").substr(0, 70);
    const auto report = takes(
        lines({broken, R"({"resourceType":"Patient","id":"Castellano, M.","x":1})",
               R"({"resourceType":"Patient","id":"p2","birthDate":"17.04.1988","name":)"
               R"([{"text":"Maria Castellano"}]})"}));
    std::ostringstream text;
    print_report(text, report);
    const auto all = text.str() + report_json(report);
    EXPECT_GT(report.findings.size(), 2u);
    EXPECT_EQ(all.find("Castellano"), std::string::npos) << all;
    EXPECT_EQ(all.find("1988"), std::string::npos) << all;
}

TEST_F(Import, AnAddressIsFollowedEvenIfThePatientComesLater) {
    const auto report =
        takes(R"({"resourceType":"Bundle","entry":[{"resource":)" +
              appointment("a1", "urn:uuid:77") +
              R"(},{"fullUrl":"urn:uuid:77","resource":)" + patient("p1") + "}]}");
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(visits(today, "Castellano", April / 17 / 1988), 1u);
}

TEST_F(Import, AnAddressThatNothingHasIsRefused) {
    const auto report = takes(appointment("a1", "urn:uuid:77"));
    EXPECT_EQ(
        first_refusal(report),
        "clinic.json: line 1, Appointment/a1: participant: \"urn:uuid:77\" is in no "
        "fullUrl of this file");
}

TEST_F(Import, AVisitWithoutItsPatientIsTakenBack) {
    const auto report = takes(appointment("a1", "Patient/nobody"));
    EXPECT_EQ(report.orphans, std::vector<std::string>{"a1"});
    EXPECT_FALSE(report.clean());
    EXPECT_EQ(store.counts(now)->visits, 0);
}

TEST_F(Import, FilesBelongTogetherInAnyOrder) {
    const auto report =
        import_files({file("Appointment.ndjson", appointment("a1", "Patient/p1")),
                      file("Patient.ndjson", patient("p1"))},
                     store, {new_york, now, {}, {}});
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(visits(today, "Castellano", April / 17 / 1988), 1u);
}

TEST_F(Import, VisitsOutsideTheWindowAreCountedAndNotKept) {
    const auto report = takes(lines(
        {patient("p1"), appointment("a1", "Patient/p1", "2026-11-21T23:59:00-05:00"),
         appointment("a2", "Patient/p1", "2026-11-22T00:00:00-05:00"),
         appointment("a3", "Patient/p1", "2026-12-07T23:59:00-05:00"),
         appointment("a4", "Patient/p1", "2026-12-08T00:00:00-05:00")}));
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(report.outside_window, 2);
    EXPECT_EQ(store.counts(now)->visits, 2);
}

TEST_F(Import, AVisitThatMovesOutOfTheWindowIsNoLongerToday) {
    takes(lines({patient("p1"), appointment("a1", "Patient/p1")}));
    takes(appointment("a1", "Patient/p1", "2027-01-15T10:00:00-05:00"));
    EXPECT_EQ(visits(today, "Castellano", April / 17 / 1988), 0u);
}

TEST_F(Import, ACancellationWithoutATimeReachesTheVisit) {
    takes(lines({patient("p1"), appointment("a1", "Patient/p1")}));
    takes(R"({"resourceType":"Appointment","id":"a1","status":"cancelled",)"
          R"("participant":[{"actor":{"reference":"Patient/p1"}}]})");
    EXPECT_EQ(store.visit_of("a1", "")->status, AppointmentStatus::cancelled);
}

TEST_F(Import, OfTwoVersionsInOneFileTheNewerCounts) {
    const auto version = [](const char* family, const char* updated) {
        auto text = patient("p1", family);
        return text.insert(
            1, R"("meta":{"lastUpdated":")" + std::string(updated) + "\"},");
    };
    const auto report = takes(lines({version("New", "2026-11-20T00:00:00Z"),
                                     version("Old", "2026-11-19T00:00:00Z")}));
    EXPECT_EQ(report.remarks, 1);
    EXPECT_EQ(store.patients_behind(store.index_of("New", April / 17 / 1988))->size(),
              1u);
    EXPECT_TRUE(
        store.patients_behind(store.index_of("Old", April / 17 / 1988))->empty());
}

TEST_F(Import, OfTwoUndatedVersionsTheLaterCountsEvenIfTheFirstHadToWait) {
    const auto report =
        takes(R"({"resourceType":"Bundle","entry":[{"resource":)" +
              appointment("a1", "urn:uuid:77", "2026-11-23T08:00:00-05:00") +
              R"(},{"resource":)" + appointment("a1", "Patient/p1") +
              R"(},{"fullUrl":"urn:uuid:77","resource":)" + patient("p1") + "}]}");
    EXPECT_EQ(report.remarks, 2);  // the same id twice, and the visit has no end
    EXPECT_EQ(store.visit_of("a1", "")->starts,
              *parse_instant("2026-11-23T10:00:00-05:00"));
}

TEST_F(Import, WhatTheKioskDoesNotUseIsCountedOnly) {
    const auto report = takes(lines({R"({"resourceType":"Observation","id":"o"})",
                                     R"({"resourceType":"Observation"})"}));
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(report.unused.at("Observation"), 2);
}

TEST_F(Import, ATruncatedBundleKeepsWhatCameBefore) {
    const auto whole = R"({"resourceType":"Bundle","entry":[{"resource":)" +
                       patient("p1") + R"(},{"resource":)" + patient("p2") + "}]}";
    const auto report = takes(whole.substr(0, whole.size() - 20));
    EXPECT_EQ(report.types.at("Patient").added, 1);
    EXPECT_EQ(report.unreadable, 1);
    EXPECT_EQ(store.counts(now)->patients, 1);
}

TEST_F(Import, FilesThatCannotBeOpenedAreReported) {
    const auto report =
        import_files({"/nowhere/x.json", "/tmp"}, store, {new_york, now, {}, {}});
    EXPECT_EQ(report.unreadable, 2);
    EXPECT_EQ(describe(report.findings[0]),
              "/nowhere/x.json: No such file or directory");
    EXPECT_EQ(describe(report.findings[1]), "/tmp: is a directory");
}

TEST_F(Import, MoreThanOneBatchArrivesWhole) {
    std::string text;
    for (int i = 0; i < import_limits::batch * 2 + 1; ++i)
        text += patient("p" + std::to_string(i)) + "\n";
    EXPECT_EQ(takes(text).types.at("Patient").added, import_limits::batch * 2 + 1);
    EXPECT_EQ(store.counts(now)->patients, import_limits::batch * 2 + 1);
}

TEST_F(Import, AStoreThatIsBusyStopsItWithWhatWasKept) {
    auto other = store.begin();
    ASSERT_TRUE(other);
    const auto report = takes(patient("p1"));
    ASSERT_TRUE(report.stopped);
    EXPECT_EQ(report.taken(), 0);
}

TEST_F(Import, TheServiceMayComeFromTheHealthcareService) {
    takes(lines({R"({"resourceType":"HealthcareService","id":"h","name":"x","type":)"
                 R"([{"text":"Intensive outpatient"}]})",
                 patient("p1"),
                 R"({"resourceType":"Appointment","id":"a1","status":"booked",)"
                 R"("start":"2026-11-23T15:00:00Z","participant":[{"actor":)"
                 R"({"reference":"Patient/p1"}},{"actor":)"
                 R"({"reference":"HealthcareService/h"}}]})"}));
    EXPECT_EQ(store.visit_of("a1", "")->service, Service::iop);
}

TEST_F(Import, ProgressEndsAtTheSizeOfTheFile) {
    const auto text = lines({patient("p1")});
    std::int64_t last = 0, total = 0;
    import_files({file("a.json", text)}, store,
                 {new_york, now, {}, [&](std::int64_t done, std::int64_t all) {
                      last = done;
                      total = all;
                  }});
    EXPECT_EQ(last, std::int64_t(text.size()));
    EXPECT_EQ(total, std::int64_t(text.size()));
}

TEST_F(Import, TheDemoClinicIsTakenWithoutARemark) {
    const auto report = import_demo(store, {new_york, now, {}, {}}).value();
    std::ostringstream printed;
    print_report(printed, report);
    EXPECT_TRUE(report.clean()) << printed.str();
    EXPECT_EQ(report.remarks, 0) << printed.str();
    EXPECT_EQ(visits(today, "Castellano", April / 17 / 1988), 3u);
    EXPECT_EQ(store.patients_behind(store.index_of("miller", June / 5 / 1979))->size(),
              2u);
    const auto program = store.visit_of("php-2026-11-23", "maria-castellano");
    ASSERT_TRUE(program);
    EXPECT_EQ(program->place, "Room Juniper");
    EXPECT_EQ(program->service, Service::php);
}

TEST_F(Import, ASyntheticClinicIsTakenWhole) {
    SyntheaClinic clinic;
    clinic.today = today;
    clinic.patients = 50;
    std::ostringstream out;
    write_clinic(out, clinic, new_york);
    const auto report = takes(out.str());
    EXPECT_TRUE(report.clean());
    EXPECT_EQ(report.types.at("Patient").added, 50);
    EXPECT_EQ(report.outside_window, 0);
    EXPECT_TRUE(store.visit_of("first-today", ""));
}

}  // namespace
}  // namespace foyer
