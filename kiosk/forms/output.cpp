#include "kiosk/forms/output.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <uuid/uuid.h>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

using fhirpath::Decimal;

constexpr std::string_view loinc = "http://loinc.org";

/// Builds one Observation.
class Maker {
public:
    Maker(const ResponseHead& head, const Element* meta) : head_(head), meta_(meta) {}

    std::string observation(const Element* code, const FormValue& value,
                            const Element* interpretation) {
        Elements& e = home_;
        std::vector<Field> fields = {text("resourceType", "Observation")};
        if (meta_) fields.push_back(e.field("meta", meta_));
        fields.push_back(text("status", "final"));
        const std::array category = {e.object(std::array{
            e.list("coding", std::array{coding("http://terminology.hl7.org/CodeSystem/"
                                               "observation-category",
                                               "survey", "Survey")})})};
        fields.push_back(e.list("category", category));
        fields.push_back(e.field("code", code));
        if (!head_.subject.empty())
            fields.push_back(e.field(
                "subject", e.object(std::array{text("reference", head_.subject)})));
        fields.push_back(text("effectiveDateTime", head_.authored));
        fields.push_back(text("issued", head_.authored));
        fields.push_back(
            e.field(e.keep("value" + std::string(value.type)), value.value));
        if (interpretation)
            fields.push_back(e.list("interpretation", std::array{interpretation}));
        fields.push_back(e.list(
            "derivedFrom", std::array{e.object(std::array{text(
                               "reference", "QuestionnaireResponse/" + head_.id)})}));
        return write_json(*e.object(fields));
    }

    const Element* coding(std::string_view system, std::string_view code,
                          std::string_view display) {
        std::vector<Field> fields = {text("system", system), text("code", code)};
        if (!display.empty()) fields.push_back(text("display", display));
        return home_.object(fields);
    }
    const Element* concept_of(std::span<const Element* const> codings) {
        return home_.object(std::array{home_.list("coding", codings)});
    }
    const Element* text_only(std::string_view said) {
        return home_.object(std::array{text("text", said)});
    }
    Field text(std::string_view name, std::string_view said) {
        return home_.field(name, home_.string(said));
    }
    Elements& home() { return home_; }

private:
    const ResponseHead& head_;
    const Element* meta_;
    Elements home_;
};

/// What a questionnaire-unit says of a number.
void add_unit(const Element& unit, Elements& e, std::vector<Field>& fields) {
    const std::string_view code = unit.text_of("code");
    const std::string_view display = unit.text_of("display");
    if (!display.empty() || !code.empty())
        fields.push_back(e.field("unit", e.string(display.empty() ? code : display)));
    if (unit.text_of("system").empty() || code.empty()) return;
    fields.push_back(e.field("system", e.string(unit.text_of("system"))));
    fields.push_back(e.field("code", e.string(code)));
}

/// value[x] of an Observation has fewer types than an answer.
std::optional<FormValue> observed(const FormValue& answer, Maker& maker,
                                  const FormItem* question = nullptr) {
    Elements& e = maker.home();
    const bool has_unit = question && !question->units.empty();
    if (answer.type == "Coding")
        return FormValue{maker.concept_of(std::array{answer.value}), "CodeableConcept"};
    if (answer.type == "Decimal" || (answer.type == "Integer" && has_unit)) {
        std::vector<Field> fields = {e.field("value", e.number(answer.value->text))};
        if (has_unit) add_unit(*question->units.front().value, e, fields);
        return FormValue{e.object(fields), "Quantity"};
    }
    if (answer.type == "Date")
        return FormValue{e.string(answer.value->text), "DateTime"};
    if (answer.type == "Uri") return FormValue{answer.value, "String"};
    if (answer.type == "Attachment" || answer.type == "Reference") return {};
    return answer;
}

/// observationExtract of an item, or of what it lies in: the nearest that says so.
bool to_extract(const FormModel& form, const FormItem& item) {
    const FormItem* at = &item;
    while (!at->extract && at->parent >= 0)
        at = &form.items[static_cast<std::size_t>(at->parent)];
    return at->extract.value_or(form.extract);
}

}  // namespace

std::string instant_text(Instant at, std::chrono::minutes offset) {
    const auto moment = fhirpath::moment_of(at, static_cast<int>(offset.count()));
    const auto minutes = std::abs(offset.count());
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", moment.year,
                       moment.month, moment.day, moment.hour, moment.minute,
                       moment.second, offset.count() < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

std::string random_id() {
    uuid_t id;
    uuid_generate_random(id);
    std::array<char, 37> text{};
    uuid_unparse_lower(id, text.data());
    return text.data();
}

std::string write_response(const FormTree& tree, const ResponseHead& head) {
    Elements e;
    const auto text = [&](std::string_view name, std::string_view said) {
        return e.field(name, e.string(said));
    };
    const FormModel& form = tree.form();
    std::vector<Field> fields = {text("resourceType", "QuestionnaireResponse"),
                                 text("id", head.id)};
    if (const Element* meta = form.root->one("meta"); meta && form.part2)
        if (const Field* labels = meta->field("security"))
            fields.push_back(e.field("meta", e.object(std::array{*labels})));
    if (!head.language.empty()) fields.push_back(text("language", head.language));
    if (!form.url.empty())
        fields.push_back(text("questionnaire", form.version.empty()
                                                   ? form.url
                                                   : form.url + "|" + form.version));
    fields.push_back(text("status", head.status));
    if (!head.subject.empty())
        fields.push_back(
            e.field("subject", e.object(std::array{text("reference", head.subject)})));
    fields.push_back(text("authored", head.authored));
    if (!head.author.empty()) {
        const Field author =
            e.field("author", e.object(std::array{text("reference", head.author)}));
        fields.push_back(author);
    }
    if (const Field* items = tree.live().field("item")) fields.push_back(*items);
    return write_json(*e.object(fields));
}

Total total_of(const FormTree& tree, const ScoreOfForm& score) {
    Total total;
    total.rule = score.rule;
    total.of = static_cast<int>(score.items.size());
    std::optional<Decimal> sum = Decimal::of(0);
    bool weighed = true;
    for (const int index : score.items) {
        const auto& instances = tree.of(index);
        if (instances.empty() || !instances.front()->enabled) continue;
        const Instance& question = *instances.front();
        const auto answers = question.answers();
        if (answers.empty()) continue;
        ++total.answered;
        for (const FormValue& answer : answers) {
            const auto weight =
                weight_of_answer(answer, question.options(), score.rule);
            if (weight && sum)
                sum = fhirpath::add(*sum, *weight);
            else
                weighed = false;
        }
    }
    total.complete = total.answered == total.of && total.of > 0;
    if (!total.complete && score.zero_item >= 0 && !tree.of(score.zero_item).empty()) {
        const Instance& gate = *tree.of(score.zero_item).front();
        for (const FormValue& answer : gate.answers()) {
            const bool says_zero =
                gate.enabled &&
                (answer.type == "Coding"
                     ? token_of(*answer.value) == score.rule->zero_answer
                     : answer.value->text == score.rule->zero_answer);
            if (!says_zero) continue;
            total.complete = true;
            sum = Decimal::of(0);
        }
    }
    if (!total.complete || !weighed || !sum) {
        total.complete = total.complete && weighed && sum.has_value();
        return total;
    }
    total.value = sum->trimmed();
    for (const ScoreRule::Band& band : score.rule->bands)
        if (fhirpath::compare(*total.value, band.from) >= 0 &&
            fhirpath::compare(*total.value, band.to) <= 0)
            total.band = &band;
    return total;
}

std::vector<std::string> write_observations(const FormTree& tree,
                                            const std::vector<ScoreOfForm>& scores,
                                            const ResponseHead& head) {
    const FormModel& form = tree.form();
    Elements labels;
    const Element* meta = nullptr;
    if (form.part2)
        if (const Element* own = form.root->one("meta"))
            if (const Field* security = own->field("security"))
                meta = labels.object(std::array{*security});
    std::vector<std::string> made;
    std::vector<std::string> said;  // codes that have their Observation
    const auto fresh = [&](const std::string& token) {
        if (std::ranges::count(said, token) > 0) return false;
        said.push_back(token);
        return true;
    };
    for (const ScoreOfForm& score : scores) {
        const ScoreRule& rule = *score.rule;
        // Items that stand for themselves go first: they are what somebody waits for.
        for (const auto& one : rule.observations) {
            const std::string token = std::string(loinc) + "|" + one.loinc;
            for (std::size_t i = 0; i < score.items.size(); ++i) {
                if (rule.items[i] != one.link_id || tree.of(score.items[i]).empty())
                    continue;
                const Instance& question = *tree.of(score.items[i]).front();
                const auto answers = question.answers();
                if (!question.enabled || answers.empty() || !fresh(token)) continue;
                Maker maker(head, meta);
                const auto value = observed(answers.front(), maker);
                if (!value) continue;
                const Element* code = maker.concept_of(std::array{
                    maker.coding(loinc, one.loinc, question.item->text.base)});
                made.push_back(maker.observation(code, *value, nullptr));
            }
        }
        const Total total = total_of(tree, score);
        const std::string system =
            rule.loinc.empty() ? rule.system : std::string(loinc);
        const std::string code_text = rule.loinc.empty() ? rule.coding : rule.loinc;
        // Said even if incomplete, so that a partial sum never goes out as the total.
        const bool first = fresh(system + "|" + code_text);
        if (!total.value || !first) continue;
        Maker maker(head, meta);
        Elements& e = maker.home();
        const Element* code =
            maker.concept_of(std::array{maker.coding(system, code_text, rule.display)});
        std::vector<Field> quantity = {
            e.field("value", e.number(total.value->to_string()))};
        if (!rule.unit.empty()) {
            quantity.push_back(maker.text("unit", rule.unit));
            quantity.push_back(maker.text("system", "http://unitsofmeasure.org"));
            quantity.push_back(maker.text("code", rule.unit));
        }
        const Element* band = nullptr;
        if (total.band) {
            const auto english = total.band->label.find("en");
            band =
                maker.text_only(english == total.band->label.end() ? total.band->code
                                                                   : english->second);
        }
        made.push_back(maker.observation(code, {e.object(quantity), "Quantity"}, band));
    }
    tree.each([&](Instance& instance) {
        const FormItem& item = *instance.item;
        if (!item.is_question() || !instance.enabled || !to_extract(form, item)) return;
        const auto codes = item.element->all("code");
        if (codes.empty()) return;
        // What a score said is not said again; instances of a group speak for
        // themselves.
        for (const Element* code : codes)
            if (std::ranges::count(said, token_of(*code)) > 0) return;
        for (const FormValue& answer : instance.answers()) {
            Maker maker(head, meta);
            if (const auto value = observed(answer, maker, &item))
                made.push_back(
                    maker.observation(maker.concept_of(codes), *value, nullptr));
        }
    });
    return made;
}

}  // namespace foyer
