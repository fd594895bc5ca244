#include <gtest/gtest.h>

#include "sync/clinic/ledger.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using State = Attended::State;
using Kind = DayBlock::Kind;
using std::chrono::minutes;

Date day(const char* text) {
    return parse_date(text).value();
}

/// A clinic in New York whose weeks begin on Sunday, and one patient of it.
class Course {
public:
    explicit Course(Service program) : program_(program) {
        rules[Service::php] = default_program_rule(Service::php);
        rules[Service::iop] = default_program_rule(Service::iop);
    }

    /// The clock on the wall of the clinic, "2026-11-23 09:05".
    Instant at(const std::string& wall) const {
        const auto clock = [&](std::size_t place) {
            return std::stoi(wall.substr(place, 2));
        };
        return time_.at(day(wall.substr(0, 10).c_str()),
                        minutes(clock(11) * 60 + clock(14)));
    }

    /// A session that the patient does not know of yet, from "09:00-15:00" of a day.
    LedgerVisit& expects(Service service, const std::string& date,
                         const std::string& hours) {
        LedgerVisit visit;
        visit.patient = "ana";
        visit.appointment = "a" + std::to_string(visits.size());
        visit.service = service;
        visit.starts = at(date + " " + hours.substr(0, 5));
        visit.ends = at(date + " " + hours.substr(6, 5));
        return visits.emplace_back(visit);
    }
    LedgerVisit& expects(const std::string& date, const std::string& hours) {
        return expects(program_, date, hours);
    }
    /// A session of those hours, attended from and until.
    LedgerVisit& attends(Service service, const std::string& date,
                         const std::string& hours, const std::string& stay) {
        LedgerVisit& visit = expects(service, date, hours);
        visit.attended.state = State::gone;
        visit.attended.spans = {
            {at(date + " " + stay.substr(0, 5)), at(date + " " + stay.substr(6, 5))}};
        return visit;
    }
    LedgerVisit& attends(const std::string& date, const std::string& hours,
                         const std::string& stay) {
        return attends(program_, date, hours, stay);
    }
    LedgerVisit& attends(const std::string& date, const std::string& hours) {
        return attends(date, hours, hours);
    }
    void has_block(minutes from, minutes to, Kind kind) {
        rules[program_].blocks.push_back({from, to, kind});
    }

    LedgerOf ledger(Service program, const std::string& now) const {
        return ledger_of(visits, program, rules.at(program), time_, std::chrono::Sunday,
                         at(now));
    }
    LedgerOf ledger(const std::string& now = "2026-12-31 12:00") const {
        return ledger(program_, now);
    }
    LedgerDay only_day(const std::string& now = "2026-12-31 12:00") const {
        const auto days = ledger(now).days;
        EXPECT_EQ(days.size(), 1u);
        return days.empty() ? LedgerDay() : days.front();
    }

    std::vector<LedgerVisit> visits;
    std::map<Service, ProgramRule> rules;

private:
    const Service program_;
    const SiteTime time_ = SiteTime::in_zone("America/New_York").value();
};

TEST(Ledger, CountsWhatWasAttendedWithinTheSession) {
    Course course(Service::php);
    course.attends("2026-11-23", "09:00-15:00", "08:46-15:20");
    EXPECT_EQ(course.only_day().day, day("2026-11-23"));
    EXPECT_EQ(course.only_day().counted, 6h);
    EXPECT_EQ(course.only_day().excluded, 0min);
    course.visits[0].attended.spans = {
        {course.at("2026-11-23 09:10"), course.at("2026-11-23 10:00")},
        {course.at("2026-11-23 10:15"), course.at("2026-11-23 11:00")}};
    EXPECT_EQ(course.only_day().counted, 95min);
}

TEST(Ledger, LeavesOutLunchTransitRecreationAndWellness) {
    Course course(Service::php);
    course.has_block(12h, 12h + 45min, Kind::lunch);
    course.has_block(14h, 15h, Kind::wellness);
    course.has_block(9h, 9h + 10min, Kind::transit);
    course.has_block(11h, 11h + 20min, Kind::recreation);
    course.attends("2026-11-23", "09:00-15:00", "09:05-14:30");
    EXPECT_EQ(course.only_day().counted, 325min - 45min - 30min - 5min - 20min);
    EXPECT_EQ(course.only_day().excluded, 100min);
}

TEST(Ledger, CountsNoMinuteTwice) {
    Course course(Service::iop);
    course.attends("2026-11-23", "09:00-12:00");
    course.attends("2026-11-23", "10:00-13:00");
    course.attends(Service::individual, "2026-11-23", "12:30-13:30", "12:30-13:30");
    EXPECT_EQ(course.only_day().counted, 4h + 30min);
}

TEST(Ledger, NeverCountsAHolisticClass) {
    Course course(Service::php);
    course.attends("2026-11-23", "09:00-15:00");
    course.attends(Service::holistic_class, "2026-11-23", "14:00-15:30", "14:00-15:30");
    EXPECT_EQ(course.only_day().counted, 5h);
    EXPECT_EQ(course.only_day().excluded, 90min);
    EXPECT_EQ(course.only_day().services, 1);
}

TEST(Ledger, TakesAClassNobodySignedOutOfToBeWhole) {
    Course course(Service::php);
    course.attends("2026-11-23", "09:00-15:00");
    LedgerVisit& yoga =
        course.expects(Service::holistic_class, "2026-11-23", "14:00-15:00");
    yoga.attended.state = State::present;
    yoga.attended.open = yoga.starts + 10min;
    EXPECT_EQ(course.only_day().counted, 5h + 10min);
    EXPECT_FALSE(course.only_day().open);
}

TEST(Ledger, KnowsOnlyDaysOnWhichThePatientWasThere) {
    Course course(Service::iop);
    course.expects("2026-11-23", "09:00-12:00");
    course.attends("2026-11-24", "09:00-12:00");
    course.attends(Service::group, "2026-11-25", "09:00-10:00", "09:00-10:00");
    course.attends(Service::holistic_class, "2026-11-26", "09:00-10:00", "09:00-10:00");
    EXPECT_EQ(course.only_day().day, day("2026-11-24"));
}

TEST(Ledger, CountsTreatmentOnADayOfTheProgramAsItsServices) {
    Course course(Service::iop);
    course.attends("2026-11-23", "09:00-12:00");
    course.attends(Service::individual, "2026-11-23", "13:00-13:50", "13:00-13:46");
    course.attends(Service::medication, "2026-11-23", "14:00-14:20", "14:00-14:20");
    course.attends(Service::family, "2026-11-23", "15:00-16:00", "15:30-16:00");
    course.attends(Service::case_management, "2026-11-23", "16:00-17:00",
                   "16:00-17:00");
    EXPECT_EQ(course.only_day().counted, 180min + 46min + 20min + 30min);
    // The family hour was attended for half an hour only.
    EXPECT_EQ(course.only_day().services, 3);
}

TEST(Ledger, AServiceIsFortyFiveMinutesOrAllOfAShorterBlock) {
    Course course(Service::php);
    course.has_block(9h, 10h, Kind::service);
    course.has_block(10h, 10h + 30min, Kind::service);
    course.has_block(10h + 30min, 12h, Kind::service);
    course.has_block(12h, 13h, Kind::lunch);
    course.has_block(13h, 14h, Kind::service);
    course.attends("2026-11-23", "09:00-14:00", "09:15-11:14");
    EXPECT_EQ(course.only_day().services, 2);
    course.visits[0].attended.spans[0].from += 1ms;
    EXPECT_EQ(course.only_day().services, 1);
    course.visits[0].attended.spans[0].until += 1min;
    EXPECT_EQ(course.only_day().services, 2);
}

TEST(Ledger, ABlockThatTwoAppointmentsShareIsOneService) {
    Course course(Service::php);
    course.has_block(9h, 11h, Kind::service);
    course.attends("2026-11-23", "09:00-10:00");
    course.attends("2026-11-23", "10:00-11:00");
    EXPECT_EQ(course.only_day().services, 1);
}

TEST(Ledger, AnAppointmentWithoutBlocksIsOneService) {
    Course course(Service::iop);
    course.has_block(10h, 10h + 20min, Kind::recreation);
    course.attends("2026-11-23", "09:00-10:00");
    course.attends("2026-11-23", "10:30-12:00");
    course.attends("2026-11-23", "10:00-10:20");  // nothing but recreation
    EXPECT_EQ(course.only_day().services, 2);
}

TEST(Ledger, TimeThatMadeABlockAServiceMakesNoOther) {
    Course course(Service::php);
    course.has_block(9h, 10h, Kind::service);
    course.attends("2026-11-23", "09:00-12:00");
    course.attends(Service::individual, "2026-11-23", "09:00-09:50", "09:00-09:50");
    EXPECT_EQ(course.only_day().services, 1);
    course.attends(Service::individual, "2026-11-23", "10:10-11:00", "10:10-11:00");
    EXPECT_EQ(course.only_day().services, 2);
    EXPECT_EQ(course.only_day().counted, 3h);
}

TEST(Ledger, SplitsASessionAtTheSitesMidnight) {
    Course course(Service::iop);
    LedgerVisit& night = course.attends("2026-11-23", "22:00-23:59");
    night.ends = course.at("2026-11-24 01:30");
    night.attended.spans[0].until = night.ends;
    const auto days = course.ledger().days;
    ASSERT_EQ(days.size(), 2u);
    EXPECT_EQ(days[0].counted, 2h);
    EXPECT_EQ(days[1].day, day("2026-11-24"));
    EXPECT_EQ(days[1].counted, 90min);
    EXPECT_EQ(days[1].services, 0);
    EXPECT_EQ(course.ledger().program_days, 1);
}

TEST(Ledger, CountsTheHoursThatADstNightHad) {
    Course course(Service::iop);
    LedgerVisit& spring = course.attends("2026-03-07", "23:00-23:59");
    spring.ends = course.at("2026-03-08 04:00");
    spring.attended.spans[0].until = spring.ends;
    LedgerVisit& autumn = course.attends("2026-10-31", "23:00-23:59");
    autumn.ends = course.at("2026-11-01 04:00");
    autumn.attended.spans[0].until = autumn.ends;
    const auto days = course.ledger().days;
    ASSERT_EQ(days.size(), 4u);
    EXPECT_EQ(days[1].counted, 3h);
    EXPECT_EQ(days[3].counted, 5h);
}

TEST(Ledger, KeepsLunchAtNoonAcrossADstChange) {
    Course course(Service::php);
    course.has_block(12h, 13h, Kind::lunch);
    for (const char* date : {"2026-03-06", "2026-03-09", "2026-10-30", "2026-11-02"})
        course.attends(date, "09:00-15:00", "09:00-12:30");
    for (const auto& each : course.ledger().days) {
        EXPECT_EQ(each.counted, 3h);
        EXPECT_EQ(each.excluded, 30min);
    }
}

TEST(Ledger, FloorsADayAndNotASpan) {
    Course course(Service::iop);
    LedgerVisit& visit = course.attends("2026-11-23", "09:00-12:00");
    visit.attended.spans = {{visit.starts, visit.starts + 59s + 500ms},
                            {visit.starts + 5min, visit.starts + 5min + 59s + 500ms}};
    EXPECT_EQ(course.only_day().counted, 1min);
    visit.attended.spans[1].until += 1s;
    EXPECT_EQ(course.only_day().counted, 2min);
}

TEST(Ledger, DoesNotCountWhatNobodySaidTheEndOf) {
    Course course(Service::iop);
    LedgerVisit& visit = course.attends("2026-11-23", "09:00-12:00", "09:00-10:00");
    visit.attended.state = State::present;
    visit.attended.open = course.at("2026-11-23 10:10");
    visit.attended.doubtful = true;
    EXPECT_EQ(course.only_day().counted, 1h);
    EXPECT_TRUE(course.only_day().open);
    EXPECT_TRUE(course.only_day().doubtful);
    EXPECT_EQ(course.ledger().program_days, 1);
}

TEST(Ledger, WhoNeverCameBackFromABreakHasAnOpenDay) {
    Course course(Service::iop);
    LedgerVisit& visit = course.attends("2026-11-23", "09:00-12:00", "09:00-10:00");
    visit.attended.state = State::on_break;
    EXPECT_FALSE(course.only_day().open);
    visit.attended.missing_sign_out = true;
    EXPECT_TRUE(course.only_day().open);
}

TEST(Ledger, ASessionWithoutAnEndCountsNothingAndIsDoubtful) {
    Course course(Service::iop);
    course.attends("2026-11-23", "13:00-14:00");
    LedgerVisit& visit = course.attends("2026-11-23", "09:00-12:00");
    visit.ends = visit.starts;
    visit.attended.open = visit.starts;
    EXPECT_EQ(course.only_day().counted, 1h);
    EXPECT_TRUE(course.only_day().doubtful);
}

TEST(Ledger, FlagsTwoLevelsOfCareOnOneDay) {
    Course course(Service::php);
    course.attends("2026-11-23", "09:00-15:00");
    course.attends(Service::iop, "2026-11-23", "17:00-20:00", "17:00-20:00");
    course.attends(Service::individual, "2026-11-23", "15:00-16:00", "15:00-16:00");
    course.attends(Service::iop, "2026-11-24", "17:00-20:00", "17:00-20:00");
    const auto php = course.ledger();
    const auto iop = course.ledger(Service::iop, "2026-12-31 12:00");
    ASSERT_EQ(php.days.size(), 1u);
    ASSERT_EQ(iop.days.size(), 2u);
    EXPECT_TRUE(php.days[0].two_levels);
    EXPECT_TRUE(iop.days[0].two_levels);
    EXPECT_FALSE(iop.days[1].two_levels);
    // The hour of individual therapy counts for the higher level, and only there.
    EXPECT_EQ(php.days[0].counted, 7h);
    EXPECT_EQ(iop.days[0].counted, 3h);
    EXPECT_EQ(php.days[0].services + iop.days[0].services, 3);
}

TEST(Ledger, OneDayOfTwoLevelsIsNoneBeforeBothWereAttended) {
    Course course(Service::php);
    course.attends("2026-11-23", "09:00-15:00");
    course.expects(Service::iop, "2026-11-23", "17:00-20:00");
    EXPECT_FALSE(course.only_day().two_levels);
}

TEST(Ledger, SumsWeeksThatBeginWhenTheClinicSays) {
    Course course(Service::iop);
    course.attends("2026-11-21", "09:00-12:00");  // a Saturday
    course.attends("2026-11-22", "09:00-12:00");
    course.attends("2026-11-28", "09:00-12:00");
    const auto weeks = course.ledger().weeks;
    ASSERT_EQ(weeks.size(), 2u);
    EXPECT_EQ(weeks[0].first, day("2026-11-15"));
    EXPECT_EQ(weeks[0].counted, 3h);
    EXPECT_EQ(weeks[1].first, day("2026-11-22"));
    EXPECT_EQ(weeks[1].counted, 6h);
    EXPECT_EQ(week_of(day("2026-11-22"), std::chrono::Monday), day("2026-11-16"));
}

TEST(Ledger, AWeekThatIsOverIsUnderTheProgramsHoursOrNot) {
    Course course(Service::iop);
    for (const char* date : {"2026-11-16", "2026-11-18", "2026-11-20"})
        course.attends(date, "09:00-12:00");
    EXPECT_FALSE(course.ledger().weeks[0].under);
    course.visits[0].attended.spans[0].from += 1ms;
    EXPECT_EQ(course.ledger().weeks[0].counted, 9h - 1min);
    EXPECT_TRUE(course.ledger().weeks[0].under);
    EXPECT_EQ(course.ledger().weeks[0].projected, 9h - 1min);
}

TEST(Ledger, MoreThanNineteenHoursAreNoLongerIop) {
    Course course(Service::iop);
    for (const char* date : {"2026-11-16", "2026-11-18", "2026-11-20"})
        course.attends(date, "09:00-15:00");
    course.attends("2026-11-19", "09:00-10:00");
    EXPECT_FALSE(course.ledger().weeks[0].over);
    course.attends("2026-11-19", "10:00-10:01");
    EXPECT_TRUE(course.ledger().weeks[0].over);
    EXPECT_FALSE(course.ledger(Service::php, "2026-12-31 12:00").weeks.size());
}

TEST(Ledger, AWeekWithoutAVisitBetweenOthersIsUnder) {
    Course course(Service::php);
    course.attends("2026-11-03", "09:00-15:00");
    course.attends("2026-11-17", "09:00-15:00");
    const auto weeks = course.ledger().weeks;
    ASSERT_EQ(weeks.size(), 3u);
    EXPECT_EQ(weeks[1].counted, 0min);
    EXPECT_TRUE(weeks[1].under);
}

TEST(Ledger, ARunningWeekIsUnderOnceItsScheduleCannotReachTheHours) {
    Course course(Service::iop);
    course.attends("2026-11-23", "09:00-12:00");
    course.expects("2026-11-25", "09:00-12:00");
    course.expects("2026-11-27", "09:00-12:00");
    const auto week = [&](const char* now) { return course.ledger(now).weeks.back(); };
    EXPECT_EQ(week("2026-11-24 08:00").counted, 3h);
    EXPECT_EQ(week("2026-11-24 08:00").projected, 9h);
    EXPECT_FALSE(week("2026-11-24 08:00").under);
    // Nobody can be there for the whole of it any more.
    EXPECT_EQ(week("2026-11-25 09:01").projected, 9h - 1min);
    EXPECT_TRUE(week("2026-11-25 09:01").under);
    EXPECT_EQ(week("2026-11-26 08:00").projected, 6h);
}

TEST(Ledger, ARunningWeekTakesAMissingSignOutToBeConfirmed) {
    Course course(Service::iop);
    LedgerVisit& open = course.expects("2026-11-23", "09:00-18:00");
    open.attended.state = State::present;
    open.attended.open = open.starts;
    const auto running = course.ledger("2026-11-24 08:00").weeks.back();
    EXPECT_EQ(running.counted, 0min);
    EXPECT_EQ(running.projected, 9h);
    EXPECT_FALSE(running.under);
    const auto over = course.ledger("2026-11-29 00:00").weeks.front();
    EXPECT_EQ(over.projected, 0min);
    EXPECT_TRUE(over.under);
}

TEST(Ledger, AProjectionLeavesOutBlocksAndClassesAndCountsTreatment) {
    Course course(Service::iop);
    course.has_block(10h, 10h + 30min, Kind::recreation);
    course.expects("2026-11-25", "09:00-12:00");
    course.expects(Service::individual, "2026-11-25", "13:00-14:00");
    course.expects(Service::individual, "2026-11-26", "13:00-14:00");
    course.expects(Service::holistic_class, "2026-11-25", "11:30-12:30");
    const auto ledger = course.ledger("2026-11-24 08:00");
    EXPECT_TRUE(ledger.days.empty());
    EXPECT_EQ(ledger.weeks.back().projected, 3h);
}

TEST(Ledger, WhoHasSignedOutIsNotProjectedToComeBack) {
    Course course(Service::iop);
    course.attends("2026-11-24", "09:00-12:00", "09:00-10:00");
    EXPECT_EQ(course.ledger("2026-11-24 10:30").weeks.back().projected, 1h);
    course.visits[0].attended.state = State::on_break;
    EXPECT_EQ(course.ledger("2026-11-24 10:30").weeks.back().projected, 2h + 30min);
}

TEST(Ledger, DoesNotKnowWeeksToCome) {
    Course course(Service::iop);
    course.attends("2026-11-24", "09:00-12:00");
    course.expects("2026-12-01", "09:00-12:00");
    EXPECT_EQ(course.ledger("2026-11-25 08:00").weeks.size(), 1u);
    EXPECT_EQ(course.ledger("2026-11-29 00:00").weeks.size(), 2u);
}

/// A course of `days` days in a row, Monday 2 November first.
Course course_of(Service program, int days) {
    Course course(program);
    for (int i = 0; i < days; ++i)
        course.attends(format_date(Date(std::chrono::sys_days(day("2026-11-02")) +
                                        std::chrono::days(i))),
                       "09:00-12:00");
    return course;
}

TEST(Recertification, OfPhpIsDueOnTheEighteenthProgramDay) {
    Course course = course_of(Service::php, 17);
    EXPECT_EQ(course.ledger("2026-11-18 13:00").program_days, 17);
    EXPECT_EQ(course.ledger("2026-11-18 13:00").recertify_by, std::nullopt);
    course.expects("2026-11-23", "09:00-12:00");
    EXPECT_EQ(course.ledger("2026-11-18 13:00").recertify_by, day("2026-11-23"));
    EXPECT_EQ(course.ledger("2026-11-18 13:00").program_days, 17);
}

TEST(Recertification, OfPhpFollowsEveryThirtyDays) {
    const Course course = course_of(Service::php, 18);
    EXPECT_EQ(course.ledger("2026-11-19 13:00").recertify_by, day("2026-11-19"));
    EXPECT_EQ(course.ledger("2026-11-20 13:00").recertify_by, day("2026-12-19"));
    EXPECT_EQ(course.ledger("2026-12-19 13:00").recertify_by, day("2026-12-19"));
    EXPECT_EQ(course.ledger("2026-12-20 13:00").recertify_by, day("2027-01-18"));
}

TEST(Recertification, OfIopIsDueEverySixtyDaysFromTheFirst) {
    const Course course = course_of(Service::iop, 3);
    EXPECT_EQ(course.ledger("2026-11-04 13:00").recertify_by, day("2027-01-01"));
    EXPECT_EQ(course.ledger("2027-01-02 13:00").recertify_by, day("2027-03-02"));
}

TEST(Recertification, IsLeftOutWhereTheClinicHasNoSuchRule) {
    Course course = course_of(Service::iop, 3);
    course.rules[Service::iop].recertified_every = 0;
    EXPECT_EQ(course.ledger().recertify_by, std::nullopt);
}

TEST(Ledgers, AreByPatientAndTwoForWhoIsInTwoPrograms) {
    Course course(Service::php);
    course.attends("2026-11-23", "09:00-15:00").patient = "zoe";
    course.attends("2026-11-23", "09:00-15:00");
    course.attends(Service::iop, "2026-11-24", "09:00-12:00", "09:00-12:00");
    course.attends(Service::group, "2026-11-24", "09:00-12:00", "09:00-12:00").patient =
        "bo";
    course.attends("2026-11-20", "09:00-15:00").patient = "zoe";
    const auto all = ledgers(course.visits, course.rules,
                             SiteTime::in_zone("America/New_York").value(),
                             std::chrono::Sunday, course.at("2026-12-31 12:00"));
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].patient, "ana");
    EXPECT_EQ(all[0].program, Service::php);
    EXPECT_EQ(all[1].program, Service::iop);
    EXPECT_EQ(all[2].patient, "zoe");
    EXPECT_EQ(all[2].days.size(), 2u);
}

TEST(UnderHours, ListsWhoLacksMostFirst) {
    Course course(Service::iop);
    course.attends("2026-11-23", "09:00-15:00");
    course.attends("2026-11-23", "09:00-12:00").patient = "bo";
    course.attends("2026-11-23", "09:00-19:00").patient = "cy";
    const auto all = ledgers(course.visits, course.rules,
                             SiteTime::in_zone("America/New_York").value(),
                             std::chrono::Sunday, course.at("2026-11-26 12:00"));
    const auto under = under_hours(all, course.rules, day("2026-11-22"));
    ASSERT_EQ(under.size(), 2u);
    EXPECT_EQ(under[0].patient, "bo");
    EXPECT_EQ(under[0].week.projected, 3h);
    EXPECT_EQ(under[0].asked, 9h);
    EXPECT_EQ(under[1].patient, "ana");
    EXPECT_TRUE(under_hours(all, course.rules, day("2026-11-15")).empty());
}

TEST(AttendedVisits, AreOneForEachPatientAndSession) {
    std::vector<AttendanceEvent> events;
    const auto tells = [&](const char* patient, const char* appointment,
                           AttendanceKind kind, Instant at) {
        AttendanceEvent event;
        event.unit = std::to_string(events.size());
        event.patient = patient;
        event.appointment = appointment;
        event.service = Service::iop;
        event.starts = Instant(0h);
        event.ends = Instant(3h);
        event.kind = kind;
        event.at = event.recorded = at;
        events.push_back(event);
    };
    tells("ana", "a", AttendanceKind::sign_out, Instant(3h));
    tells("bo", "a", AttendanceKind::sign_in, Instant(1h));
    tells("ana", "a", AttendanceKind::sign_in, Instant(1h));
    tells("ana", "b", AttendanceKind::sign_in, Instant(1h));
    events.back().ends = Instant(4h);
    tells("ana", "b", AttendanceKind::sign_out, Instant(2h));
    events.back().ends = Instant(5h);  // it was moved meanwhile
    const auto visits = attended_visits(events, Instant(5h));
    ASSERT_EQ(visits.size(), 3u);
    for (const auto& visit : visits) {
        const bool ana = visit.patient == "ana";
        EXPECT_EQ(visit.attended.spans.size(), ana ? 1u : 0u);
        EXPECT_EQ(visit.attended.missing_sign_out, !ana);
        EXPECT_EQ(visit.ends, Instant(visit.appointment == "b" ? 5h : 3h));
    }
}

}  // namespace
}  // namespace foyer
