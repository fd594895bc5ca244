#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "kiosk/form_desk_inside.h"
#include "kiosk/forms/base64.h"
#include "platform/log.h"
#include "platform/log_events.h"

namespace foyer {

namespace {

using Json = nlohmann::json;

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

bool answered(const std::vector<ItemState>& items) {
    return std::ranges::any_of(items, [](const auto& item) {
        return is_asked(item) && (!item.answers.empty() || item.declined);
    });
}

}  // namespace

Event FormDesk::Inside::failed(Code::Value doing, const Error& error) {
    log(events::form_failed, doing, error.code);
    return FormFailed{error.code};
}

void FormDesk::Inside::collect_safety() {
    auto& filling = *sitting->filling;
    for (auto& answer : filling.session.take_safety())
        filling.safety.push_back({answer.form, answer.rule, answer.level,
                                  what_of(answer.what), json_of(answer.path).dump(),
                                  std::move(answer.answer)});
}

Result<void> FormDesk::Inside::save(const With& with) {
    auto& filling = *sitting->filling;
    collect_safety();
    auto& draft = filling.draft;
    draft.language = filling.session.language();
    draft.response = filling.session.so_far(FormSession::Ending::in_progress).response;
    draft.place =
        Json{{"item", json_of(filling.place)}, {"whole", filling.whole}}.dump();
    draft.saved = now();
    TRY(with.store.save_draft(draft, filling.safety));
    filling.safety.clear();
    return {};
}

Event FormDesk::Inside::kept(const With& with, const FormMove& then, bool taken) {
    if (const auto saved = save(with); !saved) return failed("saving", saved.error());
    if (!taken) return look({}, with, true);
    return look(then, with);
}

Event FormDesk::Inside::save_answers(const SaveAnswers& order, const With& with) {
    bool taken = true;
    for (const auto& answer : order.answers) {
        const auto set = sitting->filling->session.set(answer.path, answer.values);
        taken = taken && set.has_value();
    }
    if (order.answers.empty()) return look(order.then, with);
    return kept(with, order.then, taken);
}

Event FormDesk::Inside::take_photo(const ItemPath& path, const With& with) {
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

FormDelivery FormDesk::Inside::delivery(const With& with,
                                        std::optional<FormSignature> signature) {
    const auto& draft = sitting->filling->draft;
    const auto at = format_instant(now());
    return {.unit = unit_id("form|" + draft.form + "|Patient/" + sitting->who.id + "|" +
                            at),
            .uuid = [](std::string_view act) { return unit_id(act); },
            .patient = sitting->who.id,
            .device = device_name(),
            .at = at,
            .clock_trusted = with.clock_quality == ClockQuality::trusted,
            .language = sitting->filling->session.language(),
            .signature = std::move(signature)};
}

std::string FormDesk::Inside::device_name() const {
    return parts.site->id + "/" + std::to_string(parts.site->device_index);
}

bool FormDesk::Inside::refused(const std::vector<ItemState>& items) const {
    return sitting->alone &&
           decision_in(sitting->filling->session.form(), items) == ConsentDecision::no;
}

Result<void> FormDesk::Inside::end(FormEnd::Status status, const FormOutput& output,
                                   std::optional<FormSignature> signature,
                                   const With& with) {
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

Event FormDesk::Inside::ended(FormEnd::Status status, const FormOutput& output,
                              std::optional<FormSignature> signature,
                              const With& with) {
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

Event FormDesk::Inside::finish(std::optional<FormSignature> signature,
                               const With& with) {
    auto output = sitting->filling->session.finish();
    if (!output) {
        const auto items = this->items();
        return review(pages_of(items, walk()), items);
    }
    return ended(FormEnd::Status::completed, *output, std::move(signature), with);
}

Event FormDesk::Inside::stop(const With& with) {
    const auto items = sitting->filling->session.items();
    const auto status =
        answered(items) ? FormEnd::Status::stopped : FormEnd::Status::declined;
    return ended(status, sitting->filling->session.so_far(FormSession::Ending::stopped),
                 {}, with);
}

FormCopy FormDesk::Inside::copy_of(const FormSignature& signature) const {
    const auto& session = sitting->filling->session;
    return {.clinic = parts.site->name,
            .title = session.form().title(session.language()),
            .version = session.form().version(),
            .language = session.language(),
            .signed_at = parts.time->local(now()),
            .items = items(),
            .signature_png = signature.png};
}

Result<void> FormDesk::Inside::park(Store& store, const FormDraft& draft,
                                    ClockQuality quality) {
    const auto* entry = catalog ? catalog->find(draft.form) : nullptr;
    const FormDelivery how{
        .unit = unit_id("draft|" + draft.form + "|Patient/" + draft.patient_id + "|" +
                        format_instant(draft.begun)),
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
    return store.park_draft(draft, {bundle.unit, Lane::forms, bundle.json, {}}, now());
}

void FormDesk::Inside::park_old(Store& store, ClockQuality quality) {
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

}  // namespace foyer
