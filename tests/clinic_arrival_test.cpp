#include <gtest/gtest.h>

#include "sync/clinic/arrival.h"
#include "sync/clinic/site_time.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
    return parse_instant(text).value();
}

/// An individual visit from 10:00 to 10:50 in New York.
struct Arrival : testing::Test {
    Site site;
    Visit visit;

    Arrival() {
        visit.starts = at("2026-11-23T10:00:00-05:00");
        visit.ends = visit.starts + 50min;
        visit.service = Service::individual;
    }
    Standing when(const char* local_time) const {
        const std::string time = std::string("2026-11-23T") + local_time + "-05:00";
        return standing(visit, at(time.c_str()), site);
    }
};

TEST_F(Arrival, IsOpenFromAnHourBeforeUntilTenMinutesPast) {
    EXPECT_EQ(when("08:59:59"), Standing::early);
    EXPECT_EQ(when("09:00:00"), Standing::open);
    EXPECT_EQ(when("10:10:00"), Standing::open);
    EXPECT_EQ(when("10:10:01"), Standing::late);
    EXPECT_EQ(when("10:49:59"), Standing::late);
    EXPECT_EQ(when("10:50:00"), Standing::over);
}

TEST_F(Arrival, OpensAProgramDayAQuarterOfAnHourBefore) {
    visit.service = Service::php;
    EXPECT_EQ(opens_at(visit, site), at("2026-11-23T09:45:00-05:00"));
    EXPECT_EQ(when("09:44:59"), Standing::early);
    EXPECT_EQ(when("09:45:00"), Standing::open);
}

TEST_F(Arrival, FollowsTheClinicsOwnWindow) {
    site.windows[Service::individual] = {5min, 0min};
    EXPECT_EQ(when("09:54:00"), Standing::early);
    EXPECT_EQ(when("10:00:01"), Standing::late);
}

TEST_F(Arrival, NeverSendsACrisisVisitAwayAsEarly) {
    visit.service = Service::crisis;
    EXPECT_EQ(when("00:00:00"), Standing::open);
    EXPECT_EQ(when("10:49:00"), Standing::open);
}

TEST_F(Arrival, JudgesTheDayByTheSitesClock) {
    visit.starts = at("2026-11-23T20:00:00-05:00");  // already the 24th in UTC
    visit.ends = visit.starts + 1h;
    EXPECT_EQ(when("19:30:00"), Standing::open);
    EXPECT_EQ(standing(visit, at("2026-11-24T09:00:00-05:00"), site),
              Standing::other_day);
}

TEST_F(Arrival, PutsCancelledBeforeTheDayAndTheDayBeforeThePlace) {
    site.locations = {"north"};
    visit.location = "south";
    EXPECT_EQ(when("10:00:00"), Standing::other_site);
    EXPECT_EQ(standing(visit, at("2026-11-25T10:00:00-05:00"), site),
              Standing::other_day);
    visit.status = AppointmentStatus::cancelled;
    EXPECT_EQ(standing(visit, at("2026-11-25T10:00:00-05:00"), site),
              Standing::cancelled);
}

TEST_F(Arrival, TakesAVisitWithoutAPlaceAnywhere) {
    site.locations = {"north"};
    EXPECT_EQ(when("10:00:00"), Standing::open);
}

TEST_F(Arrival, KnowsWhoIsHereWhateverTheTime) {
    visit.check_in = CheckIn{};
    EXPECT_EQ(when("08:00:00"), Standing::here);
    EXPECT_EQ(when("15:00:00"), Standing::here);
    visit.check_in.reset();
    visit.status = AppointmentStatus::arrived;
    EXPECT_EQ(when("10:00:00"), Standing::here);
    visit.status = AppointmentStatus::checked_in;
    EXPECT_EQ(when("10:00:00"), Standing::here);
}

TEST_F(Arrival, KnowsAnswersForEveryStatus) {
    using enum AppointmentStatus;
    for (const auto& [status, expected] : {std::pair{proposed, Standing::cancelled},
                                           {pending, Standing::open},
                                           {booked, Standing::open},
                                           {fulfilled, Standing::over},
                                           {noshow, Standing::over},
                                           {entered_in_error, Standing::cancelled},
                                           {waitlist, Standing::cancelled}}) {
        visit.status = status;
        EXPECT_EQ(when("10:00:00"), expected) << code(status);
    }
}

TEST_F(Arrival, LeavesAVisitWithoutAnEndLateForTheDay) {
    visit.ends = Instant{};
    EXPECT_EQ(when("23:59:59"), Standing::late);
}

TEST(VisitCodes, AreReadAsTheyAreWritten) {
    for (int i = 0; i <= int(AppointmentStatus::waitlist); ++i)
        EXPECT_EQ(appointment_status(code(AppointmentStatus(i))), AppointmentStatus(i));
    for (int i = 0; i <= int(Service::other); ++i)
        EXPECT_EQ(service(code(Service(i))), Service(i));
    EXPECT_EQ(appointment_status("Booked"), std::nullopt);
}

}  // namespace
}  // namespace foyer
