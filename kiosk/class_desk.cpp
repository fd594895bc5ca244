#include "kiosk/class_desk.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/due.h"

namespace foyer {

namespace {

using Clinic = ClassDesk::With::Clinic;
using Can = ClassCard::Can;
using Mine = ClassCard::Mine;
using What = ClassNews::What;

/// The schedule reaches so far (sync.md decision 4).
constexpr std::chrono::days behind{1}, ahead{14};

bool overlap(Instant a_starts, Instant a_ends, Instant b_starts, Instant b_ends) {
    return a_starts < b_ends && b_starts < a_ends;
}

/// Whether a visit takes place, as far as its status says.
bool stands(const Visit& visit) {
    switch (visit.status) {
        case AppointmentStatus::cancelled:
        case AppointmentStatus::noshow:
        case AppointmentStatus::entered_in_error:
            return false;
        default:
            return true;
    }
}

What what_of(const SignUp& sign_up) {
    switch (sign_up.state) {
        case SignUpState::asked:
            return What::asked;
        case SignUpState::confirmed:
            return sign_up.moved_from ? What::moved : What::in;
        case SignUpState::waiting:
            return What::waiting;
        case SignUpState::offered:
            return What::offer;
        case SignUpState::missed:
            return What::missed;
        case SignUpState::released:
            return What::released;
        case SignUpState::called_off:
            return What::called_off;
        case SignUpState::refused:
        case SignUpState::left:
            break;
    }
    return What::refused;
}

Mine mine_of(SignUpState state) {
    switch (state) {
        case SignUpState::asked:
            return Mine::asked;
        case SignUpState::confirmed:
            return Mine::in;
        case SignUpState::waiting:
            return Mine::waiting;
        case SignUpState::offered:
            return Mine::offered;
        default:
            return Mine::none;
    }
}

}  // namespace

struct ClassDesk::Inside {
    Parts parts;

    /// The patient at the kiosk.
    struct Sitting {
        Alias patient;
        std::set<std::string> told;   ///< units
        std::set<std::string> asked;  ///< units that the clinic has not answered yet
        long order = 0;               ///< that showed the classes last
    };
    std::unique_ptr<Sitting> sitting;

    Instant now() const { return parts.clock->now(); }
    LocalTime local(Instant at) const { return parts.time->local(at); }

    void sit(const Alias& patient) {
        if (sitting && sitting->patient == patient) return;
        sitting = std::make_unique<Sitting>();
        sitting->patient = patient;
    }

    static void failed(Code::Value doing, const Error& error) {
        log(events::store_failed, doing, error.code);
    }

    // --- what is known ---------------------------------------------------------------

    /// A patient's visits of the days that the schedule holds.
    Result<std::vector<Visit>> visits(const Alias& patient, Store& store) const {
        std::vector<Visit> all;
        const std::chrono::sys_days today(parts.time->day_of(now()));
        for (auto day = today - behind; day <= today + ahead;
             day += std::chrono::days(1)) {
            auto some = TRY(store.visits_on(Date(day), patient));
            std::ranges::move(some, std::back_inserter(all));
        }
        return all;
    }

    /// The programs a patient is in: those of the visits held for them.
    static std::vector<Service> programs(const std::vector<Visit>& visits) {
        std::vector<Service> found;
        for (const auto& visit : visits)
            if (stands(visit) &&
                (visit.service == Service::php || visit.service == Service::iop) &&
                std::ranges::count(found, visit.service) == 0)
                found.push_back(visit.service);
        return found;
    }

    struct Known {
        std::vector<SessionSeats> sessions;
        std::vector<Visit> visits;
        std::vector<SignUp> sign_ups;
        std::vector<Service> programs;
    };
    Result<Known> look(const Alias& patient, Store& store) const {
        Known known;
        known.sessions = TRY(store.sessions(now()));
        known.visits = TRY(visits(patient, store));
        known.sign_ups = TRY(store.sign_ups_of(patient));
        known.programs = programs(known.visits);
        return known;
    }

    /// The patient's wish for a session of which something may come.
    static const SignUp* sign_up_for(const ClassSession& session,
                                     const std::vector<SignUp>& sign_ups) {
        const auto found = std::ranges::find_if(sign_ups, [&](const SignUp& sign_up) {
            return sign_up.session == session && !over(sign_up.state);
        });
        return found == sign_ups.end() ? nullptr : &*found;
    }

    Words title(const std::string& schedule, const std::string& said) const {
        const auto rule = class_rule(parts.site->classes, schedule);
        if (!rule.title.empty()) return rule.title;
        if (said.empty()) return {};
        return {{"en", said}};
    }

    // --- a card ----------------------------------------------------------------------

    /// What somebody who is not signed up can do.
    Can can_join(const SessionSeats& seats, const ClassRule& rule) const {
        const auto& session = seats.session;
        const int free = seats.free + seats.leased;
        const bool started = now() >= session.starts;
        if (seats.cancelled || seats.seats == 0) return Can::nothing;
        if (now() < session.starts - rule.opens_before)
            return free > 0 ? Can::join : Can::queue;
        if (!rule.walk_ins || now() >= session.starts + rule.late_after)
            return Can::nothing;
        if (free > 0) return Can::join_now;
        return started ? Can::nothing : Can::queue;
    }

    /// What cannot be read is not said to be so.
    static bool has_come(const SignUp& sign_up, Store& store) {
        const auto come =
            store.has_come(sign_up.patient, sign_up.appointment, sign_up.unit);
        return come && *come;
    }

    ClassCard card(const SessionSeats& seats, const ClassRule& rule, const SignUp* mine,
                   Store& store) const {
        const auto& session = seats.session;
        ClassCard card{.session = session.key(),
                       .title = title(session.schedule, seats.title),
                       .kind = rule.kind,
                       .starts = local(session.starts),
                       .ends = local(session.ends),
                       .place = seats.place,
                       .seats = seats.seats,
                       .free = seats.free + seats.leased,
                       .waiting = seats.waiting,
                       .cancelled = seats.cancelled};
        if (mine == nullptr) {
            card.can = can_join(seats, rule);
            return card;
        }
        card.cancelled = card.cancelled || mine->state == SignUpState::called_off;
        card.mine = mine_of(mine->state);
        card.line = mine->place;
        if (card.mine == Mine::offered && mine->accept_by)
            card.say_yes_by = local(*mine->accept_by);
        const bool begins = now() >= session.starts - rule.opens_before;
        if (card.mine == Mine::in && begins && has_come(*mine, store)) {
            card.mine = Mine::here;
            return card;
        }
        if (card.cancelled) return card;
        if (card.mine == Mine::in && begins)
            card.can = Can::sign_in;
        else if (now() < session.starts)
            card.can = card.mine == Mine::offered ? Can::answer : Can::leave;
        return card;
    }

    /// Whether the patient is shown a session at all.
    bool is_shown(const SessionSeats& seats, const ClassRule& rule, const SignUp* mine,
                  const std::vector<Service>& programs) const {
        if (rule.hidden) return false;
        if (mine != nullptr) return true;
        return !seats.cancelled && may_join(rule, programs) &&
               (now() < seats.session.starts || can_join(seats, rule) != Can::nothing);
    }

    ClassBoard board(const Known& known, const With& with) const {
        ClassBoard board{.patient = sitting->patient,
                         .days = {},
                         .today = parts.time->day_of(now()),
                         .offline = with.clinic == Clinic::offline};
        for (const auto& seats : known.sessions) {
            const auto rule = class_rule(parts.site->classes, seats.session.schedule);
            const auto* mine = sign_up_for(seats.session, known.sign_ups);
            if (!is_shown(seats, rule, mine, known.programs)) continue;
            const auto day = parts.time->day_of(seats.session.starts);
            if (board.days.empty() || board.days.back().day != day)
                board.days.push_back({.day = day, .classes = {}});
            board.days.back().classes.push_back(card(seats, rule, mine, with.store));
        }
        return board;
    }

    // --- news ------------------------------------------------------------------------

    ClassNews news_of(const SignUp& sign_up, const std::vector<SessionSeats>& seats) {
        const auto known = std::ranges::find_if(seats, [&](const SessionSeats& other) {
            return other.session.schedule == sign_up.session.schedule;
        });
        const auto said = known == seats.end() ? std::string() : known->title;
        ClassNews news{.unit = sign_up.unit,
                       .what = what_of(sign_up),
                       .title = title(sign_up.session.schedule, said),
                       .starts = local(sign_up.session.starts),
                       .ends = local(sign_up.session.ends),
                       .place = known == seats.end() ? std::string() : known->place,
                       .line = sign_up.place};
        if (news.what == What::offer && sign_up.accept_by)
            news.say_yes_by = local(*sign_up.accept_by);
        return news;
    }

    bool is_news(const SignUp& sign_up) const {
        if (sign_up.session.ends <= now() || sitting->told.contains(sign_up.unit))
            return false;
        if (sign_up.state == SignUpState::offered)
            return !sign_up.accept_by || *sign_up.accept_by > now();
        return !sign_up.told && sign_up.state != SignUpState::left &&
               sign_up.state != SignUpState::asked;
    }

    std::vector<ClassNews> news(const Known& known) {
        std::vector<ClassNews> all;
        for (const auto& sign_up : known.sign_ups)
            if (is_news(sign_up)) all.push_back(news_of(sign_up, known.sessions));
        std::stable_partition(all.begin(), all.end(), [](const ClassNews& news) {
            return news.what == What::offer;
        });
        return all;
    }

    // --- showing ---------------------------------------------------------------------

    /// What was asked for in this session is told by being shown.
    void settle(const Known& known, Store& store) {
        for (const auto& sign_up : known.sign_ups) {
            if (!sitting->asked.contains(sign_up.unit) ||
                sign_up.state == SignUpState::asked)
                continue;
            sitting->asked.erase(sign_up.unit);
            // An offer is told until it is answered.
            if (sign_up.told || sign_up.state == SignUpState::refused ||
                sign_up.state == SignUpState::offered)
                continue;
            if (const auto told = store.mark_told(sign_up.unit); !told)
                failed("saving", told.error());
        }
    }

    Event show(const With& with, bool with_news) {
        const auto known = look(sitting->patient, with.store);
        if (!known) {
            failed("finding", known.error());
            return ClassesFailed{};
        }
        sitting->order = with.order;
        settle(*known, with.store);
        return ClassesShown{board(*known, with),
                            with_news ? news(*known) : std::vector<ClassNews>()};
    }

    // --- joining ---------------------------------------------------------------------

    std::optional<ClassClashes> clash(const SessionSeats& wanted, const Known& known,
                                      Store& store) {
        const auto& session = wanted.session;
        ClassClashes found{
            .wanted = card(wanted, class_rule(parts.site->classes, session.schedule),
                           nullptr, store),
            .other = {},
            .other_starts = {}};
        for (const auto& other : known.sign_ups) {
            if (over(other.state) || other.state == SignUpState::called_off ||
                other.session == session ||
                !overlap(session.starts, session.ends, other.session.starts,
                         other.session.ends))
                continue;
            found.other = news_of(other, known.sessions).title;
            found.other_starts = local(other.session.starts);
            return found;
        }
        for (const auto& visit : known.visits) {
            // The Appointment of this class itself.
            const bool same = visit.service == Service::holistic_class &&
                              visit.starts == session.starts;
            if (same || !stands(visit) ||
                !overlap(session.starts, session.ends, visit.starts, visit.ends))
                continue;
            found.other_starts = local(visit.starts);
            return found;
        }
        return std::nullopt;
    }

    /// A waiver filled in holds for `waiver_lasts` site days.
    Result<bool> waiver_holds(const ClassRule& rule, Store& store) const {
        if (rule.waiver.empty()) return true;
        const std::chrono::sys_days today(parts.time->day_of(now()));
        const auto done = TRY(store.forms_done(sitting->patient));
        return std::ranges::any_of(done, [&](const FormDone& form) {
            const std::chrono::sys_days day(parts.time->day_of(form.at));
            return form.status == FormEnd::Status::completed &&
                   names_form(rule.waiver, form.form) &&
                   today < day + rule.waiver_lasts;
        });
    }

    Result<Joining> join(const JoinClass& order, const With& with) {
        const auto known = TRY(look(order.patient, with.store));
        const auto found =
            std::ranges::find_if(known.sessions, [&](const SessionSeats& seats) {
                return seats.session.key() == order.session;
            });
        // Called off, moved or begun meanwhile: the list says how it is.
        if (found == known.sessions.end()) return Joining{show(with, false), {}};
        const auto rule = class_rule(parts.site->classes, found->session.schedule);
        const auto can = can_join(*found, rule);
        if (sign_up_for(found->session, known.sign_ups) != nullptr || rule.hidden ||
            !may_join(rule, known.programs) || can == Can::nothing)
            return Joining{show(with, false), {}};

        if (!order.anyway)
            if (auto clashes = clash(*found, known, with.store))
                return Joining{*clashes, {}};
        if (!TRY(waiver_holds(rule, with.store))) {
            if (order.waiver_shown) return Joining{show(with, false), {}};
            return Joining{std::nullopt, rule.waiver};
        }
        const auto sign_up =
            TRY(with.store.ask_sign_up({.patient = order.patient,
                                        .session = found->session,
                                        .at = now(),
                                        .clock = with.clock_quality,
                                        .here = order.now && can == Can::join_now}));
        sitting->asked.insert(sign_up.unit);
        sitting->order = with.order;
        if (sign_up.state == SignUpState::asked && with.clinic == Clinic::online)
            return Joining{};
        return Joining{show(with, false), {}};
    }

    Result<void> sign_in(const SignInToClass& order, const With& with) {
        const auto known = TRY(look(order.patient, with.store));
        for (const auto& sign_up : known.sign_ups) {
            if (sign_up.session.key() != order.session ||
                sign_up.state != SignUpState::confirmed)
                continue;
            const auto visit =
                std::ranges::find_if(known.visits, [&](const Visit& one) {
                    return stands(one) && !sign_up.appointment.empty() &&
                           one.appointment == sign_up.appointment;
                });
            if (visit == known.visits.end())
                TRY(with.store.class_sign_in(sign_up.unit, now(), with.clock_quality,
                                             AttendanceMethod::name));
            else
                TRY(with.store.check_in({.visits = {visit->id},
                                         .late = {},
                                         .at = now(),
                                         .clock = with.clock_quality,
                                         .attested = true}));
        }
        return {};
    }

    Result<void> leave(const LeaveClass& order, const With& with) {
        const auto sign_ups = TRY(with.store.sign_ups_of(order.patient));
        for (const auto& sign_up : sign_ups)
            if (sign_up.session.key() == order.session && !over(sign_up.state)) {
                TRY(with.store.leave_class(sign_up.unit, now()));
                sitting->told.insert(sign_up.unit);
            }
        return {};
    }
};

ClassDesk::ClassDesk(Parts parts)
    : inside_(std::make_unique<Inside>(Inside{parts, nullptr})) {}
ClassDesk::~ClassDesk() = default;

std::vector<ClassNews> ClassDesk::news(const Alias& patient, const With& with) {
    inside_->sit(patient);
    // Most patients have no classes: the sessions are read only for those who do.
    const auto sign_ups = with.store.sign_ups_of(patient);
    if (!sign_ups) {
        inside_->failed("finding", sign_ups.error());
        return {};
    }
    if (std::ranges::none_of(*sign_ups, [&](const SignUp& sign_up) {
            return inside_->is_news(sign_up);
        }))
        return {};
    auto sessions = with.store.sessions(inside_->now());
    if (!sessions) {
        inside_->failed("finding", sessions.error());
        return {};
    }
    return inside_->news({.sessions = std::move(*sessions),
                          .visits = {},
                          .sign_ups = *sign_ups,
                          .programs = {}});
}

Event ClassDesk::carry(const ShowClasses& order, const With& with) {
    inside_->sit(order.patient);
    return inside_->show(with, true);
}

ClassDesk::Joining ClassDesk::carry(const JoinClass& order, const With& with) {
    inside_->sit(order.patient);
    auto joining = inside_->join(order, with);
    if (joining) return std::move(*joining);
    inside_->failed("saving", joining.error());
    return {ClassesFailed{}, {}};
}

Event ClassDesk::carry(const LeaveClass& order, const With& with) {
    inside_->sit(order.patient);
    if (const auto left = inside_->leave(order, with); !left) {
        inside_->failed("saving", left.error());
        return ClassesFailed{};
    }
    return inside_->show(with, false);
}

Event ClassDesk::carry(const SignInToClass& order, const With& with) {
    inside_->sit(order.patient);
    if (const auto in = inside_->sign_in(order, with); !in) {
        inside_->failed("saving", in.error());
        return ClassesFailed{};
    }
    return inside_->show(with, false);
}

Event ClassDesk::carry(const FindClassNews& order, const With& with) {
    return ClassNewsFound{order.patient, news(order.patient, with)};
}

Event ClassDesk::carry(const TakeClassOffer& order, const With& with) {
    inside_->sit(order.patient);
    ClassNews now{.unit = order.unit, .what = What::missed};
    const auto taken =
        with.store.accept_offer(order.unit, inside_->now(), with.clock_quality);
    if (!taken) inside_->failed("saving", taken.error());
    const auto stands = with.store.sign_up(order.unit);
    const auto sessions = with.store.sessions(inside_->now());
    if (stands && *stands && sessions) now = inside_->news_of(**stands, *sessions);
    // It was not taken: whatever the reason, nothing is promised.
    if (!taken && now.what == What::offer) now.what = What::missed;
    if (taken) inside_->sitting->asked.insert(order.unit);
    return ClassOfferAnswered{now};
}

void ClassDesk::carry(const PutAwayClassNews& order, const With& with) {
    inside_->sit(order.patient);
    inside_->sitting->told.insert(order.unit);
    const auto put_away = [&]() -> Result<void> {
        if (!order.declined) return with.store.mark_told(order.unit);
        TRY(with.store.leave_class(order.unit, inside_->now()));
        return {};
    };
    const auto done = put_away();
    if (!done) inside_->failed("saving", done.error());
}

std::optional<ClassDesk::Answered> ClassDesk::look_around(const With& with) {
    const auto* sitting = inside_->sitting.get();
    if (sitting == nullptr || sitting->asked.empty()) return std::nullopt;
    const bool answered =
        std::ranges::any_of(sitting->asked, [&](const std::string& unit) {
            const auto stands = with.store.sign_up(unit);
            return stands && *stands && (*stands)->state != SignUpState::asked;
        });
    if (!answered) return std::nullopt;
    auto how = with;
    how.order = sitting->order;
    return Answered{inside_->show(how, false), how.order};
}

void ClassDesk::forget() {
    inside_->sitting.reset();
}

}  // namespace foyer
