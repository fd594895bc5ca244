#include <algorithm>
#include <map>
#include <set>

#include "records_fixture.h"
#include "sync/records/database.h"
#include "sync/records/migrations.h"

namespace foyer {
namespace {

// Everything that may stand in clear, and why. Whatever names a person, tells what is
// done with one, or comes from FHIR lies in `sealed`.
const std::map<std::string, std::string> clear_columns = {
    {"meta.id", "one row"},
    {"meta.key_id", "hash of a subkey"},
    {"patient.id", "alias"},
    {"patient.who", "keyed hash"},
    {"visit.id", "alias"},
    {"visit.slip", "alias"},
    {"visit.appointment", "alias"},
    {"visit.patient", "alias"},
    {"visit.day", "for the window; of an alias"},
    {"visit.starts_at", "for the order; of an alias"},
    {"check_in.visit", "alias"},
    {"check_in.day", "for the window; of an alias"},
    {"call_name.day", "for the window"},
    {"call_name.patient", "alias"},
    {"call_name.count", "how many before"},
    {"call_name.plant", "said aloud in the lobby"},
    {"call_name.number", "said aloud in the lobby"},
    {"resource.id", "alias"},
    {"resource.type", "one of FHIR's type names"},
    {"outbox.seq", "order"},
    {"outbox.unit", "alias"},
    {"outbox.lane", "order"},
    {"outbox.at", "age of the queue"},
    {"outbox.visit", "alias"},
    {"outbox.patient", "alias"},
    {"outbox.after", "alias"},
    {"outbox.attempts", "a number"},
    {"outbox.next_at", "when the next try is"},
    {"parked.unit", "alias"},
    {"parked.at", "age of a refusal"},
    {"conflict.id", "alias"},
    {"conflict.at", "age of a conflict"},
    {"conflict.open", "a flag"},
    {"conflict.visit", "alias"},
    {"conflict.patient", "alias"},
    {"memo.id", "alias"},
    {"known.id", "alias"},
    {"known.type", "one of FHIR's type names"},
    {"known.read_at", "when the server was asked"},
    {"audit.seq", "order"},
    {"audit.at", "the log's own"},
    {"audit.action", "the log's own"},
    {"audit.subject", "alias"},
    {"audit.device", "a number"},
    {"audit.mac", "keyed hash"},
    {"audit_head.id", "one row"},
    {"audit_head.seq", "order"},
    {"audit_head.mac", "keyed hash"},
    {"form_draft.id", "alias"},
    {"form_draft.patient", "alias"},
    {"form_draft.form", "alias"},
    {"form_draft.day", "for the window; of an alias"},
    {"form_done.id", "alias"},
    {"form_done.patient", "alias"},
    {"form_done.form", "alias"},
    {"form_done.day", "the order; of an alias"},
    {"safety_event.id", "alias"},
    {"safety_event.patient", "alias"},
    {"safety_event.day", "for the window; of an alias"},
    {"sign_up.unit", "alias"},
    {"sign_up.patient", "alias"},
    {"sign_up.session", "alias"},
    {"sign_up.day", "for the window; of an alias"},
    {"lease.slot", "alias"},
    {"lease.session", "alias"},
    {"lease.expires_at", "for the order; of an alias"},
    {"attendance.id", "alias"},
    {"attendance.patient", "alias"},
    {"attendance.visit", "alias"},
    {"attendance.day", "for the window; of an alias"},
    {"site_peer.id", "alias"},
    {"site_peer.role", "kiosk, desk or board"},
    {"site_outbox.seq", "order"},
    {"site_outbox.unit", "alias"},
    {"site_outbox.lane", "order"},
    {"site_outbox.visit", "alias"},
    {"site_outbox.at_server", "a flag"},
    {"site_outbox.keep_until", "for the purge"},
    {"site_heard.unit", "alias"},
    {"site_heard.peer", "alias"},
    {"site_heard.shown", "a flag"},
    {"site_inbox.seq", "order"},
    {"site_inbox.unit", "alias"},
    {"site_inbox.peer", "alias"},
    {"site_inbox.lane", "order"},
    {"site_inbox.applied", "a flag"},
    {"site_inbox.shown", "a flag"},
    {"site_inbox.carried", "a flag"},
    {"site_inbox.keep_until", "for the purge"},
    {"clock.id", "one row"},
    {"clock.mark", "a time of the device"},
    {"clock.doubted", "a flag of the device"},
};

struct Privacy : Records {
    static Result<std::string> text(const Row& row) { return row.text(0); }

    std::string every_file() const {
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(directory)) {
            std::ifstream file(entry.path(), std::ios::binary);
            std::stringstream content;
            content << file.rdbuf();
            all += content.str();
        }
        return all;
    }
};

std::string utf16(const std::string& text, bool big_endian) {
    std::string wide;
    for (const char c : text) {
        if (big_endian) wide += '\0';
        wide += c;
        if (!big_endian) wide += '\0';
    }
    return wide;
}

TEST_F(Privacy, LeavesOnlyListedColumnsInClear) {
    store();
    const auto columns = raw().select(text, R"sql(
        select t.name || '.' || c.name
          from sqlite_schema t join pragma_table_info(t.name) c
         where t.type = 'table' and t.name not like 'sqlite_%'
    )sql");
    std::set<std::string> found;
    for (const auto& column : columns.value()) {
        if (column.ends_with(".sealed")) continue;
        EXPECT_TRUE(clear_columns.contains(column)) << column;
        found.insert(column);
    }
    EXPECT_EQ(found.size(), clear_columns.size());
}

TEST_F(Privacy, WritesNoNameBirthDatePhoneOrIdIntoAnyFile) {
    const std::vector<std::string> secrets = {
        "Zyxwvutsky",  "Quillonia",  "Xanthippe",  "1937-04-19", "19370419",
        "555-0142-77", "pat-secret", "apt-secret", "Brunhilda",  "xh-ZZ",
        "secret-role", "Okaforova",  "left by bus"};
    Patient patient = person("pat-secret", "Zyxwvutsky", "Quillonia", "1937-04-19");
    patient.phone = "555-0142-77";
    patient.language = "xh-ZZ";
    given_patient(patient);
    given_resource("Practitioner", "secret-role",
                   R"({"name":[{"given":["Brunhilda"]}]})");
    auto wanted =
        appointment("apt-secret", {"pat-secret"}, "2026-11-23T10:00:00-05:00");
    wanted.practitioner = "Practitioner/secret-role";
    wanted.service = Service::php;
    given(wanted);
    ASSERT_EQ(visit("apt-secret").clinician, "Brunhilda");
    must(store().patients_behind(store().index_of("Zyxwvutsky", day("1937-04-19"))));
    must(checks_in({visit("apt-secret").id}));
    FacilitatorAct amendment;
    amendment.appointment = "apt-secret";
    amendment.patient = "pat-secret";
    amendment.at = now;
    amendment.by = "Amara Okaforova";
    amendment.amends = unit_id("check-in|Appointment/apt-secret");
    amendment.reason = "left by bus";
    must(store().attest(amendment));
    must(store().confirm_contact(patient_alias("pat-secret"), now));
    must(store().tell_desk(
        {DeskReason::late, now, visit("apt-secret").id, patient_alias("pat-secret")}));
    patient.given = "Xanthippe";
    given_patient(patient);

    ASSERT_TRUE(std::filesystem::exists(directory / "foyer.db-wal"));
    const std::string open = every_file();
    reopen();
    const std::string closed = every_file();
    ASSERT_NE(open.find("check_in"), open.npos);  // the schema is there to be read
    for (const std::string& secret : secrets)
        for (const std::string& form :
             {secret, utf16(secret, false), utf16(secret, true)})
            for (const std::string* content : {&open, &closed})
                EXPECT_EQ(content->find(form), content->npos) << secret;
}

TEST_F(Privacy, GivesTheFilesToNobodyElse) {
    store();
    given_ada();
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const auto others =
            std::filesystem::perms::group_all | std::filesystem::perms::others_all;
        EXPECT_EQ(entry.status().permissions() & others, std::filesystem::perms::none)
            << entry.path();
    }
}

TEST_F(Privacy, OverwritesWhatIsPurged) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    const std::string index(
        reinterpret_cast<const char*>(patient_alias("ada").bytes.data()), 16);
    EXPECT_NE(every_file().find(index), std::string::npos);
    must(store().purge(now));
    // The import's audit entry has no subject, so the alias has no business anywhere.
    EXPECT_EQ(every_file().find(index), std::string::npos);
}

struct Sealing : Records {
    void given_ada_and_bob() {
        given_ada();
        given_patient("bob", "Boole", "Bob", "1815-11-02");
        given(appointment("b1", {"bob"}, "2026-11-23T11:00:00-05:00"));
    }
    void swap(const std::string& table, const std::string& column) {
        tamper("create temp table a as select * from " + table + " order by " + column +
               " limit 2; update " + table +
               " set sealed = (select sealed from a where a." + column + " <> " +
               table + "." + column + ")");
    }
};

TEST_F(Sealing, OpensNoRowThatStoodElsewhere) {
    given_ada_and_bob();
    const Alias slip = visit("a1").id;
    swap("patient", "id");
    EXPECT_EQ(store().patient(patient_alias("ada")).error().code, Error::Code::corrupt);
    EXPECT_EQ(store().patient(patient_alias("bob")).error().code, Error::Code::corrupt);
    EXPECT_TRUE(store().visit_behind(slip));
    swap("visit", "id");
    EXPECT_EQ(store().visit_behind(slip).error().code, Error::Code::corrupt);
}

TEST_F(Sealing, OpensNoRowWithABitChanged) {
    given_ada();
    tamper(
        "update patient set sealed = cast(substr(sealed, 1, 40) || x'00' ||"
        " substr(sealed, 42) as blob)");
    EXPECT_EQ(store().patient(patient_alias("ada")).error().code, Error::Code::corrupt);
    tamper("update patient set sealed = x''");
    EXPECT_EQ(store().patient(patient_alias("ada")).error().code, Error::Code::corrupt);
}

TEST_F(Sealing, SeesAVisitPutUnderAnothersSlip) {
    given_ada_and_bob();
    const Alias ada = visit("a1").id;
    const Alias bob = visit("b1").id;
    raw().execute("delete from visit where slip = ?1", bob).value();
    raw().execute("update visit set slip = ?2 where slip = ?1", ada, bob).value();
    EXPECT_EQ(store().visit_behind(bob).error().code, Error::Code::corrupt);
}

TEST_F(Sealing, CostsANameAndNotTheVisitWhenAResourceIsDamaged) {
    given_ada();
    auto wanted = appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00");
    wanted.practitioner = "Practitioner/p1";
    given(wanted);
    given_resource("Practitioner", "p1", R"({"name":[{"given":["Amara"]}]})");
    tamper("update resource set sealed = x'01'");
    EXPECT_EQ(visit("a1").clinician, "");
    EXPECT_TRUE(checks_in({visit("a1").id}));
}

struct Schema : Records {
    static Result<std::string> text(const Row& row) { return row.text(0); }
    static std::vector<std::string> tables_of(Database& database) {
        return database
            .select(text,
                    "select type || ' ' || name || ' ' || coalesce(sql, '')"
                    "  from sqlite_schema order by 1")
            .value();
    }
};

TEST_F(Schema, IsWhatTheFileForReadersSays) {
    store();
    Database migrated = raw();
    Database described =
        Database::open(directory / "described.db", Database::Access::read_write,
                       std::chrono::milliseconds(0))
            .value();
    std::ifstream file(FOYER_SOURCE_DIR "/sync/records/schema.sql");
    std::stringstream sql;
    sql << file.rdbuf();
    must(described.script(sql.str()));
    EXPECT_EQ(tables_of(migrated), tables_of(described));
}

TEST_F(Schema, HasOnlyStrictTables) {
    store();
    EXPECT_EQ(raw()
                  .select(text,
                          "select name from pragma_table_list where schema = 'main'"
                          " and strict = 0 and name not like 'sqlite_%'")
                  .value(),
              std::vector<std::string>());
}

TEST_F(Schema, FindsPeopleAndVisitsByIndex) {
    store();
    Database database = raw();
    const auto step = [](const Row& row) -> Result<std::string> { return row.text(3); };
    const auto people = must(database.select(step, R"sql(
        explain query plan select id from patient where who = x'00' order by id
    )sql"));
    const auto visits = must(database.select(step, R"sql(
        explain query plan
        select id from visit where patient = x'00' and day = 1 order by starts_at, id
    )sql"));
    EXPECT_EQ(people,
              std::vector<std::string>{
                  "SEARCH patient USING COVERING INDEX patient_by_who (who=?)"});
    EXPECT_EQ(visits, std::vector<std::string>{
                          "SEARCH visit USING COVERING INDEX visit_by_patient "
                          "(patient=? AND day=?)"});
}

TEST_F(Schema, OfANewerProgramIsLeftAlone) {
    given_ada();
    tamper("pragma user_version = 99");
    EXPECT_EQ(open().error().code, Error::Code::refused);
}

}  // namespace
}  // namespace foyer
