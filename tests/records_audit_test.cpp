#include "records_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// A log of some entries, and a hand on the disk.
struct AuditLog : Records {
    void SetUp() override {
        given_ada();
        must(checks_in({visit("a1").id}));
        for (int i = 0; i < 5; ++i)
            must(store().tell_desk({DeskReason::help, now + i * 1s, {}, {}}));
        entries = audit_verdict().entries;
        ASSERT_GE(entries, 8);
        ASSERT_EQ(audit_verdict().why, "");
    }
    /// Whoever holds the disk can drop triggers.
    void tamper(const std::string& sql) {
        Records::tamper(
            "drop trigger if exists audit_is_not_changed;"
            "drop trigger if exists audit_is_not_deleted;" +
            sql);
    }
    std::optional<std::int64_t> bad() { return audit_verdict().bad_seq; }

    std::int64_t entries = 0;
};

TEST_F(AuditLog, IsWholeAsWritten) {
    EXPECT_EQ(bad(), std::nullopt);
    reopen();
    must(store().tell_desk({DeskReason::help, now + 1h, {}, {}}));
    EXPECT_EQ(bad(), std::nullopt);
    EXPECT_EQ(audit_verdict().entries, entries + 1);
}

TEST_F(AuditLog, RefusesToBeChangedOrDeletedBySql) {
    Database database = raw();
    EXPECT_FALSE(database.script("update audit set at = 0 where seq = 2"));
    EXPECT_FALSE(database.script("delete from audit where seq = 2"));
    EXPECT_EQ(bad(), std::nullopt);
}

TEST_F(AuditLog, NamesTheFirstEntryWithAnyFieldChanged) {
    tamper("create table original as select * from audit");
    for (const std::string change :
         {"at = at + 1", "action = action + 1", "device = device + 1",
          "subject = x'00112233445566778899aabbccddeeff'", "mac = randomblob(32)"}) {
        tamper("update audit set " + change + " where seq = 4");
        EXPECT_EQ(bad(), 4) << change;
        tamper("delete from audit; insert into audit select * from original");
        EXPECT_EQ(bad(), std::nullopt) << change;
    }
}

TEST_F(AuditLog, NamesAnEntryTakenOut) {
    tamper("delete from audit where seq = 3");
    EXPECT_EQ(bad(), 3);
}

TEST_F(AuditLog, NamesAnEntryTakenOutWithTheRestMovedUp) {
    tamper(
        "delete from audit where seq = 3; update audit set seq = -(seq - 1) where seq "
        "> 3;"
        "update audit set seq = -seq where seq < 0");
    EXPECT_EQ(bad(), 3);
}

TEST_F(AuditLog, NamesTwoEntriesThatChangedPlaces) {
    tamper(
        "update audit set seq = -3 where seq = 3; update audit set seq = 3 where seq = "
        "4;"
        "update audit set seq = 4 where seq = -3");
    EXPECT_EQ(bad(), 3);
}

TEST_F(AuditLog, SeesACutTail) {
    tamper("delete from audit where seq > 5");
    EXPECT_EQ(bad(), 6);
}

TEST_F(AuditLog, SeesACutTailWithTheHeadMadeToFit) {
    tamper(
        "delete from audit where seq > 5;"
        "update audit_head set seq = 5, mac = (select mac from audit where seq = 5)");
    EXPECT_EQ(bad(), 6);
}

TEST_F(AuditLog, SeesThatAllOfItIsGone) {
    tamper("delete from audit");
    EXPECT_EQ(bad(), 1);
    tamper("delete from audit_head");
    EXPECT_EQ(bad(), 1);
}

TEST_F(AuditLog, SeesAnEntryWrittenByHand) {
    tamper(
        "insert into audit select seq + 1, at, action, subject, device, mac from audit"
        " order by seq desc limit 1");
    EXPECT_EQ(bad(), entries + 1);
}

TEST_F(AuditLog, IsNothingToWhoeverHasAnotherKey) {
    EXPECT_EQ(must(verify_audit_log(directory, DeviceKeys(test_key(9)))).bad_seq, 1);
}

TEST_F(AuditLog, IsExportedAsLinesOfJsonWithoutNames) {
    std::stringstream out;
    EXPECT_EQ(must(export_audit_log(directory, out)), entries);
    std::string line;
    std::int64_t lines = 0;
    bool checked_in = false;
    while (std::getline(out, line)) {
        ++lines;
        EXPECT_TRUE(line.starts_with("{\"seq\":" + std::to_string(lines) + ","))
            << line;
        EXPECT_TRUE(line.ends_with("\"}")) << line;
        EXPECT_EQ(line.find("ada"), line.npos);
        checked_in = checked_in || line.find("\"checked-in\"") != line.npos;
    }
    EXPECT_EQ(lines, entries);
    EXPECT_TRUE(checked_in);
}

TEST_F(AuditLog, CanBeReadBesideARunningKiosk) {
    store();
    EXPECT_EQ(bad(), std::nullopt);
}

TEST(AuditLogOfNobody, IsNotFound) {
    EXPECT_EQ(verify_audit_log("/nonexistent", DeviceKeys(test_key(1))).error().code,
              Error::Code::not_found);
}

}  // namespace
}  // namespace foyer
