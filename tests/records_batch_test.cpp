#include "records_fixture.h"

namespace foyer {
namespace {

struct Batch : Records {};

TEST_F(Batch, SaysWhatIsNewChangedAndUnchanged) {
    auto batch = must(store().begin());
    Patient ada = person("ada", "Lovelace", "Ada", "1815-12-10");
    EXPECT_EQ(must(batch.put(ada)), Taken::added);
    EXPECT_EQ(must(batch.put(ada)), Taken::unchanged);
    ada.phone = "555";
    EXPECT_EQ(must(batch.put(ada)), Taken::changed);

    auto visit = appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00");
    EXPECT_EQ(must(batch.put(visit)), Taken::added);
    EXPECT_EQ(must(batch.put(visit)), Taken::unchanged);
    visit.service = Service::php;
    EXPECT_EQ(must(batch.put(visit)), Taken::changed);

    EXPECT_EQ(must(batch.put("Location", "1", "{}")), Taken::added);
    EXPECT_EQ(must(batch.put("Location", "1", "{}")), Taken::unchanged);
    EXPECT_EQ(must(batch.put("Location", "1", R"({"name":"A"})")), Taken::changed);
    EXPECT_EQ(must(batch.put("Practitioner", "1", "{}")), Taken::added);
}

TEST_F(Batch, ChangesNothingWhenDropped) {
    {
        auto batch = must(store().begin());
        must(batch.put(person("ada", "Lovelace", "Ada", "1815-12-10")));
    }
    EXPECT_EQ(must(store().counts(now)).patients, 0);
    given_ada();
    EXPECT_EQ(must(store().counts(now)).patients, 1);
}

TEST_F(Batch, IsOneAtATime) {
    auto first = must(store().begin());
    EXPECT_EQ(store().begin().error().code, Error::Code::busy);
    const auto meanwhile = store().tell_desk({DeskReason::help, now, {}, {}});
    EXPECT_EQ(meanwhile.error().code, Error::Code::busy);
    must(first.commit());
    EXPECT_TRUE(store().begin());
}

TEST_F(Batch, LogsOnlyWhatChangedSomething) {
    given_ada();
    const auto entries = audit_verdict().entries;
    given_ada();
    EXPECT_EQ(audit_verdict().entries, entries);
}

TEST_F(Batch, TakesAPatientNamedTwiceOnce) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    given(appointment("a1", {"ada", "ada"}, "2026-11-23T10:00:00-05:00"));
    EXPECT_EQ(must(store().visits_on(today, patient_alias("ada"))).size(), 1u);
    EXPECT_FALSE(visit("a1").shared);
}

TEST_F(Batch, CallsOffTheVisitOfAPatientWhoIsNoLongerNamed) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("g1", {"ada", "bob"}, "2026-11-23T10:00:00-05:00"));
    EXPECT_EQ(given(appointment("g1", {"bob"}, "2026-11-23T10:00:00-05:00")),
              Taken::changed);
    EXPECT_EQ(visit("g1", "ada").status, AppointmentStatus::cancelled);
    EXPECT_EQ(visit("g1", "bob").status, AppointmentStatus::booked);
    EXPECT_FALSE(visit("g1", "bob").shared);
    EXPECT_EQ(given(appointment("g1", {"bob"}, "2026-11-23T10:00:00-05:00")),
              Taken::unchanged);
}

TEST_F(Batch, GivesAnAppointmentToAnotherPatient) {
    given_ada();
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("a1", {"bob"}, "2026-11-23T10:00:00-05:00"));
    EXPECT_EQ(visit("a1", "ada").status, AppointmentStatus::cancelled);
    EXPECT_EQ(
        must(store().visit_behind(site_keys().alias_of("Appointment", "a1")))->patient,
        patient_alias("bob"));
}

TEST_F(Batch, MovesAVisitToAnotherDay) {
    given_ada();
    given(appointment("a1", {"ada"}, "2026-11-25T10:00:00-05:00"));
    EXPECT_TRUE(must(store().visits_on(today, patient_alias("ada"))).empty());
    EXPECT_EQ(must(store().visits_on(day("2026-11-25"), patient_alias("ada"))).size(),
              1u);
}

TEST_F(Batch, DropsAppointmentsWhosePatientNeverCame) {
    given_ada();
    given(appointment("x2", {"nobody", "noone"}, "2026-11-23T10:00:00-05:00"));
    given(appointment("x1", {"nobody"}, "2026-11-23T10:00:00-05:00"));
    auto batch = must(store().begin());
    EXPECT_EQ(must(batch.drop_orphans()), (std::vector<std::string>{"x1", "x2"}));
    must(batch.commit());
    EXPECT_EQ(must(store().counts(now)).visits, 1);
}

TEST_F(Batch, KeepsANameThatIsNotUtf8) {
    given_patient("ada", "Love\xFFlace", "Ada", "1815-12-10");
    EXPECT_TRUE(store().patient(patient_alias("ada")));
}

}  // namespace
}  // namespace foyer
