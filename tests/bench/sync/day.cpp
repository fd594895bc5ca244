#include "tests/bench/sync/day.h"

#include "kiosk/forms/extract.h"
#include "sync/records/outbox.h"
#include "tests/support/forms.h"

namespace foyer::bench {

using namespace std::chrono_literals;

namespace {

void replace(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != text.npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// A PHQ-9 as it goes to the clinic; whose and when is filled in afterwards, which is
/// much quicker than filling in each.
class Forms {
public:
    explicit Forms(const std::string& device) {
        auto options = support::at_the_clinic();
        options.subject_reference = options.author = "Patient/" + nobody;
        auto session = must(FormSession::start(support::shipped("phq-9"),
                                               &support::shipped_scores(), options),
                            "the form");
        support::fill_in(session);
        const auto items = session.items();
        const auto output = session.finish();
        if (!output) give_up("the form cannot be finished");
        const auto bundles =
            must(bundles_of(session.form(), items, *output,
                            {.unit = unit,
                             .uuid = [](std::string_view act) { return unit_id(act); },
                             .patient = nobody,
                             .device = device,
                             .at = format_instant(SystemClock().now()),
                             .clock_trusted = true,
                             .language = "en",
                             .signature = {}}),
                 "the form's Bundle");
        if (bundles.size() != 1) give_up("the form is not one Bundle");
        bundle_ = bundles.front().json;
    }

    FormUnit of(const std::string& patient) const {
        FormUnit form;
        form.id = unit_id("form|" + patient);
        form.bundle = bundle_;
        replace(form.bundle, unit, form.id);
        replace(form.bundle, nobody, patient);
        return form;
    }

private:
    const std::string nobody = "nobody-at-all";
    const std::string unit = unit_id("form|of the bench");
    std::string bundle_;
};

}  // namespace

int visits_for(int units) {
    return units * 3 / 10;
}

int a_days_work(BenchKiosk& kiosk, const BenchClinic& clinic, int units) {
    Store& store = kiosk.store();
    const Forms forms(clinic.run() + "/0");
    const int visits = visits_for(units);
    std::vector<Alias> here;
    for (int i = 0; i < visits; ++i) {
        const auto visit = must(
            store.visit_of(clinic.appointment('a', i), clinic.patient(i)), "a visit");
        must(store.check_in(
                 {{visit.id}, {}, kiosk.clock().now(), ClockQuality::trusted}),
             "a check-in");
        here.push_back(visit.id);
        FormEnd end;
        end.patient = visit.patient;
        end.form = "https://foyer.health/forms/phq-9";
        end.version = "1.0.0";
        end.begun = kiosk.clock().now() - 3min;
        end.at = kiosk.clock().now();
        end.units = {forms.of(clinic.patient(i))};
        must(store.end_form(end), "a form");
        if (i % 3 != 2) {
            must(store.paperwork_done({visit.id}, kiosk.clock().now()), "paperwork");
            must(store.tell_desk({.reason = DeskReason::late,
                                  .at = kiosk.clock().now(),
                                  .visit = visit.id,
                                  .patient = visit.patient,
                                  .form = {}}),
                 "a note for the desk");
        }
    }
    return int(must(store.counts(kiosk.clock().now()), "counts").waiting_units);
}

std::string kind_of(const std::string& bundle) {
    const auto has = [&](const char* text) {
        return bundle.find(text) != std::string::npos;
    };
    if (has(R"("resourceType":"AuditEvent")")) return "audit";
    if (has(R"("resourceType":"Task")")) return "desk";
    if (has(R"("resourceType":"QuestionnaireResponse")")) return "form";
    if (has(R"("resourceType":"Device")")) return "device";
    return has("Paperwork is complete") ? "paperwork" : "check-in";
}

}  // namespace foyer::bench
