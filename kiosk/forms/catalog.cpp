#include "kiosk/forms/catalog.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "kiosk/forms/scores.h"
#include "kiosk/forms/session.h"
#include "kiosk/forms/walk.h"

namespace foyer {

namespace {

namespace fs = std::filesystem;

constexpr const char* scores_file = "scores.json";

Result<std::string> whole_file(const fs::path& path) {
    std::error_code unknown;
    const auto size = fs::file_size(path, unknown);
    if (unknown || size > json_limits::bytes)
        return fail(Error::Code::bad_input, "it is too large or cannot be read");
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file) return fail(Error::Code::bad_input, "it cannot be read");
    return text;
}

/// The json files of a folder by name; none if it cannot be looked into.
std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code ended;
    for (auto it = fs::directory_iterator(folder, ended);
         !ended && it != fs::directory_iterator(); it.increment(ended))
        if (it->path().extension() == ".json" && it->path().filename() != scores_file)
            files.push_back(it->path());
    std::ranges::sort(files);
    return files;
}

/// How long it takes when nothing is answered yet. A form whose expressions cannot be
/// begun with takes a minute.
int minutes_for(const std::shared_ptr<const Questionnaire>& form) {
    const auto session = FormSession::start(form, nullptr, {});
    return session ? minutes_of(session->items()) : 1;
}

/// Whether a form may be shown in a language. A clinic's own that is active and names
/// no language was put there to be asked: in the language it says it is in, or in any.
bool is_whole_in(const FormCatalog::Entry& entry, const std::string& language) {
    const auto& named = entry.form->languages();
    if (!named.empty() || !entry.own) return std::ranges::count(named, language) > 0;
    const auto& model = entry.form->model();
    if (model.root->text_of("status") != "active") return false;
    const auto same = [&](std::string_view tag) {
        return tag.substr(0, tag.find('-')) == language.substr(0, language.find('-'));
    };
    return model.language.empty() || same(model.language);
}

SafetyRule rule_of(const ClinicSafetyRule& said, const std::string& url) {
    SafetyRule rule;
    rule.form = url;
    rule.rule = "clinic/" + said.link_id;
    rule.link_id = said.link_id;
    if (said.at_least) rule.at_least = fhirpath::Decimal(*said.at_least);
    rule.yes = said.when == ClinicSafetyRule::When::yes;
    rule.any = said.when == ClinicSafetyRule::When::any;
    rule.level = "alert";
    rule.declined = "notify";
    return rule;
}

}  // namespace

FormCatalog::FormCatalog() = default;
FormCatalog::FormCatalog(FormCatalog&&) noexcept = default;
FormCatalog& FormCatalog::operator=(FormCatalog&&) noexcept = default;
FormCatalog::~FormCatalog() = default;

FormCatalog FormCatalog::read(const fs::path& shipped, const fs::path& own,
                              const std::vector<ClinicSafetyRule>& safety) {
    FormCatalog catalog;
    catalog.take_in(shipped, false);
    if (!own.empty()) catalog.take_in(own, true);

    const auto scores = [&]() -> Result<Scores> {
        const auto text = TRY(whole_file(shipped / scores_file));
        return Scores::read(text);
    }();
    if (!scores) {
        catalog.refused_.push_back({shipped / scores_file, scores.error().what});
        return catalog;
    }
    catalog.scores_ = std::make_unique<Scores>(*scores);
    catalog.find_safety(safety);
    return catalog;
}

void FormCatalog::take_in(const fs::path& folder, bool own) {
    for (const auto& file : files_of(folder)) {
        const auto form = [&]() -> Result<std::shared_ptr<const Questionnaire>> {
            const auto text = TRY(whole_file(file));
            auto read = TRY(Questionnaire::read(text));
            if (read->url().empty())
                return fail(Error::Code::bad_input, "it has no url");
            return read;
        }();
        if (!form) {
            refused_.push_back({file, form.error().what});
            continue;
        }
        Entry entry{*form, own, false, minutes_for(*form)};
        const auto same = std::ranges::find_if(entries_, [&](const Entry& other) {
            return other.form->url() == (*form)->url();
        });
        if (same == entries_.end())
            entries_.push_back(std::move(entry));
        else
            *same = std::move(entry);
    }
}

void FormCatalog::find_safety(const std::vector<ClinicSafetyRule>& rules) {
    for (auto& entry : entries_) {
        for (const auto& rule : rules)
            if (names_form(rule.form, entry.form->url()))
                scores_->add(rule_of(rule, entry.form->url()));
        entry.safety = !scores_->safety_of(entry.form->model()).empty();
    }
}

const FormCatalog::Entry* FormCatalog::find(std::string_view url) const {
    const auto found = std::ranges::find_if(
        entries_, [&](const Entry& entry) { return entry.form->url() == url; });
    return found == entries_.end() ? nullptr : &*found;
}

std::vector<std::string> FormCatalog::offered(const std::string& language,
                                              bool alerts_heard) const {
    std::vector<std::string> urls;
    if (!scores_) return urls;
    for (const auto& entry : entries_) {
        const bool about_patient = entry.form->mark("urn:foyer:about").empty();
        if (is_whole_in(entry, language) && about_patient &&
            (!entry.safety || alerts_heard))
            urls.push_back(entry.form->url());
    }
    return urls;
}

}  // namespace foyer
