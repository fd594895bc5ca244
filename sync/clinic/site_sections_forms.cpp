#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"

namespace foyer::site_file {

namespace {

/// true; false says nothing that leaving the key out does not.
std::optional<bool> yes(const Value& node) {
    const auto value = flag(node);
    return value && *value ? value : std::nullopt;
}

Result<FormRule> read_form_rule(Section section) {
    using std::chrono::days;
    constexpr int ten_years = 3650;
    FormRule rule;
    bool visit = false, once = false;
    days every{0}, expires{0};
    TRY(section.take("form", rule.form,
                     R"(a form's address or the last part of it, as "phq-9")",
                     text(one_line)));
    TRY(section.take("services", rule.services,
                     R"(what visits are for, as ["medication", "php"])",
                     list(service_named)));
    TRY(section.take("every_visit", visit, "true", yes));
    TRY(section.take("every_days", every, "days from 1 to 3650",
                     duration<days>(1, ten_years)));
    TRY(section.take("once", once, "true", yes));
    TRY(section.take("expires_days", expires, "days from 1 to 3650",
                     duration<days>(1, ten_years)));
    TRY(section.take("not_again_days", rule.not_again, "days from 1 to 3650",
                     duration<days>(1, ten_years)));
    TRY(section.finish());
    if (rule.form.empty()) return section.refuse(R"(write form = "...")");
    if (visit + once + (every > days(0)) + (expires > days(0)) != 1)
        return section.refuse(
            "write one of every_visit, every_days, once, expires_days");
    if (once) rule.when = FormRule::When::once;
    if (every > days(0)) rule.when = FormRule::When::every_days;
    if (expires > days(0)) rule.when = FormRule::When::expires;
    rule.days = every + expires;
    return rule;
}

Result<ClinicSafetyRule> read_safety_rule(Section section) {
    ClinicSafetyRule rule;
    int at_least = 0;
    bool any = false, answered_yes = false;
    TRY(section.take("form", rule.form,
                     R"(a form's address or the last part of it, as "phq-9")",
                     text(one_line)));
    TRY(section.take("link_id", rule.link_id, "the linkId of a question",
                     text(one_line)));
    TRY(section.take("at_least", at_least, "a number from 1 to 1000", whole(1, 1000)));
    TRY(section.take("yes", answered_yes, "true", yes));
    TRY(section.take("any", any, "true", yes));
    TRY(section.finish());
    if (rule.form.empty() || rule.link_id.empty())
        return section.refuse(R"(write form = "..." and link_id = "...")");
    if (any + answered_yes + (at_least > 0) != 1)
        return section.refuse("write one of at_least, yes, any");
    using When = ClinicSafetyRule::When;
    rule.when = any ? When::any : answered_yes ? When::yes : When::at_least;
    if (at_least > 0) rule.at_least = at_least;
    return rule;
}

bool folder(const std::string& value) {
    return value.empty() || value.starts_with('/');
}
bool alert_path(const std::string& value) {
    return value.empty() || value == "desk";
}

}  // namespace

Result<void> read_forms(Section forms, Site& into) {
    TRY(forms.take("directory", into.forms_directory,
                   R"(a folder from the root, as "/etc/foyer/forms", or nothing)",
                   text(folder)));
    TRY(forms.take("alert_path", into.alert_path, R"("desk" or nothing)",
                   text(alert_path)));
    const auto due = TRY(forms.sections("due"));
    for (const auto& section : due)
        into.form_rules.push_back(TRY(read_form_rule(section)));
    const auto safety = TRY(forms.sections("safety"));
    for (const auto& section : safety)
        into.safety_rules.push_back(TRY(read_safety_rule(section)));
    return forms.finish();
}

}  // namespace foyer::site_file
