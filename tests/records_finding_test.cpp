#include <algorithm>

#include "records_fixture.h"
#include "sync/records/blind_index.h"

namespace foyer {
namespace {

TEST(Normalised, ForgetsCaseAccentsAndWhatJoinsNames) {
    EXPECT_EQ(normalised("José"), normalised("JOSE"));
    EXPECT_EQ(normalised("Jose\xCC\x81"), normalised("José"));  // combining accent
    EXPECT_EQ(normalised("O'Brien"), normalised("OBRIEN"));
    EXPECT_EQ(normalised("O\xE2\x80\x99"
                         "Brien"),
              normalised("o'brien"));
    EXPECT_EQ(normalised("García-López"), normalised("garcia lopez"));
    EXPECT_EQ(normalised("St. John"), normalised("stjohn"));
    EXPECT_EQ(normalised("Strauß"), normalised("STRAUSS"));
    EXPECT_EQ(normalised("\xEF\xBC\xA1"
                         "da"),
              normalised("Ada"));  // full-width A
    EXPECT_EQ(normalised("van\xE2\x80\x8B der\xC2\xA0"
                         "Berg"),
              "vanderberg");
}

TEST(Normalised, SpellsLettersWithoutDecompositionInAscii) {
    EXPECT_EQ(normalised("Łukasz"), "lukasz");
    EXPECT_EQ(normalised("Sørensen"), "sorensen");
    EXPECT_EQ(normalised("Işık"), normalised("ISIK"));
    EXPECT_EQ(normalised("İnci"), normalised("inci"));
    EXPECT_EQ(normalised("Đặng"), "dang");
}

TEST(Normalised, KeepsEveryScript) {
    EXPECT_EQ(normalised("김"), normalised("김"));
    EXPECT_NE(normalised("김"), normalised("이"));
    EXPECT_EQ(normalised("ΠΑΠΑΔΌΠΟΥΛΟΣ"), normalised("Παπαδόπουλος"));
    EXPECT_EQ(normalised("Կարապետյան"), normalised("ԿԱՐԱՊԵՏՅԱՆ"));
    EXPECT_EQ(normalised("مُحَمَّد"), normalised("محمد"));
    EXPECT_NE(normalised("कुमार"), "");
    EXPECT_NE(normalised("山田"), normalised("山本"));
}

TEST(Normalised, IsEmptyWhenNothingIsLeft) {
    for (const char* name : {"", " ", "-", "'.'", "\xF0\x9F\x99\x82", "\xFF\xFE"})
        EXPECT_EQ(normalised(name), "") << name;
}

struct Finding : Records {
    std::vector<Alias> found(const std::string& family, const std::string& born) {
        return must(
            store().patients_behind(store().index_of(family, foyer::day(born))));
    }
};

TEST_F(Finding, KnowsAPatientHoweverTheNameIsTyped) {
    given_patient("1", "García-López", "Luz", "1990-01-02");
    for (const char* typed :
         {"García-López", "garcia lopez", "GARCIALOPEZ", "García López"})
        EXPECT_EQ(found(typed, "1990-01-02"), std::vector{patient_alias("1")}) << typed;
    EXPECT_TRUE(found("garcia", "1990-01-02").empty());
    EXPECT_TRUE(found("garcia lopez", "1990-01-03").empty());
}

TEST_F(Finding, TellsThatTwoShareNameAndBirthDate) {
    given_patient("1", "Smith", "Ann", "1990-01-02");
    given_patient("2", "SMITH", "Bea", "1990-01-02");
    given_patient("3", "Smith", "Cleo", "1990-01-03");
    std::vector both{patient_alias("1"), patient_alias("2")};
    std::ranges::sort(both);
    EXPECT_EQ(found("smith", "1990-01-02"), both);
}

TEST_F(Finding, TakesNamesOf300CharactersInAnyScript) {
    for (const std::string letter : {"a", "é", "ж", "김", "ا", "क", "𐐀"}) {
        std::string name;
        for (int i = 0; i < 300; ++i) name += letter;
        given_patient("long", name, name, "1990-01-02");
        EXPECT_EQ(found(name, "1990-01-02").size(), 1u) << letter;
        EXPECT_EQ(must(store().patient(patient_alias("long"))).family, name);
        EXPECT_TRUE(found(name + letter, "1990-01-02").empty()) << letter;
    }
}

TEST_F(Finding, NeverFindsWhoHasNoLastNameOrNoBirthDate) {
    given_patient("1", "-", "Ann", "1990-01-02");
    Patient unborn = person("2", "Smith", "Bea", "1990-01-02");
    unborn.born.reset();
    given_patient(unborn);
    EXPECT_TRUE(found("-", "1990-01-02").empty());
    EXPECT_TRUE(found("", "1990-01-02").empty());
    EXPECT_TRUE(found("Smith", "1990-01-02").empty());
}

TEST_F(Finding, FollowsAChangedName) {
    given_patient("1", "Smith", "Ann", "1990-01-02");
    given_patient("1", "Jones", "Ann", "1990-01-02");
    EXPECT_TRUE(found("Smith", "1990-01-02").empty());
    EXPECT_EQ(found("Jones", "1990-01-02").size(), 1u);
}

TEST_F(Finding, GivesBackAPatientAsImported) {
    Patient ada = person("ada", "Lovelace", "Ada", "1815-12-10");
    ada.phone = "+1 (555) 010-0199";
    ada.language = "es-MX";
    ada.contact_confirmed = day("2026-01-05");
    given_patient(ada);
    const Patient read = must(store().patient(patient_alias("ada")));
    EXPECT_EQ(read.id, "ada");
    EXPECT_EQ(read.family, "Lovelace");
    EXPECT_EQ(read.given, "Ada");
    EXPECT_EQ(read.born, ada.born);
    EXPECT_EQ(read.phone, ada.phone);
    EXPECT_EQ(read.language, ada.language);
    EXPECT_EQ(read.contact_confirmed, ada.contact_confirmed);

    EXPECT_EQ(store().patient(patient_alias("bob")).error().code,
              Error::Code::not_found);
}

TEST_F(Finding, ListsADaysVisitsByTheSitesClockEarliestFirst) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    given(
        appointment("late", {"ada"}, "2026-11-23T22:00:00-05:00"));  // the 24th in UTC
    given(appointment("early", {"ada"}, "2026-11-23T08:00:00-05:00"));
    given(appointment("tomorrow", {"ada"}, "2026-11-24T00:30:00-05:00"));
    const auto visits = must(store().visits_on(today, patient_alias("ada")));
    ASSERT_EQ(visits.size(), 2u);
    EXPECT_EQ(visits[0].appointment, "early");
    EXPECT_EQ(visits[1].appointment, "late");
}

TEST_F(Finding, NamesClinicianAndPlaceWhateverOrderTheyCameIn) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    auto wanted = appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00");
    wanted.practitioner = "PractitionerRole/r1";
    wanted.location = "l1";
    given(wanted);
    EXPECT_EQ(visit("a1").clinician, "");

    given_resource("Location", "l1",
                   R"({"name":"Suite 210","description":"second floor"})");
    given_resource("PractitionerRole", "r1",
                   R"({"practitioner":{"reference":"Practitioner/p1"}})");
    given_resource("Practitioner", "p1", R"({"name":[
        {"use":"old","given":["Agnes"]},
        {"use":"official","family":"Diallo","given":["Aminata","Rose"]},
        {"use":"usual","given":["Amara"]}]})");
    EXPECT_EQ(visit("a1").clinician, "Amara");
    EXPECT_EQ(visit("a1").place, "Suite 210, second floor");
    EXPECT_EQ(visit("a1").location, "l1");
}

TEST_F(Finding, TakesNoNameFromResourcesThatAreNotAsExpected) {
    given_ada();
    auto wanted = appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00");
    wanted.practitioner = "Practitioner/p1";
    wanted.location = "l1";
    given(wanted);
    for (const char* json : {"", "[]", "{", "7", R"({"name":7})", R"({"name":[7]})",
                             R"({"name":[{"given":"Amara"}]})"}) {
        given_resource("Practitioner", "p1", json);
        given_resource("Location", "l1", json);
        EXPECT_EQ(visit("a1").clinician, "") << json;
        EXPECT_EQ(visit("a1").place, "") << json;
    }
}

TEST_F(Finding, KnowsAVisitByItsSlip) {
    given_ada();
    const auto slip = site_keys().alias_of("Appointment", "a1");
    const auto found = must(store().visit_behind(slip));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, slip);
    EXPECT_EQ(found->appointment, "a1");
    EXPECT_EQ(found->patient, patient_alias("ada"));
    EXPECT_FALSE(must(store().visit_behind(patient_alias("ada"))));
}

TEST_F(Finding, GivesEachPatientOfASharedAppointmentTheirOwnSlip) {
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    given_patient("bob", "Boole", "Bob", "1815-11-02");
    given(appointment("g1", {"ada", "bob"}, "2026-11-23T10:00:00-05:00"));
    EXPECT_EQ(store().visit_of("g1", "").error().code, Error::Code::bad_input);
    EXPECT_EQ(visit("g1", "ada").id, site_keys().alias_of("Appointment", "g1|ada"));
    EXPECT_EQ(visit("g1", "bob").patient, patient_alias("bob"));
    EXPECT_TRUE(visit("g1", "bob").shared);
    EXPECT_EQ(store().visit_of("g2", "").error().code, Error::Code::not_found);
}

TEST_F(Finding, ShowsNoVisitWhosePatientHasNotCome) {
    given(appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00"));
    EXPECT_FALSE(must(store().visit_behind(site_keys().alias_of("Appointment", "a1"))));
    given_patient("ada", "Lovelace", "Ada", "1815-12-10");
    EXPECT_TRUE(must(store().visit_behind(site_keys().alias_of("Appointment", "a1"))));
}

}  // namespace
}  // namespace foyer
