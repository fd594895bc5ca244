#include <gtest/gtest.h>

#include "sync/clinic/ledger_csv.h"
#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

LedgerOf ledger(const std::string& patient, Service program) {
    LedgerOf one;
    one.patient = patient;
    one.program = program;
    LedgerDay day;
    day.day = parse_date("2026-11-23").value();
    day.counted = 315min;
    day.excluded = 45min;
    day.services = 4;
    day.open = true;
    one.days = {day};
    return one;
}

TEST(LedgerCsv, HasALineForEachPatientAndDay) {
    EXPECT_EQ(ledger_csv({ledger("ana", Service::php), ledger("bo", Service::iop)},
                         {{Service::iop}, {}}),
              "patient,program,day,counted_minutes,excluded_minutes,services,"
              "two_levels,sign_out_missing,doubtful,notice\r\n"
              "ana,php,2026-11-23,315,45,4,no,yes,no,\r\n"
              "bo,iop,2026-11-23,315,45,4,no,yes,no,42 CFR part 2 prohibits "
              "unauthorized use or disclosure of these records.\r\n");
}

TEST(LedgerCsv, RunsNothingInASpreadsheet) {
    EXPECT_EQ(csv_cell("-1+cmd"), "'-1+cmd");
    EXPECT_EQ(csv_cell("=1"), "'=1");
    EXPECT_EQ(csv_cell("+1"), "'+1");
    EXPECT_EQ(csv_cell("@a"), "'@a");
    EXPECT_EQ(csv_cell("\ta"), "'\ta");
    EXPECT_EQ(csv_cell("=\"a\",1"), "\"'=\"\"a\"\",1\"");
    // FHIR ids may begin so.
    const auto csv = ledger_csv({ledger("-7", Service::php)}, {});
    EXPECT_NE(csv.find("\r\n'-7,php"), std::string::npos) << csv;
}

TEST(LedgerCsv, QuotesWhatWouldEndACell) {
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("a \"b\""), "\"a \"\"b\"\"\"");
    EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
    EXPECT_EQ(csv_cell(""), "");
    EXPECT_EQ(csv_cell("a b-c"), "a b-c");
}

}  // namespace
}  // namespace foyer
