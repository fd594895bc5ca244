#include <algorithm>
#include <gtest/gtest.h>
#include <random>

#include "sync/clinic/attendance.h"
#include "sync/clinic/site_time.h"
#include "sync/clinic/standing_events.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;
using State = Attended::State;
using Oddities = std::vector<std::string>;
using Spans = std::vector<Attended::Span>;
using enum AttendanceKind;

/// "09:05" of the day of the session, in UTC.
Instant at(const std::string& time) {
    return parse_instant("2026-11-23T" + time + ":00Z").value();
}
Instant noon() {
    return at("12:00");
}

/// A session from 9 to 12 and what is told of one patient at it.
class Session {
public:
    AttendanceEvent& tells(AttendanceKind kind, Instant when) {
        AttendanceEvent event;
        event.unit = "unit-" + std::to_string(events.size());
        event.appointment = "group";
        event.patient = "ana";
        event.service = Service::group;
        event.starts = at("09:00");
        event.ends = noon();
        event.kind = kind;
        event.at = event.recorded = when;
        return events.emplace_back(event);
    }
    AttendanceEvent& tells(AttendanceKind kind, const std::string& time) {
        return tells(kind, at(time));
    }
    /// A facilitator's correction of the event of `place`.
    AttendanceEvent& amends(std::size_t place, const std::string& time,
                            const std::string& recorded) {
        const AttendanceEvent amended = events[place];
        AttendanceEvent& event = tells(amended.kind, time);
        event.amends = amended.unit;
        event.method = AttendanceMethod::facilitator;
        event.by = "Kim";
        event.reason = "told me";
        event.recorded = at(recorded);
        return event;
    }
    Attended attended(Instant now = noon()) const {
        return foyer::attended(events, now);
    }

    std::vector<AttendanceEvent> events;
};

TEST(Attendance, NobodyIsExpectedToHaveCome) {
    EXPECT_EQ(Session().attended().state, State::expected);
    EXPECT_FALSE(Session().attended().missing_sign_out);
}

TEST(Attendance, BreaksAreLeftOut) {
    Session session;
    session.tells(sign_in, "08:50");
    session.tells(break_out, "10:00");
    session.tells(break_in, "10:15");
    session.tells(sign_out, "11:58");
    const auto attended = session.attended();
    EXPECT_EQ(attended.state, State::gone);
    EXPECT_EQ(attended.spans,
              (Spans{{at("08:50"), at("10:00")}, {at("10:15"), at("11:58")}}));
    EXPECT_EQ(attended.in, at("08:50"));
    EXPECT_EQ(attended.out, at("11:58"));
    EXPECT_EQ(attended.oddities, Oddities());
    EXPECT_FALSE(attended.open);
    EXPECT_FALSE(attended.amended);
}

TEST(Attendance, WhatNobodySaidTheEndOfIsOpenAndNoSpan) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(break_out, "10:00");
    session.tells(break_in, "10:20");
    const auto attended = session.attended(at("11:00"));
    EXPECT_EQ(attended.state, State::present);
    EXPECT_EQ(attended.spans, (Spans{{at("09:00"), at("10:00")}}));
    EXPECT_EQ(attended.open, at("10:20"));
    EXPECT_EQ(attended.out, std::nullopt);
}

TEST(Attendance, ASignOutIsMissedTenMinutesPastTheEnd) {
    Session session;
    session.tells(sign_in, "09:00");
    EXPECT_FALSE(session.attended(noon() + 9min + 59s).missing_sign_out);
    EXPECT_TRUE(session.attended(noon() + 10min).missing_sign_out);
    session.tells(break_out, "11:50");
    EXPECT_TRUE(session.attended(noon() + 10min).missing_sign_out);
    session.tells(sign_out, "12:05");
    EXPECT_FALSE(session.attended(noon() + 10min).missing_sign_out);
}

TEST(Attendance, TheEndOfASessionIsWhatWasToldLast) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(break_out, "10:00").ends = at("13:00");
    EXPECT_FALSE(session.attended(at("12:30")).missing_sign_out);
    EXPECT_TRUE(session.attended(at("13:10")).missing_sign_out);
}

TEST(Attendance, FirstOrTwiceOrInAnyOrderIsTheSame) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(break_out, "10:00");
    session.tells(break_in, "10:15");
    session.tells(sign_out, "11:00");
    session.tells(sign_in, "11:30");
    session.amends(1, "10:05", "12:00");
    session.amends(5, "10:07", "12:01");
    const auto expected = session.attended();
    EXPECT_EQ(expected.spans.front().until, at("10:07"));

    std::mt19937 random(5);
    const auto told = session.events;
    session.events.insert(session.events.end(), told.begin(), told.end());
    for (int i = 0; i < 200; ++i) {
        std::ranges::shuffle(session.events, random);
        const auto attended = session.attended();
        ASSERT_EQ(attended.spans, expected.spans);
        ASSERT_EQ(attended.open, expected.open);
        ASSERT_EQ(attended.oddities, expected.oddities);
    }
}

TEST(Attendance, OfOneActToldByTwoKiosksTheTrustedAndEarlierTimeCounts) {
    Session session;
    session.tells(sign_in, "09:10").unit = "same";
    session.tells(sign_in, "09:05").unit = "same";
    session.tells(sign_in, "06:00").unit = "same";
    session.events.back().clock = ClockQuality::untrusted;
    const auto attended = session.attended();
    EXPECT_EQ(attended.in, at("09:05"));
    EXPECT_FALSE(attended.doubtful);
    EXPECT_EQ(attended.oddities, Oddities());
}

TEST(Attendance, SigningInOnTwoKiosksIsOneStayAndSaidSo) {
    Session session;
    session.tells(sign_in, "09:05");
    session.tells(sign_in, "09:01");
    session.tells(sign_out, "12:00");
    const auto attended = session.attended();
    EXPECT_EQ(attended.spans, (Spans{{at("09:01"), at("12:00")}}));
    EXPECT_EQ(attended.oddities, Oddities{"two-sign-ins"});
}

TEST(Attendance, ASignOutBeforeTheSignInMakesNoTime) {
    Session session;
    session.tells(sign_out, "08:00");
    session.tells(sign_in, "09:00");
    auto attended = session.attended(at("10:00"));
    EXPECT_EQ(attended.state, State::present);
    EXPECT_TRUE(attended.spans.empty());
    EXPECT_EQ(attended.out, std::nullopt);
    EXPECT_EQ(attended.oddities, Oddities{"out-before-in"});

    session.tells(sign_out, "12:00");
    attended = session.attended();
    EXPECT_EQ(attended.spans, (Spans{{at("09:00"), at("12:00")}}));
    EXPECT_EQ(attended.out, at("12:00"));
}

TEST(Attendance, SigningOutTwiceEndsTheStayTheFirstTime) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(sign_out, "11:00");
    session.tells(sign_out, "11:30");
    const auto attended = session.attended();
    EXPECT_EQ(attended.spans, (Spans{{at("09:00"), at("11:00")}}));
    EXPECT_EQ(attended.out, at("11:30"));
    EXPECT_EQ(attended.oddities, Oddities{"two-sign-outs"});
}

TEST(Attendance, WhoIsBackAfterSigningOutElsewhereIsThereAgain) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(sign_out, "10:00");
    session.tells(break_in, "10:30");
    auto attended = session.attended(at("11:00"));
    EXPECT_EQ(attended.state, State::present);
    EXPECT_EQ(attended.open, at("10:30"));
    EXPECT_EQ(attended.out, std::nullopt);
    EXPECT_EQ(attended.oddities, Oddities{"back-without-break"});
    session.tells(sign_out, "12:00");
    EXPECT_EQ(session.attended().spans.size(), 2u);
}

TEST(Attendance, ABreakAcrossTheEndIsNoTimeAndSaidSo) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(break_out, "11:30");
    EXPECT_EQ(session.attended().state, State::on_break);
    session.tells(sign_out, "12:05");
    const auto attended = session.attended();
    EXPECT_EQ(attended.state, State::gone);
    EXPECT_EQ(attended.spans, (Spans{{at("09:00"), at("11:30")}}));
    EXPECT_EQ(attended.oddities, Oddities{"out-from-break"});
}

TEST(Attendance, OfTwoBreaksWithoutAReturnTheFirstOneLasts) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(break_out, "10:00");
    session.tells(break_out, "10:30");
    session.tells(break_in, "10:40");
    session.tells(sign_out, "12:00");
    const auto attended = session.attended();
    EXPECT_EQ(attended.spans,
              (Spans{{at("09:00"), at("10:00")}, {at("10:40"), at("12:00")}}));
    EXPECT_EQ(attended.oddities, Oddities{"two-break-outs"});
}

TEST(Attendance, AVoidedEventNeverHappened) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(sign_out, "10:00");
    session.amends(1, "10:00", "10:30").voided = true;
    const auto attended = session.attended();
    EXPECT_EQ(attended.state, State::present);
    EXPECT_EQ(attended.open, at("09:00"));
    EXPECT_TRUE(attended.amended);
}

TEST(Attendance, OfSeveralAmendmentsTheOneWrittenDownLastCounts) {
    Session session;
    session.tells(sign_in, "09:00");
    session.amends(0, "09:20", "12:10");
    session.amends(0, "09:10", "12:00");
    EXPECT_EQ(session.attended().in, at("09:20"));
    // Written down in one moment: the greater unit.
    session.amends(0, "09:30", "12:10").unit = "a";
    EXPECT_EQ(session.attended().in, at("09:20"));
    session.events.back().unit = "z";
    EXPECT_EQ(session.attended().in, at("09:30"));
}

TEST(Attendance, AnAmendmentOfAnAmendmentStandsInItsPlace) {
    Session session;
    session.tells(sign_in, "09:00");
    session.amends(0, "09:20", "12:10").voided = true;
    session.amends(1, "09:15", "12:20");
    const auto attended = session.attended();
    EXPECT_EQ(attended.in, at("09:15"));
    EXPECT_EQ(attended.oddities, Oddities());
    // Also against one that was written down before it but later than what it amends.
    session.amends(0, "09:40", "12:15");
    EXPECT_EQ(session.attended().in, at("09:15"));
}

TEST(Attendance, AnAmendmentStandsBeforeItsEventIsKnown) {
    Session session;
    session.tells(sign_in, "09:00");
    session.amends(0, "09:20", "12:10");
    session.amends(0, "09:25", "12:20");
    const auto expected = session.attended();
    session.events.erase(session.events.begin());
    EXPECT_EQ(session.attended().in, expected.in);
    EXPECT_EQ(session.attended().oddities, Oddities());
}

TEST(Attendance, AmendmentsInACircleLoseNothing) {
    Session session;
    session.tells(sign_in, "09:00").amends = "unit-1";
    session.tells(sign_out, "12:00").amends = "unit-0";
    EXPECT_EQ(session.attended().spans, (Spans{{at("09:00"), at("12:00")}}));
    session.events.front().amends = "unit-0";
    session.events.back().amends.clear();
    EXPECT_EQ(session.attended().in, at("09:00"));
}

TEST(Attendance, AnUntrustedClockMakesItDoubtfulUntilItIsAmended) {
    Session session;
    session.tells(sign_in, "09:00").clock = ClockQuality::untrusted;
    EXPECT_TRUE(session.attended().doubtful);
    session.amends(0, "09:02", "10:00");
    EXPECT_FALSE(session.attended().doubtful);
}

TEST(Attendance, AFacilitatorConfirmsAMissingSignOutByName) {
    Session session;
    session.tells(sign_in, "09:00");
    ASSERT_TRUE(session.attended(at("13:00")).missing_sign_out);
    auto& confirmed = session.tells(sign_out, "11:45");
    confirmed.by = "Kim";
    confirmed.method = AttendanceMethod::facilitator;
    confirmed.recorded = at("13:00");
    const auto attended = session.attended(at("13:00"));
    EXPECT_FALSE(attended.missing_sign_out);
    EXPECT_FALSE(attended.amended);
    EXPECT_EQ(attended.spans, (Spans{{at("09:00"), at("11:45")}}));
}

TEST(Attendance, AStayOverMidnightAndADstChangeIsAsLongAsItWas) {
    // Both nights of New York's changes, over midnight and the changed hour.
    for (const auto& [in, out] :
         {std::pair("2026-03-07T22:00:00-05:00", "2026-03-08T04:00:00-04:00"),
          std::pair("2026-10-31T22:00:00-04:00", "2026-11-01T02:00:00-05:00")}) {
        Session session;
        session.tells(sign_in, parse_instant(in).value());
        session.tells(sign_out, parse_instant(out).value());
        const auto attended = session.attended();
        ASSERT_EQ(attended.spans.size(), 1u);
        EXPECT_EQ(attended.spans[0].until - attended.spans[0].from, 5h) << in;
    }
}

TEST(Attendance, ABreakOfNoLengthIsNone) {
    Session session;
    session.tells(sign_in, "09:00");
    session.tells(break_in, "10:00");
    session.tells(break_out, "10:00");
    session.tells(sign_out, "12:00");
    EXPECT_EQ(session.attended().spans, (Spans{{at("09:00"), at("12:00")}}));
}

TEST(Attendance, IsTakenAtGroupsProgramsFamiliesAndClasses) {
    for (const Service service : {Service::group, Service::php, Service::iop,
                                  Service::family, Service::holistic_class})
        EXPECT_TRUE(takes_attendance(service)) << code(service);
    for (const Service service :
         {Service::individual, Service::medication, Service::case_management,
          Service::crisis, Service::aftercare, Service::other})
        EXPECT_FALSE(takes_attendance(service)) << code(service);
}

TEST(Attendance, CodesAreReadAsTheyAreWritten) {
    for (const auto kind : {sign_in, break_out, break_in, sign_out})
        EXPECT_EQ(attendance_kind(code(kind)), kind);
    for (const auto method : {AttendanceMethod::slip, AttendanceMethod::name,
                              AttendanceMethod::facilitator})
        EXPECT_EQ(attendance_method(code(method)), method);
    EXPECT_EQ(attendance_kind("left"), std::nullopt);
    EXPECT_EQ(attendance_method(""), std::nullopt);
}

}  // namespace
}  // namespace foyer
