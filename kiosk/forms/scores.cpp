#include "kiosk/forms/scores.h"

#include <algorithm>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

using fhirpath::Decimal;

std::vector<std::string> texts(const Element& element, std::string_view name) {
    std::vector<std::string> all;
    for (const Element* text : element.all(name)) all.emplace_back(text->text);
    return all;
}

Result<Decimal> number(const Element* element, const std::string& what) {
    if (element && element->kind == Element::Kind::number)
        if (const auto value = Decimal::parse(element->text)) return *value;
    return fail(Error::Code::bad_input, what + " is not a number");
}

Result<ScoreRule> read_score(const Element& from, const std::string& place) {
    ScoreRule rule;
    rule.form = from.text_of("form");
    rule.also = texts(from, "also");
    rule.code = from.text_of("code");
    rule.display = from.text_of("display");
    rule.items = texts(from, "items");
    rule.item_tokens = texts(from, "itemCodes");
    rule.loinc = from.text_of("loinc");
    rule.unit = from.text_of("unit");
    if (rule.form.empty() || rule.code.empty() || rule.items.empty())
        return fail(Error::Code::bad_input, place + " needs form, code and items");
    if (!rule.item_tokens.empty() && rule.item_tokens.size() != rule.items.size())
        return fail(Error::Code::bad_input,
                    place + ": itemCodes and items differ in number");
    if (const Element* coding = from.one("coding")) {
        rule.system = coding->text_of("system");
        rule.coding = coding->text_of("code");
    }
    if (const Element* weights = from.one("codeWeights"))
        for (const Field& weight : weights->fields)
            rule.weights.emplace(weight.name, TRY(number(weight.values.front(),
                                                         place + ".codeWeights")));
    for (const Element* band : from.all("bands")) {
        ScoreRule::Band made{TRY(number(band->one("from"), place + ".bands.from")),
                             TRY(number(band->one("to"), place + ".bands.to")),
                             std::string(band->text_of("code")),
                             {}};
        if (const Element* label = band->one("label"))
            for (const Field& said : label->fields)
                made.label.emplace(said.name, said.values.front()->text);
        rule.bands.push_back(std::move(made));
    }
    if (const Element* zero = from.one("zeroWhen")) {
        rule.zero_link_id = zero->text_of("linkId");
        rule.zero_token = zero->text_of("itemCode");
        rule.zero_answer = zero->text_of("answer");
    }
    for (const Element* item : from.all("itemObservations"))
        rule.observations.push_back({std::string(item->text_of("linkId")),
                                     std::string(item->text_of("itemCode")),
                                     std::string(item->text_of("loinc"))});
    return rule;
}

Result<SafetyRule> read_safety(const Element& from, const std::string& place) {
    SafetyRule rule;
    rule.form = from.text_of("form");
    rule.also = texts(from, "also");
    rule.rule = from.text_of("rule");
    rule.link_id = from.text_of("linkId");
    rule.token = from.text_of("itemCode");
    rule.level = from.text_of("level");
    rule.declined = from.text_of("declined");
    const Element* when = from.one("when");
    if (rule.rule.empty() || (rule.link_id.empty() && rule.token.empty()) || !when)
        return fail(Error::Code::bad_input, place + " needs rule, linkId and when");
    if (const Element* least = when->one("atLeast"))
        rule.at_least = TRY(number(least, place + ".when.atLeast"));
    rule.answers = texts(*when, "answers");
    rule.yes = when->one("boolean") && when->one("boolean")->is_true();
    rule.any = when->one("any") && when->one("any")->is_true();
    return rule;
}

bool has_code(const Element& element, std::string_view token) {
    return std::ranges::any_of(element.all("code"), [&](const Element* coding) {
        return token_of(*coding) == token;
    });
}

/// By canonical or by the form's own code.
bool is_form(const FormModel& form, const std::string& canonical,
             const std::vector<std::string>& also) {
    const std::string_view url =
        std::string_view(canonical).substr(0, canonical.find('|'));
    if (!form.url.empty() && form.url == url) return true;
    return std::ranges::any_of(also, [&](const std::string& token) {
        return has_code(*form.root, token) || form.url == token;
    });
}

/// An item by its linkId or its code. Codes also as linkIds, "/44250-9", as LHC-Forms
/// writes them.
int find_item(const FormModel& form, std::string_view link_id, std::string_view token) {
    if (!link_id.empty())
        if (const auto found = form.items_of(link_id); !found.empty())
            return found.front();
    if (token.empty()) return -1;
    for (const FormItem& item : form.items)
        if (item.is_question() && has_code(*item.element, token)) return item.index;
    const std::string_view code = token.substr(token.find('|') + 1);
    for (const FormItem& item : form.items) {
        std::string_view id = item.link_id;
        if (id.starts_with('/')) id.remove_prefix(1);
        if (id == code) return item.index;
    }
    return -1;
}

}  // namespace

std::string token_of(const Element& coding) {
    return std::string(coding.text_of("system")) + "|" +
           std::string(coding.text_of("code"));
}

Result<Scores> Scores::read(std::string_view json) {
    Elements home;
    const Element* root = TRY(read_json(json, home));
    Scores scores;
    int number_of = 0;
    for (const Element* score : root->all("scores")) {
        const std::string place = "scores[" + std::to_string(number_of++) + "]";
        scores.scores_.push_back(TRY(read_score(*score, place)));
    }
    number_of = 0;
    for (const Element* safety : root->all("safety")) {
        const std::string place = "safety[" + std::to_string(number_of++) + "]";
        scores.safety_.push_back(TRY(read_safety(*safety, place)));
    }
    return scores;
}

std::vector<ScoreOfForm> Scores::of(const FormModel& form) const {
    struct Found {
        ScoreOfForm score;
        bool by_name = false;
    };
    std::vector<Found> found;
    for (const ScoreRule& rule : scores_) {
        Found one{{&rule, {}, -1}, is_form(form, rule.form, rule.also)};
        for (std::size_t i = 0; i < rule.items.size(); ++i) {
            const std::string token =
                i < rule.item_tokens.size() ? rule.item_tokens[i] : std::string();
            const int item = find_item(form, rule.items[i], token);
            if (item >= 0) one.score.items.push_back(item);
        }
        if (one.score.items.size() != rule.items.size()) continue;
        if (!one.by_name && rule.item_tokens.empty()) continue;
        if (!rule.zero_answer.empty())
            one.score.zero_item = find_item(form, rule.zero_link_id, rule.zero_token);
        found.push_back(std::move(one));
    }
    std::vector<ScoreOfForm> scores;
    for (const Found& one : found) {
        const bool part_of_another =
            std::ranges::any_of(found, [&](const Found& other) {
                return other.score.items.size() > one.score.items.size() &&
                       std::ranges::all_of(one.score.items, [&](int item) {
                           return std::ranges::count(other.score.items, item) > 0;
                       });
            });
        if (one.by_name || !part_of_another) scores.push_back(one.score);
    }
    return scores;
}

std::vector<SafetyOfForm> Scores::safety_of(const FormModel& form) const {
    std::vector<SafetyOfForm> found;
    for (const SafetyRule& rule : safety_) {
        const bool named = rule.form.empty() || is_form(form, rule.form, rule.also);
        const int item =
            find_item(form, named ? rule.link_id : std::string(), rule.token);
        // An item about suicide is one in whatever form it stands.
        if (item >= 0) found.push_back({&rule, item});
    }
    return found;
}

std::optional<Decimal> weight_of_answer(const FormValue& answer,
                                        const std::vector<FormOption>& options,
                                        const ScoreRule* rule) {
    if (!answer.value) return {};
    if (const FormOption* option = option_for(options, answer);
        option && !option->weight.empty())
        return Decimal::parse(option->weight);
    if (const auto own = weight_of(*answer.value); !own.empty())
        return Decimal::parse(own);
    if (answer.type == "Coding" && rule)
        if (const auto found = rule->weights.find(token_of(*answer.value));
            found != rule->weights.end())
            return found->second;
    if (answer.type == "Integer" || answer.type == "Decimal")
        return Decimal::parse(answer.value->text);
    return {};
}

}  // namespace foyer
