#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/pull/page.h"
#include "tests/bench/sync/clinic.h"
#include "tests/bench/sync/modes.h"

namespace foyer::bench {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

/// Pages in one turn of either.
constexpr int turn = 5;
constexpr auto moved_by = 10min;

/// The kiosk holds every visit already, as it was before it changed.
void know(BenchKiosk& kiosk, const BenchClinic& clinic) {
    constexpr int at_once = 500;
    for (int first = 0; first < clinic.visits(); first += at_once) {
        auto batch = must(kiosk.store().begin(kiosk.clock().now()), "records");
        for (int i = first; i < std::min(first + at_once, clinic.visits()); ++i) {
            Patient patient;
            patient.id = clinic.patient(i);
            patient.family = "Before";
            patient.given = "Ada";
            patient.born = must(parse_date("1980-02-03"), "date");
            must(batch.put(patient), "a patient");
            Store::Batch::Appointment visit;
            visit.id = clinic.appointment('a', i);
            visit.patients = {patient.id};
            visit.starts = clinic.starts(i);
            visit.ends = visit.starts + 50min;
            visit.status = AppointmentStatus::booked;
            visit.service = Service::individual;
            must(batch.put(visit), "a visit");
        }
        must(batch.commit(), "records");
    }
}

/// How many of the visits are held as the server has them now.
int right_ones(BenchKiosk& kiosk, const BenchClinic& clinic) {
    int right = 0;
    for (int i = 0; i < clinic.visits(); ++i) {
        const auto visit =
            kiosk.store().visit_of(clinic.appointment('a', i), clinic.patient(i));
        // The server keeps milliseconds; so do we.
        right += visit && visit->starts == clinic.starts(i) + moved_by;
    }
    return right;
}

bool is_page_of_changes(const std::string& url) {
    return url.find("Appointment?") != url.npos && url.find("_lastUpdated") != url.npos;
}

}  // namespace

json pull(const std::string& base, const std::string& run, int visits) {
    const BenchClinic clinic(run, {.visits = visits, .days = 10, .twins = false},
                             SystemClock().now());
    const SystemClock clock;
    Wire bare(base, clock);
    clinic.put_people(bare.server());
    BenchKiosk kiosk(clinic.site(base), fresh_directory(run));
    kiosk.settle();  // an empty schedule, and where it stands
    know(kiosk, clinic);
    const double loaded =
        seconds_of([&] { clinic.put_visits(bare.server(), moved_by); });

    // It is time to ask what has changed.
    kiosk.clock().leapt = 2min;
    kiosk.http().keeps = true;
    kiosk.http().asked.clear();
    kiosk.http().reads = kiosk.http().bundles = {};
    double engine_s = 0, bare_s = 0;
    std::vector<double> shares;
    std::string next;
    bool more = true, bare_begun = false, bare_more = true;
    int bare_pages = 0;
    while (more || bare_more) {
        double engine = 0, alone = 0;
        const int until = kiosk.http().reads.requests + turn;
        if (more)
            engine = seconds_of([&] {
                while (more && kiosk.http().reads.requests < until) more = kiosk.step();
            });
        if (!bare_begun) {
            const auto& asked = kiosk.http().asked;
            const auto first = std::ranges::find_if(asked, is_page_of_changes);
            if (first == asked.end())
                give_up("the engine asks for no changes, but for " +
                        std::to_string(asked.size()) + " other things" +
                        (asked.empty() ? "" : ", as " + asked.back()));
            next = *first;
            bare_begun = true;
        }
        for (int i = 0; i < turn && bare_more; ++i) {
            Result<Answer> answer = fail(Error::Code::offline, "");
            alone += seconds_of([&] {
                answer = bare_pages == 0
                             ? bare.server().search(next.substr(base.size() + 1))
                             : bare.server().follow(next);
            });
            ++bare_pages;
            const auto page = read_page(must(std::move(answer), "a page").body);
            next = page ? page->next : "";
            bare_more = !next.empty();
        }
        engine_s += engine;
        bare_s += alone;
        if (more && bare_more) shares.push_back(alone / engine);
    }
    std::ranges::sort(shares);
    const int right = right_ones(kiosk, clinic);
    return {{"visits", visits},
            {"right", right},
            {"engine_s", engine_s},
            {"bare_s", bare_s},
            {"share", engine_s > 0 ? bare_s / engine_s : 0},
            {"share_median", shares.empty() ? 0 : shares[shares.size() / 2]},
            {"turns", shares.size()},
            {"bare_pages", bare_pages},
            {"engine_requests",
             {{"reads", kiosk.http().reads.requests},
              {"reads_s", kiosk.http().reads.seconds}}},
            {"prepared_s", loaded}};
}

}  // namespace foyer::bench
