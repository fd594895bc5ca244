#include "kiosk/forms/extract.h"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "kiosk/forms/base64.h"
#include "kiosk/forms/element.h"
#include "kiosk/forms/model.h"

namespace foyer {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* act_code = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr const char* confidentiality =
    "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
constexpr const char* scope_system =
    "http://terminology.hl7.org/CodeSystem/consentscope";
/// Entries a server takes in one transaction when some are conditional (sync.md).
constexpr std::size_t most_entries = 8;

std::string dumped(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The item of the form behind a state; null if there is none.
const FormItem* item_of(const Questionnaire& form, const ItemState& state) {
    if (state.path.empty()) return nullptr;
    const auto& step = state.path.back();
    for (const int index : form.model().items_of(step.link_id))
        if (form.model().items[std::size_t(index)].nth == step.nth)
            return &form.model().items[std::size_t(index)];
    return nullptr;
}

bool marked(const FormItem* item, std::string_view url) {
    if (item == nullptr || item->element == nullptr) return false;
    const auto* mark = item->element->extension(url);
    return mark != nullptr && mark->text_of("valueBoolean") != "false";
}

/// The values of the first enabled and answered item that `fits`.
template <class Fits>
const ItemState* answered(const Questionnaire& form,
                          const std::vector<ItemState>& items, Fits fits) {
    for (const auto& item : items)
        if (item.enabled && !item.answers.empty() && fits(item, item_of(form, item)))
            return &item;
    return nullptr;
}

/// The value within {"valueX": ...}.
Json value_in(const AnswerState& answer) {
    const auto json = Json::parse(answer.json, nullptr, false);
    if (!json.is_object()) return {};
    for (const auto& [name, value] : json.items())
        if (name.starts_with("value")) return value;
    return {};
}

/// R4 resources of one delivery.
class Maker {
public:
    Maker(const Questionnaire* form, bool part2, const FormDelivery& how)
        : form_(form), part2_(part2), how_(how) {}

    struct Made {
        std::string role, type, json;
    };

    std::string full_url(std::string_view role) const {
        return "urn:uuid:" + how_.uuid("entry|" + how_.unit + "|" + std::string(role));
    }
    std::string key(std::string_view role) const {
        return how_.unit + "/" + std::string(role);
    }
    Json identifier(std::string_view role) const {
        return {{"system", "urn:foyer:op"}, {"value", key(role)}};
    }
    Json patient() const { return {{"reference", "Patient/" + how_.patient}}; }
    Json device() const {
        return {
            {"type", "Device"},
            {"identifier", {{"system", "urn:foyer:device"}, {"value", how_.device}}}};
    }

    /// Tags and labels; an empty object if there are none.
    Json meta(bool tagged, std::string_view role) const {
        Json meta = Json::object();
        if (part2_)
            meta["security"] =
                Json::array({{{"system", act_code}, {"code", "42CFRPart2"}},
                             {{"system", confidentiality}, {"code", "R"}}});
        Json tags = Json::array();
        if (tagged) tags.push_back({{"system", "urn:foyer:op"}, {"code", key(role)}});
        if (!how_.clock_trusted)
            tags.push_back({{"system", "urn:foyer:clock"}, {"code", "untrusted"}});
        if (!tags.empty()) meta["tag"] = std::move(tags);
        return meta;
    }

    /// A resource that the session wrote, digits as they are, with what the delivery
    /// adds put in the place of what it had of it.
    Result<Made> adopt(std::string role, std::string_view json, std::string_view type,
                       Json more) const {
        Elements elements;
        const Element* given = TRY(read_json(json, elements));
        if (given->text_of("resourceType") != type)
            return fail(Error::Code::bad_input, "forms: not a resource of the kind");
        if (auto all = meta(false, role); !all.empty()) more["meta"] = std::move(all);
        const Element* added = TRY(read_json(dumped(more), elements));
        std::vector<Field> fields;
        for (const auto& field : given->fields)
            if (field.name != "id" && added->field(field.name) == nullptr)
                fields.push_back(field);
        fields.insert(fields.end(), added->fields.begin(), added->fields.end());
        return Made{std::move(role), std::string(type),
                    write_json(*elements.object(fields))};
    }

    Made consent(bool agreed, const std::vector<ItemState>& items) const {
        Json json = {{"resourceType", "Consent"}};
        if (auto all = meta(false, "consent"); !all.empty()) json["meta"] = all;
        json["identifier"] = Json::array({identifier("consent")});
        json["status"] = agreed ? "active" : "rejected";
        json["scope"] = codings(true);
        json["category"] = Json::array({codings(false)});
        json["patient"] = patient();
        json["dateTime"] = how_.at;
        json["performer"] = Json::array({patient()});
        json["sourceReference"] = {{"reference", full_url("response")}};
        json["policyRule"] = {{"coding", Json::array({policy(agreed)})}};
        // Nobody of the clinic has looked at it yet (domain.md W2).
        json["verification"] = Json::array({{{"verified", false}}});
        if (agreed) {
            Json period = {{"start", how_.at}};
            if (auto end = expiry(items); !end.empty()) period["end"] = end;
            json["provision"] = {{"period", period}};
        }
        return {"consent", "Consent", dumped(json)};
    }

    /// The consents that a patient takes back are known to the server alone: somebody
    /// there ends them.
    Made withdrawal(const std::vector<ItemState>& items) const {
        Json json = {{"resourceType", "Task"}};
        if (auto all = meta(false, "withdrawal"); !all.empty()) json["meta"] = all;
        json["identifier"] = Json::array({identifier("withdrawal")});
        json["status"] = "requested";
        json["intent"] = "order";
        json["priority"] = "asap";
        json["code"] = {{"text", "Withdraw consents"}};
        json["focus"] = {{"reference", full_url("response")}};
        json["for"] = patient();
        json["authoredOn"] = how_.at;
        json["requester"] = patient();
        Json inputs = Json::array();
        for (const auto& item : items) {
            if (!item.enabled) continue;
            for (const auto& answer : item.answers)
                if (const auto value = value_in(answer);
                    value.is_object() && value.value("system", "").ends_with("/forms"))
                    inputs.push_back(
                        {{"type", {{"text", "form"}}},
                         {"valueCanonical",
                          value.value("system", "") + "/" + value.value("code", "")}});
        }
        if (!inputs.empty()) json["input"] = std::move(inputs);
        return {"withdrawal", "Task", dumped(json)};
    }

    Made provenance(const std::vector<std::string>& roles,
                    const std::vector<ItemState>& items) const {
        Json json = {{"resourceType", "Provenance"}};
        json["meta"] = meta(true, "provenance");
        json["target"] = Json::array();
        for (const auto& role : roles)
            json["target"].push_back({{"reference", full_url(role)}});
        json["recorded"] = how_.at;
        const auto who = signer(items);
        json["agent"] = {agent("author", who), agent("assembler", device())};
        if (who != patient()) json["agent"][0]["onBehalfOf"] = patient();
        if (form_ != nullptr) json["entity"] = Json::array({text_shown()});
        if (how_.signature) json["signature"] = Json::array({signature(who)});
        return {"provenance", "Provenance", dumped(json)};
    }

    /// `made` as one Bundle.
    FormBundle bundle(const std::vector<Made>& made, std::string unit,
                      std::string after) const {
        std::string json = R"({"resourceType":"Bundle","type":"transaction","entry":[)";
        for (const auto& one : made) {
            const bool by_tag = one.type == "Provenance";
            const Json request = {
                {"method", "POST"},
                {"url", one.type},
                {"ifNoneExist", std::string(by_tag ? "_tag" : "identifier") +
                                    "=urn:foyer:op|" + key(one.role)}};
            if (&one != &made.front()) json += ',';
            json += R"({"fullUrl":")" + full_url(one.role) + R"(","resource":)" +
                    one.json + R"(,"request":)" + dumped(request) + "}";
        }
        return {std::move(unit), json + "]}", std::move(after)};
    }

private:
    Json signature(const Json& who) const {
        const Json author = {{"system", "urn:iso-astm:E1762-95:2013"},
                             {"code", "1.2.840.10065.1.12.1.1"},
                             {"display", "Author's Signature"}};
        return {{"type", Json::array({author})},
                {"when", how_.at},
                {"who", who},
                {"targetFormat", "application/fhir+json"},
                {"sigFormat", "image/png"},
                {"data", base64(how_.signature->png)}};
    }

    static Json agent(const char* type, const Json& who) {
        const Json role = {
            {"system",
             "http://terminology.hl7.org/CodeSystem/provenance-participant-type"},
            {"code", type}};
        return {{"type", {{"coding", Json::array({role})}}}, {"who", who}};
    }

    /// Which text was read, in which version and language.
    Json text_shown() const {
        std::string canonical = form_->url();
        if (!form_->version().empty()) canonical += "|" + form_->version();
        const Json language = {{"url", "urn:foyer:language"},
                               {"valueCode", how_.language}};
        Json what = {
            {"type", "Questionnaire"},
            {"identifier", {{"system", "urn:ietf:rfc:3986"}, {"value", canonical}}}};
        if (const auto title = form_->title(how_.language); !title.empty())
            what["display"] = title;
        return {{"extension", Json::array({language})},
                {"role", "source"},
                {"what", std::move(what)}};
    }

    /// Who signs: the patient, or whom the form names as their representative.
    Json signer(const std::vector<ItemState>& items) const {
        if (form_ == nullptr) return patient();
        const auto* name =
            answered(*form_, items, [](const ItemState& item, const FormItem*) {
                return item.path.back().link_id.ends_with("representative-name");
            });
        if (name == nullptr) return patient();
        return {{"type", "RelatedPerson"}, {"display", name->answers.front().text}};
    }

    /// The scope, or the categories, that the form names for its Consent.
    Json codings(bool scope) const {
        Json all = Json::array();
        const auto* mark = form_->model().root->extension("urn:foyer:consent");
        const auto* concept_ = mark ? mark->one("valueCodeableConcept") : nullptr;
        if (concept_ != nullptr)
            for (const Element* coding : concept_->all("coding"))
                if ((coding->text_of("system") == scope_system) == scope) {
                    Json one = Json::object();
                    for (const char* name : {"system", "code", "display"})
                        if (const auto text = coding->text_of(name); !text.empty())
                            one[name] = std::string(text);
                    all.push_back(std::move(one));
                }
        if (all.empty() && scope)
            all.push_back({{"system", scope_system}, {"code", "patient-privacy"}});
        if (all.empty())
            all.push_back({{"system", "http://loinc.org"}, {"code", "59284-0"}});
        return {{"coding", std::move(all)}};
    }

    Json policy(bool agreed) const {
        if (part2_) return {{"system", act_code}, {"code", "42CFRPart2"}};
        return {{"system", act_code}, {"code", agreed ? "OPTIN" : "OPTOUT"}};
    }

    /// The date after which the consent no longer holds; empty: none was set.
    std::string expiry(const std::vector<ItemState>& items) const {
        const auto* date =
            answered(*form_, items, [](const ItemState&, const FormItem* item) {
                return marked(item, "urn:foyer:consent-expiry");
            });
        if (date != nullptr)
            if (const auto value = value_in(date->answers.front()); value.is_string())
                return value.get<std::string>();
        return {};
    }

    const Questionnaire* form_;
    bool part2_;
    const FormDelivery& how_;
};

}  // namespace

ConsentDecision decision_in(const Questionnaire& form,
                            const std::vector<ItemState>& items) {
    const auto* decision =
        answered(form, items, [](const ItemState&, const FormItem* item) {
            return marked(item, "urn:foyer:consent-decision");
        });
    if (decision == nullptr) return ConsentDecision::none;
    const auto value = value_in(decision->answers.front());
    if (!value.is_boolean()) return ConsentDecision::none;
    return value.get<bool>() ? ConsentDecision::yes : ConsentDecision::no;
}

bool needs_signature(const Questionnaire& form, const std::vector<ItemState>& items) {
    if (form.signature_required() &&
        form.model().root->extension(
            "http://hl7.org/fhir/StructureDefinition/questionnaire-"
            "signatureRequired") != nullptr)
        return true;
    return std::ranges::any_of(items, [&](const auto& state) {
        const auto* item = item_of(form, state);
        return state.enabled && item != nullptr && item->signature;
    });
}

Result<std::vector<FormBundle>> bundles_of(const Questionnaire& form,
                                           const std::vector<ItemState>& items,
                                           const FormOutput& output,
                                           const FormDelivery& how) {
    const Maker maker(&form, form.part2(), how);
    std::vector<Maker::Made> made;
    made.push_back(TRY(maker.adopt("response", output.response, "QuestionnaireResponse",
                                   {{"identifier", maker.identifier("response")}})));
    std::vector<std::string> told = {"response"};

    const auto decision = decision_in(form, items);
    if (decision != ConsentDecision::none && form.has_mark("urn:foyer:consent")) {
        made.push_back(maker.consent(decision == ConsentDecision::yes, items));
        told.emplace_back("consent");
    }
    if (decision == ConsentDecision::yes &&
        form.has_mark("urn:foyer:consent-withdrawal"))
        made.push_back(maker.withdrawal(items));
    made.push_back(maker.provenance(told, items));

    std::vector<FormBundle> bundles;
    std::string unit = how.unit;
    std::string answers = maker.full_url("response");
    for (std::size_t i = 0; i < output.observations.size(); ++i) {
        if (made.size() == most_entries) {
            bundles.push_back(
                maker.bundle(made, unit, unit == how.unit ? "" : how.unit));
            made.clear();
            unit = how.uuid("more|" + how.unit + "|" + std::to_string(i));
            // The response is at the server by then, found by its identifier.
            answers = "QuestionnaireResponse?identifier=urn:foyer:op|" +
                      maker.key("response");
        }
        const auto role = "observation-" + std::to_string(i + 1);
        made.push_back(TRY(
            maker.adopt(role, output.observations[i], "Observation",
                        {{"identifier", Json::array({maker.identifier(role)})},
                         {"derivedFrom", Json::array({{{"reference", answers}}})}})));
    }
    if (!made.empty())
        bundles.push_back(maker.bundle(made, unit, unit == how.unit ? "" : how.unit));
    return bundles;
}

Result<FormBundle> bundle_of_draft(std::string_view response, bool part2,
                                   const FormDelivery& how) {
    const Maker maker(nullptr, part2, how);
    std::vector<Maker::Made> made;
    made.push_back(TRY(maker.adopt("response", response, "QuestionnaireResponse",
                                   {{"identifier", maker.identifier("response")}})));
    made.push_back(maker.provenance({"response"}, {}));
    return maker.bundle(made, how.unit, "");
}

}  // namespace foyer
