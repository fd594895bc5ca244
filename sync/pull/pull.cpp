#include "sync/pull/pull.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <nlohmann/json.hpp>
#include <span>

#include "platform/log_events.h"
#include "sync/fhir/intake.h"
#include "sync/pull/page.h"
#include "sync/pull/page_intake.h"
#include "sync/pull/plan.h"
#include "sync/pull/pull_state.h"
#include "sync/pull/searches.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using Errand = PullPlan::Errand;

std::string type_of(const std::string& label) {
    return label.substr(0, label.find('/'));
}
std::string id_of(const std::string& label) {
    return label.substr(label.find('/') + 1);
}

/// In this order wanted things are asked for. Appointments last: they wait for what
/// says of them what they are.
constexpr const char* wanted_order[] = {"Patient",          "HealthcareService",
                                        "PractitionerRole", "Practitioner",
                                        "Location",         "Appointment"};
/// What is read again every 15 minutes, and what once a night.
constexpr const char* held_often[] = {"Appointment", "Patient", "Consent", "Task"};
constexpr const char* held_deep[] = {
    "Appointment",      "Patient",  "Consent",           "Task", "Practitioner",
    "PractitionerRole", "Location", "HealthcareService", "Slot", "Questionnaire"};

bool is_absence(int status) {
    return status == 404 || status == 410;
}

/// Whether the server itself says that a resource is not there: a page of some proxy
/// must not empty the schedule.
bool says_gone(const Answer& answer) {
    if (answer.status == 410) return true;
    if (answer.status != 404) return false;
    const auto outcome = nlohmann::json::parse(answer.body, nullptr, false);
    return outcome.is_object() &&
           outcome.value("resourceType", "") == "OperationOutcome";
}

/// "Patient/17".
std::string reference(const std::string& type, const std::string& id) {
    std::string text = type;
    return text.append("/").append(id);
}

}  // namespace

struct Puller::Inside {
    Parts parts;
    PullPlan plan;
    std::map<std::string, int> broken;  ///< 500s in a row, by type

    PullState state;  ///< as it will be when the step has succeeded

    explicit Inside(const Parts& given)
        : parts(given), plan{parts.site, parts.time, Instant{}} {
        assert(parts.store && parts.server && parts.site);
    }

    Result<void> load();
    Result<void> save();

    // What an answer means. An outcome: nothing can be asked for now.
    std::optional<PullOutcome> trouble(const Result<Answer>& answer,
                                       const std::string& type);
    PullOutcome bad_answer() const;
    void unsupported(const std::string& search, int status, Instant now);
    bool supports(const std::string& search, Instant now) const {
        return !is_unsupported(state, search, now);
    }

    // The errands.
    Result<PullOutcome> run(Errand errand, Instant now);
    Result<PullOutcome> read_on(std::vector<Reading>& list, Errand errand, Instant now);
    Result<PullOutcome> refused(std::vector<Reading>& list, Errand errand, int status,
                                Instant now);
    Result<PullOutcome> ids_refused(const std::string& type, int status, Instant now);
    Result<PullOutcome> fetch_wanted(Instant now);
    Result<PullOutcome> fetch_doubtful(Instant now);
    Result<PullOutcome> reread_held(Instant now);
    Result<std::vector<Known>> next_chunk(Instant now);

    // What follows from them.
    Result<PageResult> take(Store::Batch& batch, const Page& page, bool asked_for,
                            Instant now);
    void ended(Errand errand, const Reading& reading);
    void want_missing();
    void window_ended(Instant now);
    Result<void> hold_ended(Instant now);
    Result<void> open_forms(Instant now);
    Result<void> open_waits(Instant now);
    void move_cursor(const std::string& type, Instant to);
    Result<void> keep_refusals(Store::Batch& batch, const PageResult& result);
    Result<PullOutcome> commit(Store::Batch batch, const PageResult& result);
    std::chrono::milliseconds jitter(Instant now) const;
};

// --- the note of how far it has come
// ---------------------------------------------------------

Result<void> Puller::Inside::load() {
    const auto text = TRY(parts.store->memo(pull_state_memo));
    state = text ? pull_state_from(*text) : PullState{};
    const std::string source = source_of(*parts.site, parts.server->base());
    if (state.source != source) {
        const bool first = state.source.empty();
        state = {};
        state.source = source;
        state.afresh = !first;
    }
    return {};
}

Result<void> Puller::Inside::save() {
    return parts.store->set_memo(pull_state_memo, to_text(state));
}

Result<void> Puller::Inside::keep_refusals(Store::Batch& batch,
                                           const PageResult& result) {
    if (result.refusals.empty()) return {};
    using nlohmann::json;
    const auto text = TRY(parts.store->memo(pull_refused_memo));
    json list = json::parse(text.value_or("[]"), nullptr, false);
    if (!list.is_array()) list = json::array();
    for (const auto& each : result.refusals)
        if (std::find(list.begin(), list.end(), each) == list.end())
            list.push_back(each);
    while (list.size() > std::size_t(tuning::refusals_kept)) list.erase(list.begin());
    return batch.set_memo(pull_refused_memo, list.dump());
}

Result<PullOutcome> Puller::Inside::commit(Store::Batch batch,
                                           const PageResult& result) {
    TRY(keep_refusals(batch, result));
    TRY(batch.set_memo(pull_state_memo, to_text(state)));
    TRY(batch.commit());
    if (result.taken + result.refused + result.gone > 0)
        log(events::schedule_pulled, result.taken, result.unchanged, result.refused,
            result.gone);
    PullOutcome outcome;
    outcome.taken = result.taken;
    outcome.unchanged = result.unchanged;
    outcome.refused = result.refused;
    outcome.gone = result.gone;
    outcome.more = PullPlan::next(state) != Errand::none;
    return outcome;
}

// --- what an answer means
// --------------------------------------------------------------------

std::optional<PullOutcome> Puller::Inside::trouble(const Result<Answer>& answer,
                                                   const std::string& type) {
    using Server = PullOutcome::Server;
    PullOutcome outcome;
    if (!answer) {
        outcome.server = answer.error().code == Error::Code::refused
                             ? Server::unauthorized
                             : Server::unreachable;
        return outcome;
    }
    if (answer->status == 403 && type != "Appointment") return std::nullopt;
    switch (verdict_of(*answer)) {
        case Verdict::unauthorized:
            outcome.server = Server::unauthorized;
            return outcome;
        case Verdict::later:
            if (answer->status == 501) return std::nullopt;
            if (answer->status == 500 && ++broken[type] >= tuning::broken_after &&
                type != "Appointment")
                return std::nullopt;
            outcome.server = Server::busy;
            outcome.retry_after = answer->retry_after;
            return outcome;
        default:
            broken.erase(type);
            return std::nullopt;
    }
}

PullOutcome Puller::Inside::bad_answer() const {
    log(events::pull_answer_bad);
    PullOutcome outcome;
    outcome.server = PullOutcome::Server::unreachable;
    return outcome;
}

void Puller::Inside::unsupported(const std::string& search, int status, Instant now) {
    std::chrono::milliseconds wait = tuning::unsupported_for;
    // Not letting us in may be a moment's trouble with our token, and without Slots
    // nobody sees which seats are free.
    if (search == "Appointment search" || status == 401 || status == 403)
        wait = tuning::schedule_unsupported_for;
    if (status == 500) wait = tuning::broken_for;
    state.unsupported[search] = now + wait;
    log(events::search_unsupported, status);
}

// --- readings
// ----------------------------------------------------------------------------

Result<PullOutcome> Puller::Inside::read_on(std::vector<Reading>& list, Errand errand,
                                            Instant now) {
    Reading& reading = list.front();
    const bool sort = supports(reading.type + " _sort", now);
    const auto answer = reading.next.empty()
                            ? parts.server->search(address_of(
                                  reading, sort, supports("Appointment _include", now)))
                            : parts.server->follow(reading.next);
    if (const auto out = trouble(answer, reading.type)) return *out;
    if (!answer->good()) return refused(list, errand, answer->status, now);
    const auto page = read_page(answer->body);
    if (!page) return bad_answer();

    const Instant server_time = parts.server->server_time();
    if (errand == Errand::window && !state.window_server_time)
        state.window_server_time = server_time - tuning::overlap;
    if (errand == Errand::changes && !state.changes_began)
        state.changes_began = server_time - tuning::overlap;

    auto batch = TRY(parts.store->begin(now));
    const auto result = TRY(take(batch, *page, false, now));
    auto end = end_of(*page, reading.type);
    end.sorted = end.sorted && sort;
    const bool more = advance(reading, end);
    if (errand == Errand::changes && reading.sorted && reading.latest > Instant{})
        // A time ahead of the server's own clock would hide what comes meanwhile.
        move_cursor(reading.type, std::min(reading.latest, server_time));
    if (!result.device.empty() && state.device != result.device) {
        state.device = result.device;
        state.forms.push_back(search_for_tasks(state.device));
    }
    if (!more) {
        const Reading done = list.front();
        list.erase(list.begin());
        ended(errand, done);
        if (errand == Errand::window && list.empty()) window_ended(now);
        if (errand == Errand::changes && list.empty()) {
            state.changes_due = now + tuning::changes_every + jitter(now);
            TRY(open_waits(now));
        }
    }
    return commit(std::move(batch), result);
}

/// The server does not take this search. What of it may be too much for it is left out
/// at the next try; if nothing is left to leave out, the search is.
Result<PullOutcome> Puller::Inside::refused(std::vector<Reading>& list, Errand errand,
                                            int status, Instant now) {
    Reading& reading = list.front();
    const std::string type = reading.type;
    const bool link = !reading.next.empty();
    // Nothing is a FHIR server where there are no Appointments: somebody else answers.
    if (!link && type == "Appointment" && is_absence(status)) return bad_answer();
    if (link && restart(reading)) {
        // The server has forgotten the link.
    } else if (!link && type == "Appointment" && status != 403 &&
               supports("Appointment _include", now)) {
        unsupported("Appointment _include", status, now);
    } else if (!link && status != 403 && status != 500 &&
               supports(type + " _sort", now)) {
        unsupported(type + " _sort", status, now);
    } else {
        if (!link)
            unsupported(type + (reading.start ? " _lastUpdated" : " search"), status,
                        now);
        list.erase(list.begin());
        // Days whose Appointments were not read have not been read.
        if (errand == Errand::window && type == "Appointment") list.clear();
        if (errand == Errand::changes && list.empty())
            state.changes_due = now + tuning::changes_every + jitter(now);
        if (errand == Errand::window && list.empty() && type != "Appointment")
            window_ended(now);
    }
    TRY(save());
    PullOutcome outcome;
    outcome.more = PullPlan::next(state) != Errand::none;
    return outcome;
}

void Puller::Inside::ended(Errand errand, const Reading& reading) {
    if (errand == Errand::changes) {
        // Pages that were not in order may show what is newer than what they lack.
        Instant most = parts.server->server_time();
        if (!reading.sorted && state.changes_began)
            most = std::min(most, *state.changes_began + tuning::overlap);
        if (reading.latest > Instant{})
            move_cursor(reading.type, std::min(reading.latest, most));
        // All of the server's until then has been seen: else a burst would be read
        // again each minute until something newer comes.
        if (parts.server->drift() && state.changes_began)
            move_cursor(reading.type, *state.changes_began);
    }
    if (errand == Errand::window && state.window_whole &&
        !state.cursors.contains(reading.type))
        state.cursors[reading.type] = *state.window_server_time;
}

void Puller::Inside::move_cursor(const std::string& type, Instant to) {
    auto& cursor = state.cursors[type];
    cursor = std::max(cursor, to);
}

/// What was not shown to us may be by now.
void Puller::Inside::want_missing() {
    state.wants.insert(state.wants.end(), state.missing.begin(), state.missing.end());
    state.missing.clear();
}

void Puller::Inside::window_ended(Instant now) {
    state.through = state.reading_to;
    if (!state.window_whole) return;
    state.afresh = false;
    // What the whole window did not show is asked for one by one.
    state.holding = state.deep = true;
    state.held_began = state.window_began;
    state.forms_of.clear();
    want_missing();
    if (!state.schedule_read) state.schedule_read = now;
}

// --- by id
// -------------------------------------------------------------------------------

/// Then each is read by its own address; or, of a type that we may not see, none.
Result<PullOutcome> Puller::Inside::ids_refused(const std::string& type, int status,
                                                Instant now) {
    if (is_absence(status)) return bad_answer();
    unsupported(type + (status == 403 ? " search" : " _id"), status, now);
    TRY(save());
    return PullOutcome{.more = true};
}

Result<PageResult> Puller::Inside::take(Store::Batch& batch, const Page& page,
                                        bool asked_for, Instant now) {
    PageIntake intake(*parts.store, batch,
                      {.site = parts.site,
                       .time = parts.time,
                       .now = now,
                       .asked_for = asked_for,
                       .afresh = state.afresh,
                       .missing = &state.missing});
    auto result = TRY(intake.take(page));
    for (const auto& each : result.wants)
        if (std::ranges::find(state.wants, each) == state.wants.end())
            state.wants.push_back(each);
    return result;
}

Result<PullOutcome> Puller::Inside::fetch_wanted(Instant now) {
    std::string type;
    std::vector<std::string> ids;
    for (const char* each : wanted_order) {
        for (const auto& label : state.wants)
            if (type_of(label) == each && ids.size() < std::size_t(tuning::ids_at_once))
                ids.push_back(id_of(label));
        if (ids.empty()) continue;
        type = each;
        break;
    }
    if (ids.empty()) {  // of no type that we ask for
        state.wants.clear();
        TRY(save());
        return PullOutcome{};
    }
    const bool one = !supports(type + " _id", now);
    if (one) ids.resize(1);
    const auto answer = one ? parts.server->read(type, ids.front())
                            : parts.server->search(search_by_ids(type, ids));
    if (const auto out = trouble(answer, type)) return *out;
    Page page;
    if (answer->good()) {
        auto read = read_page(answer->body, one);
        if (!read) return bad_answer();
        page = std::move(*read);
    } else if (!one && answer->status != 403) {
        return ids_refused(type, answer->status, now);
    }
    auto batch = TRY(parts.store->begin(now));
    const auto result = TRY(take(batch, page, true, now));
    for (const auto& id : ids) {
        const std::string label = reference(type, id);
        const bool shown = result.shown.contains(label);
        // A short page says nothing of what it has no room for.
        if (!shown && !page.next.empty() && !result.shown.empty()) continue;
        std::erase(state.wants, label);
        if (!shown) state.missing.insert(label);
    }
    return commit(std::move(batch), result);
}

Result<std::vector<Known>> Puller::Inside::next_chunk(Instant now) {
    const std::span<const char* const> types =
        state.deep ? std::span<const char* const>(held_deep) : held_often;
    for (const char* type : types) {
        if (!supports(std::string(type) + " search", now)) continue;
        auto chunk =
            TRY(parts.store->known(type, state.held_began, tuning::ids_at_once));
        if (!chunk.empty()) return chunk;
    }
    return std::vector<Known>();
}

Result<PullOutcome> Puller::Inside::reread_held(Instant now) {
    const auto chunk = TRY(next_chunk(now));
    if (chunk.empty()) {
        TRY(hold_ended(now));
        TRY(save());
        return PullOutcome{.more = PullPlan::next(state) != Errand::none};
    }
    const std::string type = chunk.front().type;
    std::vector<std::string> ids;
    for (const Known& each : chunk) ids.push_back(each.id);
    const auto doubt = [&](const std::string& id) {
        state.doubtful.push_back(type + "/" + id);
    };
    if (!supports(type + " _id", now)) {
        for (const auto& id : ids) doubt(id);
        TRY(save());
        return PullOutcome{.more = true};
    }
    const auto answer = parts.server->search(search_by_ids(type, ids));
    if (const auto out = trouble(answer, type)) return *out;
    if (!answer->good()) return ids_refused(type, answer->status, now);
    const auto page = read_page(answer->body);
    if (!page) return bad_answer();
    auto batch = TRY(parts.store->begin(now));
    const auto result = TRY(take(batch, *page, false, now));
    const bool short_page = !page->next.empty() && !result.shown.empty();
    for (const auto& id : ids)
        if (!short_page && !result.shown.contains(reference(type, id))) doubt(id);
    return commit(std::move(batch), result);
}

/// A search may leave out for many reasons; only a read says that it is gone.
Result<PullOutcome> Puller::Inside::fetch_doubtful(Instant now) {
    const std::string label = state.doubtful.front();
    const std::string type = type_of(label), id = id_of(label);
    const auto answer = parts.server->read(type, id);
    const bool hidden = answer && answer->status == 403;
    if (!hidden)
        if (const auto out = trouble(answer, type)) return *out;
    auto batch = TRY(parts.store->begin(now));
    PageResult result;
    if (answer->good()) {
        const auto page = read_page(answer->body, true);
        if (!page) return bad_answer();
        result = TRY(take(batch, *page, false, now));
    } else if (hidden || says_gone(*answer)) {
        TRY(batch.gone(type, id));
        result.gone = 1;
    } else if (auto known = TRY(parts.store->known_of(type, id))) {
        known->read = now;
        TRY(batch.saw(*known));
    }
    state.doubtful.erase(state.doubtful.begin());
    return commit(std::move(batch), result);
}

Result<void> Puller::Inside::hold_ended(Instant now) {
    state.holding = false;
    if (state.deep) state.schedule_read = now;
    want_missing();
    TRY(open_forms(now));
    state.deep = false;
    return {};
}

/// Forms and Consents of the patients of today and tomorrow: in full the first time and
/// after each night, then what changed.
Result<void> Puller::Inside::open_forms(Instant now) {
    const Date today = parts.time.day_of(now);
    const auto patients = TRY(parts.store->patient_ids_of(
        today, std::chrono::sys_days(today) + std::chrono::days(1)));
    std::vector<std::string> fresh, before;
    for (const auto& id : patients)
        (state.forms_of.contains(id) && state.forms_read ? before : fresh)
            .push_back(id);
    const auto add = [&](std::vector<Reading> readings) {
        for (auto& each : readings)
            if (std::ranges::find(state.forms, each) == state.forms.end())
                state.forms.push_back(std::move(each));
    };
    if (state.deep) {
        add(search_for_questionnaires(*parts.site));
        // Program hours are counted back over weeks (clinic/ledger.h).
        const auto window = schedule_window(parts.time, now);
        add(searches_for_attendance(
            *parts.site, TRY(parts.store->patient_ids_of(window.first, window.last)),
            parts.server->server_time() - tuning::attendance_back));
    }
    add(searches_for_patients(fresh, std::nullopt));
    if (state.forms_read)
        add(searches_for_patients(before, *state.forms_read - tuning::overlap));
    add({state.device.empty() ? search_for_device(*parts.site)
                              : search_for_tasks(state.device)});
    state.forms_of = {patients.begin(), patients.end()};
    state.forms_read = parts.server->server_time();
    return {};
}

/// Whether visits have begun whose patients are here. Read after the changes, which
/// show who has arrived.
Result<void> Puller::Inside::open_waits(Instant now) {
    // A clock that was put back must not put it off for long.
    if (now < state.waits_due && state.waits_due <= now + tuning::waits_every)
        return {};
    state.waits_due = now + tuning::waits_every;
    if (!supports("Encounter search", now)) return {};
    const auto asked = TRY(parts.store->not_known_begun(now, tuning::ids_at_once));
    if (!asked.empty()) state.forms.push_back(search_for_begun(asked));
    return {};
}

// --- steps
// -------------------------------------------------------------------------------

/// Another moment each minute and for each kiosk, and the same in every run (FNV-1a).
std::chrono::milliseconds Puller::Inside::jitter(Instant now) const {
    std::uint64_t hash = 14695981039346656037U;
    const auto mix = [&](std::uint64_t byte) { hash = (hash ^ byte) * 1099511628211U; };
    const std::string who = device_value(*parts.site) + parts.site->device_name;
    for (const char c : who) mix(static_cast<unsigned char>(c));
    mix(static_cast<std::uint64_t>(now.time_since_epoch() / std::chrono::minutes(1)));
    constexpr std::chrono::milliseconds most = tuning::changes_jitter;
    return std::chrono::milliseconds(hash % std::uint64_t(most.count()));
}

Result<PullOutcome> Puller::Inside::run(Errand errand, Instant now) {
    switch (errand) {
        case Errand::none:
            return PullOutcome{};
        case Errand::wanted:
            return fetch_wanted(now);
        case Errand::changes:
            return read_on(state.changes, errand, now);
        case Errand::window:
            return read_on(state.window, errand, now);
        case Errand::doubtful:
            return fetch_doubtful(now);
        case Errand::held:
            return reread_held(now);
        case Errand::forms:
            return read_on(state.forms, errand, now);
    }
    return PullOutcome{};
}

Puller::Puller(Parts parts) : inside_(std::make_unique<Inside>(parts)) {}
Puller::~Puller() = default;

Result<PullOutcome> Puller::step(Instant now) {
    TRY(inside_->load());
    inside_->plan.open(inside_->state, now);
    return inside_->run(PullPlan::next(inside_->state), now);
}

Result<Instant> Puller::next_due(Instant now) {
    TRY(inside_->load());
    inside_->plan.open(inside_->state, now);
    if (PullPlan::next(inside_->state) != Errand::none) return now;
    return inside_->plan.next_opening(inside_->state, now);
}

void Puller::hold_off(Instant until) {
    inside_->plan.held_not_before = until;
}

Result<void> Puller::read_all_again() {
    TRY(inside_->load());
    inside_->state.again = true;
    inside_->state.unsupported.clear();
    for (const char* type : {"Provenance", "Observation"})
        inside_->state.cursors.erase(type);  // today's from the beginning
    return inside_->save();
}

Result<std::optional<Instant>> Puller::schedule_read() {
    TRY(inside_->load());
    return inside_->state.schedule_read;
}

Result<PullFindings> pull_findings(Store& store) {
    PullFindings findings;
    if (const auto text = TRY(store.memo(pull_state_memo))) {
        const auto state = pull_state_from(*text);
        findings.missing = {state.missing.begin(), state.missing.end()};
        findings.schedule_read = state.schedule_read;
        for (const auto& [search, until] : state.unsupported)
            findings.unsupported.push_back(search);
    }
    const auto text = TRY(store.memo(pull_refused_memo));
    const auto list = nlohmann::json::parse(text.value_or("[]"), nullptr, false);
    if (list.is_array())
        for (const auto& each : list)
            if (each.is_string()) findings.refused.push_back(each.get<std::string>());
    return findings;
}

}  // namespace foyer
