#include "tests/support/forms.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "kiosk/commands/read_file.h"
#include "sync/clinic/site_time.h"

namespace foyer::support {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const std::string& why) {
    std::cerr << why << '\n';
    std::abort();
}

/// Values that may fit the question, as FormSession::set takes them, likely ones first.
std::vector<std::string> values_for(const ItemState& item) {
    using Values = std::vector<std::string>;
    const auto number = [&](const char* otherwise) {
        return Values{item.min_value.empty() ? std::string(otherwise) : item.min_value};
    };
    const std::string long_enough(static_cast<std::size_t>(item.min_length.value_or(3)),
                                  'a');
    switch (item.type) {
        case ItemType::boolean:
            return {"true"};
        case ItemType::decimal:
            return number("1.5");
        case ItemType::integer:
            return number("2");
        case ItemType::quantity:
            return {"70"};
        case ItemType::date:
            return {R"("2026-12-01")", R"("1990-05-17")", R"("2027-06-01")"};
        case ItemType::date_time:
            return {R"("2026-12-01T10:30")"};
        case ItemType::time:
            return {R"("10:30")"};
        case ItemType::url:
            return {R"("https://clinic.example/")"};
        case ItemType::reference:
            return {R"("Practitioner/amara")"};
        case ItemType::attachment:
            return {R"({"contentType":")" +
                    (item.mime_types.empty() ? "image/png" : item.mime_types.front()) +
                    R"(","data":"iVBORw0KGgo=","title":"photo"})"};
        case ItemType::choice:
        case ItemType::open_choice:
            if (!item.options.empty()) return {item.options.front().json};
            return {R"("something")"};
        case ItemType::string:
        case ItemType::text:
            return {'"' + long_enough + '"', R"("2000")", R"("555 123 4567")",
                    R"("ada@clinic.example")", R"("12345")"};
        case ItemType::group:
        case ItemType::display:
            break;
    }
    return {};
}

bool is_wrong(const FormSession& session, const ItemPath& path) {
    for (const FormIssue& issue : session.issues())
        if (issue.path == path && issue.severity == FormIssue::Severity::error)
            return true;
    return false;
}

}  // namespace

std::optional<fs::path> shared_folder() {
    const char* given = std::getenv("FOYER_SHARED");
    const fs::path folder =
        given ? fs::path(given) : fs::path(FOYER_SOURCE_DIR) / ".." / "shared";
    if (!fs::is_directory(folder / "fhir")) return {};
    return folder;
}

std::string text_of(const fs::path& file) {
    const auto text = read_file(file);
    if (!text) give_up(text.error().what);
    return *text;
}

std::shared_ptr<const Questionnaire> form_of(const std::string& items,
                                             const std::string& more) {
    auto form = Questionnaire::read(
        R"({"resourceType":"Questionnaire","url":"https://clinic.example/f","status":"active",)" +
        more + R"("item":[)" + items + "]}");
    if (!form) give_up(form.error().what);
    return *form;
}

std::shared_ptr<const Questionnaire> form_file(const fs::path& file) {
    auto form = read_form_file(file);
    if (!form) give_up(form.error().what);
    return *form;
}

std::shared_ptr<const Questionnaire> shipped(const std::string& name) {
    return form_file(fs::path(FOYER_SOURCE_DIR) / "assets/forms" / (name + ".json"));
}

const Scores& shipped_scores() {
    static const Scores scores = [] {
        auto read = Scores::read(
            text_of(fs::path(FOYER_SOURCE_DIR) / "assets/forms/scores.json"));
        if (!read) give_up(read.error().what);
        return *read;
    }();
    return scores;
}

FormSession::Options at_the_clinic() {
    FormSession::Options options;
    options.now = *parse_instant("2026-11-23T10:00:00-05:00");
    options.offset_from_utc = std::chrono::hours(-5);
    return options;
}

ItemState item(const FormSession& session, const std::string& link_id) {
    for (ItemState& state : session.items())
        if (state.path.back().link_id == link_id) return std::move(state);
    give_up("there is no item " + link_id);
}

std::string answers(const FormSession& session, const std::string& link_id) {
    std::string all;
    for (const AnswerState& answer : item(session, link_id).answers)
        all += (all.empty() ? "" : ",") + answer.json;
    return all;
}

std::vector<std::string> fill_in(FormSession& session) {
    std::set<std::string> refused;
    for (int round = 0; round < 50; ++round) {
        bool answered = false;
        for (const ItemState& state : session.items()) {
            const auto values = values_for(state);
            const std::string& id = state.path.back().link_id;
            if (!state.enabled || state.read_only || !state.answers.empty() ||
                values.empty() || refused.contains(id))
                continue;
            bool right = false;
            for (const std::string& value : values)
                if (!right && session.set(state.path, {value}))
                    right = !is_wrong(session, state.path);
            if (right)
                answered = true;
            else
                refused.insert(id);
        }
        if (!answered) break;
    }
    return {refused.begin(), refused.end()};
}

}  // namespace foyer::support
