#include "kiosk/form_desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kiosk/assets.h"
#include "kiosk/form_copy.h"
#include "kiosk/forms/base64.h"
#include "kiosk/forms/catalog.h"
#include "kiosk/forms/extract.h"
#include "kiosk/forms/model.h"
#include "kiosk/forms/scores.h"
#include "kiosk/forms/session.h"
#include "kiosk/forms/walk.h"
#include "kiosk/signature.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/words.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/due.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using To = FormMove::To;

const char* what_of(SafetyAnswer::What what) {
    switch (what) {
        case SafetyAnswer::What::given:
            return "given";
        case SafetyAnswer::What::changed:
            return "changed";
        case SafetyAnswer::What::declined:
            return "declined";
        case SafetyAnswer::What::abandoned:
            return "abandoned";
    }
    return "";
}

Json json_of(const ItemPath& path) {
    Json steps = Json::array();
    for (const auto& step : path)
        steps.push_back({{"id", step.link_id}, {"at", step.index}, {"nth", step.nth}});
    return steps;
}

ItemPath path_from(const Json& json) {
    ItemPath path;
    if (json.is_array())
        for (const auto& step : json)
            path.push_back(
                {step.value("id", ""), step.value("at", 0), step.value("nth", 1)});
    return path;
}

/// The patient as a form's expressions may ask for them.
std::string resource_of(const Patient& patient) {
    Json name = Json::object();
    if (!patient.family.empty()) name["family"] = patient.family;
    if (!patient.given.empty()) name["given"] = {patient.given};
    Json resource = {{"resourceType", "Patient"}, {"id", patient.id}};
    if (!name.empty()) resource["name"] = Json::array({name});
    if (patient.born) resource["birthDate"] = format_date(*patient.born);
    if (!patient.phone.empty())
        resource["telecom"] =
            Json::array({{{"system", "phone"}, {"value", patient.phone}}});
    return resource.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string said(std::string_view language, std::string_view key,
                 const std::vector<std::pair<std::string, std::string>>& arguments) {
    Args args;
    for (const auto& [name, value] : arguments) args.push_back({name, value});
    return translate(language, std::string(key).c_str(), args);
}

/// The time of day behind the 'T' of a dateTime.
std::optional<std::chrono::minutes> minutes_in(std::string_view text) {
    const auto t = text.find('T');
    if (t == text.npos || text.size() < t + 6 || text[t + 3] != ':')
        return std::nullopt;
    const auto number = [&](std::size_t at) {
        return (text[t + at] - '0') * 10 + text[t + at + 1] - '0';
    };
    return std::chrono::hours(number(1)) + std::chrono::minutes(number(4));
}

/// A yes, a date, a time as people of the language say them.
std::string said_aloud(const ItemState& item, const AnswerState& answer,
                       const std::string& language) {
    const auto json = Json::parse(answer.json, nullptr, false);
    if (!json.is_object() || json.empty()) return answer.text;
    const auto& value = json.front();
    if (value.is_boolean())
        return translate(language, value.get<bool>() ? "form.yes" : "form.no");
    if (!value.is_string()) return answer.text;
    const auto text = value.get<std::string>();
    if (item.type == ItemType::date || item.type == ItemType::date_time) {
        const auto day = parse_date(std::string_view(text).substr(0, 10));
        if (!day) return answer.text;
        const auto words = full_date_words(language, *day);
        const auto minutes = minutes_in(text);
        return minutes ? words + ", " + time_words(language, *minutes) : words;
    }
    if (item.type == ItemType::time)
        if (const auto minutes = minutes_in("T" + text))
            return time_words(language, *minutes);
    return answer.text;
}

bool answered(const std::vector<ItemState>& items) {
    return std::ranges::any_of(items, [](const auto& item) {
        return is_asked(item) && (!item.answers.empty() || item.declined);
    });
}

}  // namespace

struct FormDesk::Inside {
    Parts parts;
    std::optional<FormCatalog> catalog;

    /// The form at hand.
    struct Filling {
        FormSession session;
        FormDraft draft = {};  ///< as it was saved last
        ItemPath place = {};   ///< an item of the page that is shown
        bool reviewing = false;
        bool whole = false;
        /// The page behind a hand-over that has not happened yet.
        std::optional<int> waiting = {};
        /// Told by the session and not in the store yet.
        std::vector<SafetyNote> safety = {};
    };
    /// The patient at the kiosk. On the heap, so that malloc overwrites it.
    struct Sitting {
        Alias patient;
        Patient who;
        std::vector<Service> visits, later;
        bool alone = false;            ///< one form and no other
        bool guardian_away = false;    ///< of a minor: what needs one is left out
        std::vector<std::string> due;  ///< urls, in order; the first is at hand
        int ended = 0;                 ///< how many of today's are behind them
        std::unique_ptr<Filling> filling;
        std::optional<FormCopy> copy;  ///< of what was signed last
    };
    std::unique_ptr<Sitting> sitting;

    Instant now() const { return parts.clock->now(); }
    Date today() const { return parts.time->day_of(now()); }

    /// How far the site's clock is ahead of UTC.
    std::chrono::minutes offset() const {
        const auto local = parts.time->local(now());
        const auto wall = std::chrono::sys_days(local.day) + local.minutes;
        return std::chrono::duration_cast<std::chrono::minutes>(
            wall - std::chrono::floor<std::chrono::minutes>(now()));
    }

    bool busy() const { return sitting && sitting->filling; }

    /// The items of the form at hand, with answers as people read them.
    std::vector<ItemState> items() const {
        const auto& session = sitting->filling->session;
        auto all = session.items();
        for (auto& item : all)
            for (auto& answer : item.answers)
                answer.text = said_aloud(item, answer, session.language());
        return all;
    }

    void open() {
        const bool waivers = std::ranges::any_of(
            parts.site->classes, [](const auto& rule) { return !rule.waiver.empty(); });
        if (catalog || (parts.site->form_rules.empty() && !waivers)) return;
        const auto begun = parts.clock->elapsed();
        catalog = FormCatalog::read(asset("forms"), parts.site->forms_directory,
                                    parts.site->safety_rules);
        log(events::forms_read, catalog->all().size(), catalog->refused().size(),
            parts.clock->elapsed() - begun);
    }

    // --- which forms -----------------------------------------------------------------

    bool alerts_heard() const {
        return !parts.site->alert_path.empty() && parts.link != nullptr &&
               parts.link->hears_alerts();
    }

    /// Whether a minor cannot fill it in by themselves (domain.md W8).
    bool needs_guardian(const std::string& url) const {
        const auto* entry = catalog ? catalog->find(url) : nullptr;
        if (entry == nullptr) return false;
        const auto& form = *entry->form;
        return form.has_mark("urn:foyer:consent") || form.signature_required() ||
               std::ranges::any_of(form.model().items, [](const FormItem& item) {
                   return item.part == "guardian" || item.signature;
               });
    }

    Result<std::vector<std::string>> due(const With& with) {
        if (sitting->alone) return sitting->due;
        auto all = TRY(due_by_rules(with));
        if (sitting->guardian_away)
            std::erase_if(all, [&](const auto& url) { return needs_guardian(url); });
        return all;
    }

    Result<std::vector<std::string>> due_by_rules(const With& with) {
        std::vector<LastAnswer> last;
        const auto done = TRY(with.store.forms_done(sitting->patient));
        for (const auto& form : done)
            last.push_back({form.form, parts.time->day_of(form.at),
                            form.status == FormEnd::Status::completed});
        auto lasting = parts.site->form_rules;
        std::erase_if(lasting, [](const FormRule& rule) {
            return rule.when == FormRule::When::every_visit;
        });
        const auto due_of = [&](bool heard) {
            const auto offered = catalog->offered(with.language, heard);
            auto all = due_forms(parts.site->form_rules, offered, sitting->visits, last,
                                 today());
            if (sitting->later.empty()) return all;
            for (auto& form :
                 due_forms(lasting, offered, sitting->later, last, today()))
                if (std::ranges::count(all, form) == 0) all.push_back(std::move(form));
            return all;
        };
        const auto all = due_of(true);
        if (alerts_heard()) return all;
        auto shown = due_of(false);
        if (shown.size() < all.size())
            log(events::forms_withheld, all.size() - shown.size());
        return shown;
    }

    bool seat(const Alias& patient, const With& with) {
        sitting.reset();
        open();
        if (!catalog) return false;
        auto who = with.store.patient(patient);
        if (!who) {
            log(events::form_failed, "finding", who.error().code);
            return false;
        }
        sitting = std::make_unique<Sitting>();
        sitting->patient = patient;
        sitting->who = std::move(*who);
        return true;
    }

    std::vector<FormOffer> welcome(const With& with) {
        auto now_due = due(with);
        if (!now_due) {
            log(events::form_failed, "finding", now_due.error().code);
            sitting.reset();
            return {};
        }
        sitting->due = std::move(*now_due);
        auto found = offers(with);
        if (found.empty()) sitting.reset();
        return found;
    }

    std::vector<FormOffer> offers(const With& with) {
        std::vector<FormOffer> offers;
        for (const auto& url : sitting->due) {
            const auto* entry = catalog->find(url);
            if (entry == nullptr) continue;
            const auto draft = with.store.draft_of(sitting->patient, url, today());
            offers.push_back({.canonical = url,
                              .title = entry->form->title(with.language),
                              .minutes = entry->minutes,
                              .begun = draft && draft->has_value()});
        }
        return offers;
    }

    Event offer(const With& with) {
        if (!sitting) return FormsOver{};
        if (auto now_due = due(with)) sitting->due = std::move(*now_due);
        auto forms = offers(with);
        if (forms.empty()) return FormsOver{};
        return FormsDue{std::move(forms)};
    }

    // --- beginning one ---------------------------------------------------------------

    static Event failed(Code::Value doing, const Error& error) {
        log(events::form_failed, doing, error.code);
        return FormFailed{error.code};
    }

    Result<void> begin(const With& with) {
        const auto& url = sitting->due.front();
        const auto* entry = catalog->find(url);
        if (entry == nullptr)
            return fail(Error::Code::not_found, "forms: it is not there any more");
        auto draft = TRY(with.store.draft_of(sitting->patient, url, today()));

        FormSession::Options options;
        options.language = with.language;
        options.now = now();
        options.offset_from_utc = offset();
        options.subject = resource_of(sitting->who);
        options.subject_reference = "Patient/" + sitting->who.id;
        options.author = options.subject_reference;
        options.words = said;
        if (draft) options.response = draft->response;
        auto started = FormSession::start(entry->form, catalog->scores(), options);
        if (!started && draft) {
            // The clinic changed the form since: what was answered is sent as it is.
            TRY(park(with.store, *draft, with.clock_quality));
            draft.reset();
            options.response.clear();
            started = FormSession::start(entry->form, catalog->scores(), options);
        }
        auto session = TRY(std::move(started));
        sitting->filling =
            std::make_unique<Filling>(Filling{.session = std::move(session)});
        auto& filling = *sitting->filling;
        filling.draft = {.patient = sitting->patient,
                         .patient_id = {},
                         .form = url,
                         .version = entry->form->version(),
                         .language = with.language,
                         .response = {},
                         .place = {},
                         .begun = now(),
                         .saved = now()};
        if (draft) {
            filling.draft.begun = draft->begun;
            const auto place = Json::parse(draft->place, nullptr, false);
            if (place.is_object()) {
                filling.place = path_from(place.value("item", Json::array()));
                filling.whole = place.value("whole", false);
            }
            // Whoever comes back may not be who answered the last page (domain.md W8).
            const auto pages = pages_of(items(), walk());
            const int page = shown(pages);
            if (!pages.empty() && pages[std::size_t(page)].part == "teen")
                filling.waiting = page;
        }
        return {};
    }

    // --- pages -----------------------------------------------------------------------

    WalkOptions walk() const {
        const auto& filling = *sitting->filling;
        return {.title = filling.session.form().title(filling.session.language()),
                .whole = filling.whole,
                .form_number = sitting->ended + 1,
                .forms = sitting->ended + int(sitting->due.size()),
                .utc_offset = int(offset().count())};
    }

    int shown(const std::vector<FormPage>& pages) const {
        const auto& filling = *sitting->filling;
        if (pages.empty() || filling.place.empty()) return 0;
        return page_with(pages, filling.session.items(), filling.place);
    }

    Event review(const std::vector<FormPage>& pages,
                 const std::vector<ItemState>& items) {
        auto& filling = *sitting->filling;
        filling.reviewing = true;
        const auto about = walk();
        return FormReviewShown{
            .title = about.title,
            .lines = review_of(pages, pages.empty() ? "" : pages.back().part),
            .can_finish = !first_problem(pages),
            .signature = needs_signature(filling.session.form(), items),
            .form_number = about.form_number,
            .forms = about.forms};
    }

    Event page(const std::vector<FormPage>& pages, int index, bool issues) {
        sitting->filling->reviewing = false;
        sitting->filling->place = place_of(pages[std::size_t(index)]);
        return FormPageShown{pages[std::size_t(index)], issues};
    }

    Event look(const FormMove& move, const With& with, bool issues = false) {
        auto& filling = *sitting->filling;
        const auto items = this->items();
        const auto pages = pages_of(items, walk());
        const int last = int(pages.size()) - 1;
        if (pages.empty()) return review(pages, items);
        if (filling.waiting && move.to != To::beyond) return FormPartEnded{true};
        const int here = shown(pages);
        switch (move.to) {
            case To::stay:
                if (filling.reviewing) return review(pages, items);
                return page(pages, here, issues);
            case To::next:
                if (has_problem(pages[std::size_t(here)]))
                    return page(pages, here, true);
                if (here == last) return review(pages, items);
                if (const auto teen = hand_over_to_teen(pages, here + 1)) {
                    filling.waiting = here + 1;
                    return FormPartEnded{*teen};
                }
                return page(pages, here + 1, false);
            case To::beyond:
                if (const auto to = std::exchange(filling.waiting, std::nullopt))
                    return page(pages, std::min(*to, last), false);
                return page(pages, here, false);
            case To::back:
                if (filling.reviewing) return page(pages, last, false);
                if (here == 0) return offer(with);
                // What was answered before the kiosk changed hands stays there.
                if (hand_over_to_teen(pages, here)) return page(pages, here, false);
                return page(pages, here - 1, false);
            case To::page: {
                const int to = std::clamp(move.page, 0, last);
                if (pages[std::size_t(to)].part != pages[std::size_t(last)].part)
                    return review(pages, items);
                return page(pages, to, false);
            }
            case To::whole:
                filling.whole = !filling.whole;
                return look({To::stay}, with);
        }
        return page(pages, here, issues);
    }

    // --- keeping it ------------------------------------------------------------------

    void speak(const With& with) {
        auto& session = sitting->filling->session;
        session.set_now(now());
        const auto& languages = session.form().languages();
        // Never a half translated form: it stays in the language it is whole in.
        if (session.language() != with.language &&
            std::ranges::count(languages, with.language) > 0)
            session.set_language(with.language);
    }

    void collect_safety() {
        auto& filling = *sitting->filling;
        for (auto& answer : filling.session.take_safety())
            filling.safety.push_back({answer.form, answer.rule, answer.level,
                                      what_of(answer.what), json_of(answer.path).dump(),
                                      std::move(answer.answer)});
    }

    Result<void> save(const With& with) {
        auto& filling = *sitting->filling;
        collect_safety();
        auto& draft = filling.draft;
        draft.language = filling.session.language();
        draft.response =
            filling.session.so_far(FormSession::Ending::in_progress).response;
        draft.place =
            Json{{"item", json_of(filling.place)}, {"whole", filling.whole}}.dump();
        draft.saved = now();
        TRY(with.store.save_draft(draft, filling.safety));
        filling.safety.clear();
        return {};
    }

    /// Saves, then shows; where an answer was not taken, says so.
    Event kept(const With& with, const FormMove& then, bool taken) {
        if (const auto saved = save(with); !saved)
            return failed("saving", saved.error());
        if (!taken) return look({}, with, true);
        return look(then, with);
    }

    Event save_answers(const SaveAnswers& order, const With& with) {
        bool taken = true;
        for (const auto& answer : order.answers) {
            const auto set = sitting->filling->session.set(answer.path, answer.values);
            taken = taken && set.has_value();
        }
        if (order.answers.empty()) return look(order.then, with);
        return kept(with, order.then, taken);
    }

    // --- pictures --------------------------------------------------------------------

    Event take_photo(const ItemPath& path, const With& with) {
        auto& session = sitting->filling->session;
        if (parts.camera == nullptr) return look({}, with, true);
        const auto photo = parts.camera->take();
        if (!photo) {
            log(events::camera_trouble, photo.error().code);
            return look({}, with, true);
        }
        std::vector<std::string> values;
        for (const auto& item : session.items())
            if (item.path == path && item.repeats)
                for (const auto& answer : item.answers) values.push_back(answer.json);
        const Json attachment = {{"contentType", photo->mime},
                                 {"data", base64(photo->bytes)},
                                 {"size", photo->bytes.size()},
                                 {"creation", format_instant(now())}};
        values.push_back(Json{{"valueAttachment", attachment}}.dump());
        return kept(with, {}, session.set(path, values).has_value());
    }

    // --- ending it -------------------------------------------------------------------

    FormDelivery delivery(const With& with, std::optional<FormSignature> signature) {
        const auto& draft = sitting->filling->draft;
        const auto at = format_instant(now());
        return {.unit = unit_id("form|" + draft.form + "|Patient/" + sitting->who.id +
                                "|" + at),
                .uuid = [](std::string_view act) { return unit_id(act); },
                .patient = sitting->who.id,
                .device = device_name(),
                .at = at,
                .clock_trusted = with.clock_quality == ClockQuality::trusted,
                .language = sitting->filling->session.language(),
                .signature = std::move(signature)};
    }

    std::string device_name() const {
        return parts.site->id + "/" + std::to_string(parts.site->device_index);
    }

    /// A waiver that was not agreed to.
    bool refused(const std::vector<ItemState>& items) const {
        return sitting->alone && decision_in(sitting->filling->session.form(), items) ==
                                     ConsentDecision::no;
    }

    Result<void> end(FormEnd::Status status, const FormOutput& output,
                     std::optional<FormSignature> signature, const With& with) {
        auto& filling = *sitting->filling;
        const auto& form = filling.session.form();
        collect_safety();
        const auto items = filling.session.items();
        const auto bundles =
            TRY(bundles_of(form, items, output, delivery(with, std::move(signature))));
        const bool consent = form.has_mark("urn:foyer:consent") ||
                             form.has_mark("urn:foyer:consent-withdrawal");
        FormEnd end{.patient = sitting->patient,
                    .form = filling.draft.form,
                    .version = filling.draft.version,
                    .status = refused(items) ? FormEnd::Status::declined : status,
                    .begun = filling.draft.begun,
                    .at = now(),
                    .units = {},
                    .safety = filling.safety};
        for (const auto& bundle : bundles)
            end.units.push_back({bundle.unit, consent ? Lane::consents : Lane::forms,
                                 bundle.json, bundle.after});
        return with.store.end_form(end);
    }

    Event ended(FormEnd::Status status, const FormOutput& output,
                std::optional<FormSignature> signature, const With& with) {
        const auto begun = parts.clock->elapsed();
        auto& filling = *sitting->filling;
        const auto title = walk().title;
        const bool was_signed = signature.has_value();
        auto copy = was_signed ? std::optional(copy_of(*signature)) : std::nullopt;
        if (const auto kept = end(status, output, std::move(signature), with); !kept) {
            const auto trouble = failed("ending", kept.error());
            // The session is over and cannot be ended twice; the draft stands.
            if (filling.session.finished()) sitting->filling.reset();
            return trouble;
        }
        log(events::form_kept, status, parts.clock->elapsed() - begun);
        sitting->copy = std::move(copy);
        sitting->filling.reset();
        sitting->due.erase(sitting->due.begin());
        ++sitting->ended;
        return FormKept{.title = title,
                        .stopped = status != FormEnd::Status::completed,
                        .signed_copy = was_signed,
                        .more = !sitting->due.empty()};
    }

    Event finish(std::optional<FormSignature> signature, const With& with) {
        auto output = sitting->filling->session.finish();
        if (!output) {
            const auto items = this->items();
            return review(pages_of(items, walk()), items);
        }
        return ended(FormEnd::Status::completed, *output, std::move(signature), with);
    }

    Event stop(const With& with) {
        const auto items = sitting->filling->session.items();
        const auto status =
            answered(items) ? FormEnd::Status::stopped : FormEnd::Status::declined;
        return ended(status,
                     sitting->filling->session.so_far(FormSession::Ending::stopped), {},
                     with);
    }

    FormCopy copy_of(const FormSignature& signature) const {
        const auto& session = sitting->filling->session;
        return {.clinic = parts.site->name,
                .title = session.form().title(session.language()),
                .version = session.form().version(),
                .language = session.language(),
                .signed_at = parts.time->local(now()),
                .items = items(),
                .signature_png = signature.png};
    }

    // --- another day's ---------------------------------------------------------------

    Result<void> park(Store& store, const FormDraft& draft, ClockQuality quality) {
        const auto* entry = catalog ? catalog->find(draft.form) : nullptr;
        const FormDelivery how{
            .unit = unit_id("draft|" + draft.form + "|Patient/" + draft.patient_id +
                            "|" + format_instant(draft.begun)),
            .uuid = [](std::string_view act) { return unit_id(act); },
            .patient = draft.patient_id,
            .device = device_name(),
            .at = format_instant(draft.saved),
            .clock_trusted = quality == ClockQuality::trusted,
            .language = draft.language,
            .signature = {}};
        // A form that is gone is marked as the strictest there is.
        const bool part2 = entry == nullptr || entry->form->part2();
        const auto bundle = TRY(bundle_of_draft(draft.response, part2, how));
        return store.park_draft(draft, {bundle.unit, Lane::forms, bundle.json, {}},
                                now());
    }

    void park_old(Store& store, ClockQuality quality) {
        const auto old = store.drafts_before(today());
        if (!old) return log(events::form_failed, "parking", old.error().code);
        if (!old->empty()) open();
        int parked = 0;
        for (const auto& draft : *old) {
            if (const auto sent = park(store, draft, quality))
                ++parked;
            else
                log(events::form_failed, "parking", sent.error().code);
        }
        if (parked > 0) log(events::drafts_parked, parked);
    }
};

FormDesk::FormDesk(Parts parts)
    : inside_(std::make_unique<Inside>(Inside{std::move(parts), {}, {}})) {}
FormDesk::~FormDesk() = default;

void FormDesk::open() {
    inside_->open();
}

std::vector<FormOffer> FormDesk::welcome(const Alias& patient,
                                         const std::vector<Service>& visits,
                                         const With& with, bool guardian_away) {
    if (!inside_->seat(patient, with)) return {};
    inside_->sitting->visits = visits;
    inside_->sitting->guardian_away = guardian_away;
    return inside_->welcome(with);
}

bool FormDesk::needs_guardian(const Alias& patient, const std::vector<Service>& visits,
                              const With& with) {
    const auto due = welcome(patient, visits, with);
    const bool any = std::ranges::any_of(due, [&](const FormOffer& offer) {
        return inside_->needs_guardian(offer.canonical);
    });
    forget();
    return any;
}

std::vector<FormOffer> FormDesk::my_forms(const Alias& patient,
                                          const std::vector<Service>& today,
                                          const std::vector<Service>& later,
                                          const With& with, bool guardian_away) {
    if (!inside_->seat(patient, with)) return {};
    inside_->sitting->guardian_away = guardian_away;
    inside_->sitting->visits = today;
    inside_->sitting->later = later;
    return inside_->welcome(with);
}

std::vector<FormOffer> FormDesk::ask_for(const Alias& patient, const std::string& form,
                                         const With& with) {
    if (!inside_->seat(patient, with)) return {};
    auto& sitting = *inside_->sitting;
    sitting.alone = true;
    for (const auto& url :
         inside_->catalog->offered(with.language, inside_->alerts_heard()))
        if (sitting.due.empty() && names_form(form, url)) sitting.due.push_back(url);
    return inside_->welcome(with);
}

Event FormDesk::carry(const OfferForms&, const With& with) {
    return inside_->offer(with);
}

Event FormDesk::carry(const OpenForm&, const With& with) {
    auto* sitting = inside_->sitting.get();
    if (sitting == nullptr || sitting->due.empty()) return FormsOver{};
    sitting->copy.reset();
    if (!sitting->filling || sitting->filling->draft.form != sitting->due.front())
        if (const auto begun = inside_->begin(with); !begun)
            return inside_->failed("beginning", begun.error());
    inside_->speak(with);
    return inside_->look({}, with);
}

Event FormDesk::carry(const SaveAnswers& order, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    return inside_->save_answers(order, with);
}

Event FormDesk::carry(const DeclineItem& order, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    const auto done = inside_->sitting->filling->session.decline(order.path);
    return inside_->kept(with, {}, done.has_value());
}

Event FormDesk::carry(const AddInstance& order, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    const auto made = inside_->sitting->filling->session.add(order.path);
    if (made) inside_->sitting->filling->place = *made;
    return inside_->kept(with, {}, made.has_value());
}

Event FormDesk::carry(const RemoveInstance& order, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    const auto done = inside_->sitting->filling->session.remove(order.path);
    return inside_->kept(with, {}, done.has_value());
}

Event FormDesk::carry(const TakePhoto& order, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    return inside_->take_photo(order.path, with);
}

Event FormDesk::carry(const FinishForm&, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    return inside_->finish({}, with);
}

Event FormDesk::carry(const SignForm& order, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    const bool drawn = !order.strokes.empty();
    auto png = drawn ? drawn_signature(order.strokes) : typed_signature(order.name);
    if (!png) return inside_->failed("signing", png.error());
    return inside_->finish(FormSignature{std::move(*png), drawn}, with);
}

Event FormDesk::carry(const StopForm&, const With& with) {
    if (!inside_->busy()) return FormsOver{};
    inside_->speak(with);
    return inside_->stop(with);
}

Event FormDesk::carry(const PrintCopy&, const With&) {
    const auto* sitting = inside_->sitting.get();
    if (sitting == nullptr || !sitting->copy) return CopyFailed{};
    const auto printed = [&]() -> Result<void> {
        if (inside_->parts.printer == nullptr)
            return fail(Error::Code::offline, "no printer is configured");
        return inside_->parts.printer->print(TRY(render_copy(*sitting->copy)));
    }();
    if (printed) return CopyPrinted{};
    log(events::printer_trouble, printed.error().code);
    return CopyFailed{};
}

std::optional<Alias> FormDesk::patient() const {
    if (!inside_->sitting) return std::nullopt;
    return inside_->sitting->patient;
}

void FormDesk::forget() {
    inside_->sitting.reset();
}

void FormDesk::park_old(Store& store, ClockQuality clock_quality) {
    inside_->park_old(store, clock_quality);
}

}  // namespace foyer
