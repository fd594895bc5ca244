#include <algorithm>
#include <utility>

#include "kiosk/assets.h"
#include "kiosk/form_desk_inside.h"
#include "platform/log.h"
#include "platform/log_events.h"
#include "sync/clinic/due.h"

namespace foyer {

void FormDesk::Inside::open() {
    const bool waivers = std::ranges::any_of(
        parts.site->classes, [](const auto& rule) { return !rule.waiver.empty(); });
    if (catalog || (parts.site->form_rules.empty() && !waivers)) return;
    const auto begun = parts.clock->elapsed();
    catalog = FormCatalog::read(asset("forms"), parts.site->forms_directory,
                                parts.site->safety_rules);
    log(events::forms_read, catalog->all().size(), catalog->refused().size(),
        parts.clock->elapsed() - begun);
}

bool FormDesk::Inside::alerts_heard() const {
    return !parts.site->alert_path.empty() && parts.link != nullptr &&
           parts.link->hears_alerts();
}

bool FormDesk::Inside::needs_guardian(const std::string& url) const {
    const auto* entry = catalog ? catalog->find(url) : nullptr;
    if (entry == nullptr) return false;
    const auto& form = *entry->form;
    return form.has_mark("urn:foyer:consent") || form.signature_required() ||
           std::ranges::any_of(form.model().items, [](const FormItem& item) {
               return item.part == "guardian" || item.signature;
           });
}

Result<std::vector<std::string>> FormDesk::Inside::due(const With& with) {
    if (sitting->alone) return sitting->due;
    auto all = TRY(due_by_rules(with));
    if (sitting->guardian_away)
        std::erase_if(all, [&](const auto& url) { return needs_guardian(url); });
    return all;
}

Result<std::vector<std::string>> FormDesk::Inside::due_by_rules(const With& with) {
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
        auto all =
            due_forms(parts.site->form_rules, offered, sitting->visits, last, today());
        if (sitting->later.empty()) return all;
        for (auto& form : due_forms(lasting, offered, sitting->later, last, today()))
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

bool FormDesk::Inside::seat(const Alias& patient, const With& with) {
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

std::vector<FormOffer> FormDesk::Inside::welcome(const With& with) {
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

std::vector<FormOffer> FormDesk::Inside::offers(const With& with) {
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

Event FormDesk::Inside::offer(const With& with) {
    if (!sitting) return FormsOver{};
    if (auto now_due = due(with)) sitting->due = std::move(*now_due);
    auto forms = offers(with);
    if (forms.empty()) return FormsOver{};
    return FormsDue{std::move(forms)};
}

}  // namespace foyer
