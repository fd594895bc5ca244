#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kiosk/form_desk_inside.h"
#include "kiosk/forms/scores.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/words.h"

namespace foyer {

namespace {

using Json = nlohmann::json;
using To = FormMove::To;

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

}  // namespace

std::chrono::minutes FormDesk::Inside::offset() const {
    const auto local = parts.time->local(now());
    const auto wall = std::chrono::sys_days(local.day) + local.minutes;
    return std::chrono::duration_cast<std::chrono::minutes>(
        wall - std::chrono::floor<std::chrono::minutes>(now()));
}

std::vector<ItemState> FormDesk::Inside::items() const {
    const auto& session = sitting->filling->session;
    auto all = session.items();
    for (auto& item : all)
        for (auto& answer : item.answers)
            answer.text = said_aloud(item, answer, session.language());
    return all;
}

Result<void> FormDesk::Inside::begin(const With& with) {
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

WalkOptions FormDesk::Inside::walk() const {
    const auto& filling = *sitting->filling;
    return {.title = filling.session.form().title(filling.session.language()),
            .whole = filling.whole,
            .form_number = sitting->ended + 1,
            .forms = sitting->ended + int(sitting->due.size()),
            .utc_offset = int(offset().count())};
}

int FormDesk::Inside::shown(const std::vector<FormPage>& pages) const {
    const auto& filling = *sitting->filling;
    if (pages.empty() || filling.place.empty()) return 0;
    return page_with(pages, filling.session.items(), filling.place);
}

Event FormDesk::Inside::review(const std::vector<FormPage>& pages,
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

Event FormDesk::Inside::page(const std::vector<FormPage>& pages, int index,
                             bool issues) {
    sitting->filling->reviewing = false;
    sitting->filling->place = place_of(pages[std::size_t(index)]);
    return FormPageShown{pages[std::size_t(index)], issues};
}

Event FormDesk::Inside::look(const FormMove& move, const With& with, bool issues) {
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
            if (has_problem(pages[std::size_t(here)])) return page(pages, here, true);
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

void FormDesk::Inside::speak(const With& with) {
    auto& session = sitting->filling->session;
    session.set_now(now());
    const auto& languages = session.form().languages();
    // Never a half translated form: it stays in the language it is whole in.
    if (session.language() != with.language &&
        std::ranges::count(languages, with.language) > 0)
        session.set_language(with.language);
}

}  // namespace foyer
