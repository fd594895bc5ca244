#include "kiosk/form_desk.h"

#include <algorithm>
#include <utility>

#include "kiosk/form_desk_inside.h"
#include "kiosk/signature.h"
#include "platform/log.h"
#include "platform/log_events.h"

namespace foyer {

FormDesk::FormDesk(Parts parts)
    : inside_(std::make_unique<Inside>(Inside{parts, {}, {}})) {}
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
    auto png = signature_png(order.strokes, order.name);
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
