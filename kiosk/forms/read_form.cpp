#include "kiosk/forms/read_form.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <re2/re2.h>

#include "kiosk/forms/known_extensions.h"
#include "kiosk/forms/options.h"
#include "kiosk/forms/rich_text.h"

namespace foyer {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view core = "http://hl7.org/fhir/StructureDefinition/";
constexpr std::string_view sdc =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

struct TypeName {
    std::string_view name;
    ItemType type;
};
constexpr std::array item_types = {
    TypeName{"group", ItemType::group},
    TypeName{"display", ItemType::display},
    TypeName{"boolean", ItemType::boolean},
    TypeName{"decimal", ItemType::decimal},
    TypeName{"integer", ItemType::integer},
    TypeName{"date", ItemType::date},
    TypeName{"dateTime", ItemType::date_time},
    TypeName{"time", ItemType::time},
    TypeName{"string", ItemType::string},
    TypeName{"text", ItemType::text},
    TypeName{"url", ItemType::url},
    TypeName{"choice", ItemType::choice},
    TypeName{"open-choice", ItemType::open_choice},
    TypeName{"attachment", ItemType::attachment},
    TypeName{"reference", ItemType::reference},
    TypeName{"quantity", ItemType::quantity},
    // Deviations that real forms have.
    TypeName{"coding", ItemType::choice},  // R5
    TypeName{"question", ItemType::choice},
    TypeName{"instant", ItemType::date_time},
};

struct ControlName {
    std::string_view code;
    ItemControl control;
};
constexpr std::array item_controls = {
    ControlName{"drop-down", ItemControl::drop_down},
    ControlName{"radio-button", ItemControl::radio_button},
    ControlName{"check-box", ItemControl::check_box},
    ControlName{"autocomplete", ItemControl::autocomplete},
    ControlName{"slider", ItemControl::slider},
    ControlName{"spinner", ItemControl::spinner},
    ControlName{"text-box", ItemControl::text_box},
    ControlName{"page", ItemControl::page},
    ControlName{"grid", ItemControl::grid},
    ControlName{"gtable", ItemControl::table},
    ControlName{"htable", ItemControl::table},
    ControlName{"table", ItemControl::grid},
    ControlName{"atable", ItemControl::table},
    ControlName{"tab-container", ItemControl::tab_container},
    ControlName{"header", ItemControl::header},
    ControlName{"footer", ItemControl::footer},
    ControlName{"help", ItemControl::help},
    ControlName{"flyover", ItemControl::flyover},
    ControlName{"unit", ItemControl::unit},
    ControlName{"prompt", ItemControl::prompt},
    ControlName{"signature", ItemControl::signature},
    // Understood, and no different on a kiosk.
    ControlName{"list", ItemControl::none},
    ControlName{"inline", ItemControl::none},
    ControlName{"lower", ItemControl::none},
    ControlName{"upper", ItemControl::none},
    ControlName{"legal", ItemControl::none},
};

std::optional<int> integer_of(const FormValue& value) {
    if (!value.value) return {};
    const std::string_view text = value.value->text;
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    if (number < -1e9 || number > 1e9) return {};
    return static_cast<int>(number);
}

std::optional<double> number_of(const FormValue& value) {
    if (!value.value) return {};
    const std::string_view text = value.value->text;
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

/// Reads one form. Every remark goes through note(), which names its place.
class Reader {
public:
    explicit Reader(FormModel& form) : form_(form), sets_(form) {}

    Result<void> read() {
        const Element& root = *form_.root;
        form_.url = root.text_of("url");
        form_.version = root.text_of("version");
        form_.language = root.text_of("language");
        form_.title = local(root.one("title"));
        if (form_.title.base.empty()) form_.title.base = root.text_of("name");
        read_root_extensions(root);
        sets_.read(root);
        for (const Element* item : root.all("item"))
            TRY(read_item(*item, -1, 0, form_.roots));
        if (form_.items.empty()) return fail(Error::Code::bad_input, "has no items");
        finish_items();
        return {};
    }

private:
    void note(FormNotice::Severity severity, std::string place, std::string what) {
        if (++said_[what] > form_limits::notices_of_a_kind) return;
        form_.notices.push_back({severity, std::move(place), std::move(what)});
    }
    void warn(const std::string& place, std::string what) {
        note(FormNotice::Severity::warning, place, std::move(what));
    }

    static std::string place_of(const FormItem& item) {
        return "item '" + item.link_id.substr(0, 60) + "'";
    }

    // --- texts
    // -------------------------------------------------------------------------

    LocalText local(const Element* text) {
        LocalText local;
        if (!text) return local;
        if (text->has_value()) local.base = text->text;
        constexpr auto url = "http://hl7.org/fhir/StructureDefinition/translation"sv;
        for (const Element* translation : text->extensions(url)) {
            const Element* language = translation->extension("lang");
            const Element* content = translation->extension("content");
            if (!language || !content) continue;
            const FormValue tag = value_of(*language), said = value_of(*content);
            if (tag.value && said.value && !said.value->text.empty())
                local.other.emplace_back(tag.value->text, said.value->text);
        }
        return local;
    }

    std::string rich_of(const Element* text) {
        if (!text) return {};
        constexpr auto xhtml =
            "http://hl7.org/fhir/StructureDefinition/rendering-xhtml"sv;
        constexpr auto markdown =
            "http://hl7.org/fhir/StructureDefinition/rendering-markdown"sv;
        if (const Element* extension = text->extension(xhtml))
            if (const FormValue value = value_of(*extension); value.value)
                return plain_of_xhtml(value.value->text);
        if (const Element* extension = text->extension(markdown))
            if (const FormValue value = value_of(*extension); value.value)
                return plain_of_markdown(value.value->text);
        return {};
    }

    // --- expressions
    // ---------------------------------------------------------------------

    std::optional<FormExpression> expression_of(const FormValue& value,
                                                const std::string& place) {
        if (!value.value) return {};
        FormExpression made;
        if (value.value
                ->has_value()) {  // a bare string, as in questionnaire-constraint
            made.language = "text/fhirpath";
            made.text = value.value->text;
        } else {
            made.name = value.value->text_of("name");
            made.language = value.value->text_of("language");
            made.text = value.value->text_of("expression");
        }
        if (made.language == "text/fhirpath") {
            if (auto compiled = fhirpath::Expression::compile(made.text)) {
                made.path = std::move(*compiled);
            } else {
                warn(place, "the expression is not FHIRPath: " + compiled.error().what +
                                " (at " + std::to_string(compiled.error().offset) +
                                ")");
            }
        } else if (made.language == "text/cql" ||
                   made.language == "text/cql-identifier") {
            warn(place, "CQL is not evaluated: what it computes stays empty");
        } else if (made.language == "application/x-fhir-query") {
            note(FormNotice::Severity::information, place,
                 "x-fhir-query is answered from what is at hand, else empty");
        } else {
            warn(place, "the expression language " + shown(made.language) +
                            " is not evaluated");
        }
        return made;
    }

    static std::string shown(std::string_view text) {
        std::string out = "'";
        for (const char c : text.substr(0, 120)) out += c >= ' ' && c < 0x7f ? c : '?';
        return out + "'";
    }

    void add_variable(const Element& extension, const std::string& place,
                      std::vector<FormExpression>& variables) {
        auto made = expression_of(value_of(extension), place + ", variable");
        if (!made) return;
        if (made->name.empty()) return warn(place, "a variable has no name");
        variables.push_back(std::move(*made));
    }

    void add_constraint(const Element& extension, const std::string& place,
                        std::vector<FormConstraint>& constraints) {
        FormConstraint made;
        const auto part = [&](std::string_view name) {
            const Element* found = extension.extension(name);
            return found ? value_of(*found) : FormValue{};
        };
        if (const FormValue key = part("key"); key.value) made.key = key.value->text;
        if (const FormValue severity = part("severity");
            severity.value && severity.value->text != "error")
            made.severity = FormIssue::Severity::warning;
        if (const FormValue human = part("human"); human.value)
            made.human = local(human.value);
        if (const FormValue location = part("location"); location.value)
            made.location = location.value->text;
        auto expression = expression_of(part("expression"),
                                        place + ", constraint " + shown(made.key));
        if (!expression)
            return warn(place,
                        "the constraint " + shown(made.key) + " has no expression");
        made.expression = std::move(*expression);
        constraints.push_back(std::move(made));
    }

    // --- the form itself
    // -------------------------------------------------------------------

    void read_launch_context(const Element& extension) {
        const auto part = [&](std::string_view name) {
            const Element* found = extension.extension(name);
            const FormValue value = found ? value_of(*found) : FormValue{};
            if (!value.value) return std::string();
            return std::string(value.value->has_value() ? value.value->text
                                                        : value.value->text_of("code"));
        };
        LaunchContext context{part("name"), part("type")};
        if (!context.name.empty()) form_.launch_contexts.push_back(std::move(context));
    }

    void read_root_extensions(const Element& root) {
        const std::string place = "Questionnaire";
        for (const Element* extension : root.all("extension")) {
            const std::string_view url = extension->text_of("url");
            const FormValue value = value_of(*extension);
            if (url == "http://hl7.org/fhir/StructureDefinition/variable") {
                add_variable(*extension, place, form_.variables);
            } else if (is(url, "questionnaire-constraint") ||
                       is(url, "targetConstraint")) {
                add_constraint(*extension, place, form_.constraints);
            } else if (is_sdc(url, "launchContext")) {
                read_launch_context(*extension);
            } else if (is(url, "questionnaire-signatureRequired")) {
                form_.signature_required = true;
            } else if (is_sdc(url, "observationExtract")) {
                form_.extract = value.value && value.value->is_true();
            } else if (url == "urn:foyer:form-language") {
                if (value.value) form_.languages.emplace_back(value.value->text);
            } else {
                report_unknown(url, place);
            }
        }
        if (const Element* meta = root.one("meta"))
            for (const Element* label : meta->all("security"))
                if (label->text_of("code") == "42CFRPart2") form_.part2 = true;
        for (const Element* extension : root.all("modifierExtension"))
            warn(place, "the modifier extension " + shown(extension->text_of("url")) +
                            " is not supported");
    }

    static bool is(std::string_view url, std::string_view name) {
        return url.starts_with(core) && url.substr(core.size()) == name;
    }
    static bool is_sdc(std::string_view url, std::string_view name) {
        // Old forms write these under the core's address, or end in a slash.
        if (url.starts_with(sdc))
            url.remove_prefix(sdc.size());
        else if (url.starts_with(core)) {
            url.remove_prefix(core.size());
            constexpr std::string_view old = "questionnaire-";
            if (url.starts_with(old)) url.remove_prefix(old.size());
        }
        return url == name;
    }
    void report_unknown(std::string_view url, const std::string& place) {
        if (url.ends_with('/')) url.remove_suffix(1);
        if (is_known_extension(url)) return;
        warn(place, "the extension " + shown(url) + " is not supported");
    }

    // --- items
    // -------------------------------------------------------------------------------

    Result<void> read_item(const Element& element, int parent, int depth,
                           std::vector<int>& siblings) {
        if (form_.items.size() >= form_limits::items)
            return fail(
                Error::Code::bad_input,
                "has more than " + std::to_string(form_limits::items) + " items");
        if (depth >= form_limits::depth)
            return fail(Error::Code::bad_input, "has items nested deeper than " +
                                                    std::to_string(form_limits::depth) +
                                                    " levels");
        const int index = static_cast<int>(form_.items.size());
        {
            FormItem item;
            item.index = index;
            item.parent = parent;
            item.depth = depth;
            item.element = &element;
            item.link_id = element.text_of("linkId");
            if (item.link_id.empty()) {
                item.link_id = "item-" + std::to_string(index + 1);
                warn(place_of(item), "the item has no linkId; it is given this one");
            }
            TRY(read_type(element, item));
            read_plain(element, item);
            read_extensions(element, item);
            read_options(element, item);
            read_enable_when(element, item);
            form_.items.push_back(std::move(item));
        }
        siblings.push_back(index);
        std::vector<int> children;
        for (const Element* child : element.all("item"))
            TRY(read_item(*child, index, depth + 1, children));
        FormItem& item = form_.items[static_cast<std::size_t>(index)];
        if (item.type == ItemType::display && !children.empty()) {
            warn(place_of(item), "a display has items; it is taken as a group");
            item.type = ItemType::group;
        }
        item.children = std::move(children);
        item.end = static_cast<int>(form_.items.size());
        return {};
    }

    Result<void> read_type(const Element& element, FormItem& item) {
        const std::string_view type = element.text_of("type");
        const auto found = std::ranges::find(item_types, type, &TypeName::name);
        if (found != item_types.end()) {
            item.type = found->type;
            if (type == "coding")
                item.type = element.text_of("answerConstraint") == "optionsOrString"
                                ? ItemType::open_choice
                                : ItemType::choice;
            if (type == "coding" || type == "question" || type == "instant")
                note(FormNotice::Severity::information, place_of(item),
                     "the type " + shown(type) + " is not R4; it is taken as " +
                         name(item.type));
            return {};
        }
        if (!type.empty())
            return fail(Error::Code::bad_input,
                        place_of(item) + " has the unknown type " + shown(type));
        if (!element.all("item").empty() && !value_of_options(element)) {
            item.type = ItemType::group;
        } else {
            return fail(Error::Code::bad_input, place_of(item) + " has no type");
        }
        warn(place_of(item), "the item has no type; it is taken as a group");
        return {};
    }
    static bool value_of_options(const Element& element) {
        return element.field("answerOption") || element.field("answerValueSet");
    }

    void read_plain(const Element& element, FormItem& item) {
        item.definition = element.text_of("definition");
        item.text = local(element.one("text"));
        item.rich = rich_of(element.one("text"));
        item.prefix = local(element.one("prefix"));
        const auto flag = [&](std::string_view name) {
            const Element* found = element.one(name);
            return found && found->is_true();
        };
        item.required = flag("required");
        item.read_only = flag("readOnly");
        item.repeats = flag("repeats");
        if (const Element* most = element.one("maxLength"))
            item.max_length = integer_of({most, {}});
        if (const Element* text = element.one("text"))
            if (const Element* said = text->extension(
                    "http://hl7.org/fhir/StructureDefinition/cqf-expression"))
                item.said = expression_of(value_of(*said), place_of(item) + ", text");
        for (const Element* initial : element.all("initial")) {
            FormValue value = value_of(*initial);
            if (value.value) item.initial.push_back(value);
        }
        // R3 and careless R4: initialString and the like.
        if (item.initial.empty())
            if (const FormValue old = value_of(element, "initial"); old.value) {
                item.initial.push_back(old);
                warn(place_of(item),
                     "initial[x] is not R4's form; it is read all the same");
            }
        for (const Element* extension : element.all("modifierExtension"))
            warn(place_of(item), "the modifier extension " +
                                     shown(extension->text_of("url")) +
                                     " is not supported");
    }

    /// minValue, maxValue: a value, or an expression that computes one.
    void read_bound(const Element& extension, const std::string& place,
                    FormValue& bound, std::optional<FormExpression>& expression) {
        bound = value_of(extension);
        if (!bound.value) return;
        for (const auto url :
             {"http://hl7.org/fhir/StructureDefinition/cqf-expression"sv,
              "http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue"sv})
            if (const Element* computed = bound.value->extension(url))
                expression = expression_of(value_of(*computed), place);
        if (!bound.value->has_value() && bound.value->kind == Element::Kind::absent)
            bound = {};
    }

    void read_extensions(const Element& element, FormItem& item) {
        const std::string place = place_of(item);
        for (const Element* extension : element.all("extension")) {
            const std::string_view url = extension->text_of("url");
            const FormValue value = value_of(*extension);
            const bool truth = value.value && value.value->is_true();
            if (is(url, "questionnaire-itemControl")) {
                read_control(value, item);
            } else if (is(url, "questionnaire-hidden")) {
                item.hidden = truth;
            } else if (is(url, "minValue")) {
                read_bound(*extension, place + ", minValue", item.min_value,
                           item.min_expression);
            } else if (is(url, "maxValue")) {
                read_bound(*extension, place + ", maxValue", item.max_value,
                           item.max_expression);
            } else if (is_sdc(url, "minQuantity")) {
                read_bound(*extension, place + ", minQuantity", item.min_value,
                           item.min_expression);
            } else if (is_sdc(url, "maxQuantity")) {
                read_bound(*extension, place + ", maxQuantity", item.max_value,
                           item.max_expression);
            } else if (is(url, "questionnaire-minOccurs")) {
                item.min_occurs = integer_of(value);
            } else if (is(url, "questionnaire-maxOccurs")) {
                item.max_occurs = integer_of(value);
            } else if (is(url, "minLength")) {
                item.min_length = integer_of(value);
            } else if (is(url, "maxDecimalPlaces")) {
                item.max_decimals = integer_of(value);
            } else if (is(url, "maxSize")) {
                // In megabytes, by the extension's definition.
                constexpr double most = 1e9;
                if (const auto megabytes = number_of(value))
                    item.max_bytes = static_cast<std::int64_t>(
                        std::clamp(*megabytes, 0.0, most) * 1e6);
            } else if (is(url, "mimeType")) {
                if (value.value) item.mime_types.emplace_back(value.value->text);
            } else if (is(url, "regex")) {
                if (value.value) read_regex(value.value->text, item);
            } else if (is(url, "questionnaire-unit") ||
                       is(url, "questionnaire-unitOption")) {
                if (value.value) add_unit(value, item);
            } else if (is(url, "questionnaire-choiceOrientation")) {
                item.across = value.value && value.value->text == "horizontal";
            } else if (is(url, "questionnaire-sliderStepValue")) {
                item.slider_step = number_of(value);
            } else if (is(url, "entryFormat")) {
                item.placeholder = local(value.value);
            } else if (is(url, "questionnaire-signatureRequired")) {
                item.signature = true;
            } else if (is_sdc(url, "shortText")) {
                item.short_text = local(value.value);
            } else if (is_sdc(url, "openLabel")) {
                item.open_label = local(value.value);
            } else if (is(url, "variable")) {
                add_variable(*extension, place, item.variables);
            } else if (is_sdc(url, "initialExpression")) {
                item.initially = expression_of(value, place + ", initialExpression");
            } else if (is_sdc(url, "calculatedExpression")) {
                item.calculated =
                    expression_of(value, place + ", calculatedExpression");
            } else if (is_sdc(url, "answerExpression")) {
                item.offered = expression_of(value, place + ", answerExpression");
            } else if (is_sdc(url, "enableWhenExpression")) {
                item.enabled_if =
                    expression_of(value, place + ", enableWhenExpression");
            } else if (is(url, "cqf-expression")) {
                item.said = expression_of(value, place + ", cqf-expression");
            } else if (is(url, "questionnaire-constraint") ||
                       is(url, "targetConstraint") || is_sdc(url, "targetConstraint")) {
                add_constraint(*extension, place, item.constraints);
            } else if (is_sdc(url, "observationExtract")) {
                item.extract = truth;
            } else if (url == "urn:foyer:part") {
                if (value.value) item.part = value.value->text;
            } else {
                report_unknown(url, place);
            }
        }
    }

    void read_control(const FormValue& value, FormItem& item) {
        if (!value.value) return;
        for (const Element* coding : value.value->all("coding")) {
            const std::string_view code = coding->text_of("code");
            const auto found =
                std::ranges::find(item_controls, code, &ControlName::code);
            if (found != item_controls.end()) {
                item.control = found->control;
                return;
            }
            note(FormNotice::Severity::information, place_of(item),
                 "the item control " + shown(code) + " is shown as usual");
        }
    }

    void read_regex(std::string_view pattern, FormItem& item) {
        // Some forms wrap the pattern as FHIRPath would: matches('...').
        std::string text(pattern);
        if (text.starts_with("matches('") && text.ends_with("')"))
            text = text.substr(9, text.size() - 11);
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(1 << 20);
        const RE2 compiled(text, options);
        if (compiled.ok()) {
            item.regex = std::move(text);
        } else {
            warn(place_of(item),
                 "the regex cannot be checked in linear time and is left out");
        }
    }

    void add_unit(const FormValue& value, FormItem& item) {
        FormOption unit;
        unit.value = value.value;
        unit.type = value.type;
        unit.text = local(value.value->one("display"));
        if (unit.text.base.empty()) unit.text.base = value.value->text_of("code");
        if (unit.text.base.empty()) unit.text.base = value.value->text;
        item.unit_text = item.units.empty() ? unit.text : item.unit_text;
        item.units.push_back(std::move(unit));
    }

    void read_options(const Element& element, FormItem& item) {
        constexpr auto exclusive =
            "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive"sv;
        constexpr auto prefix =
            "http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix"sv;
        const auto add = [&](const Element& holder) {
            FormOption option = option_of(holder);
            if (!option.value) return;
            if (const Element* found = holder.extension(exclusive))
                option.exclusive =
                    value_of(*found).value && value_of(*found).value->is_true();
            if (const Element* found = holder.extension(prefix))
                if (const FormValue said = value_of(*found); said.value)
                    option.prefix = said.value->text;
            if (option.prefix.empty())
                if (const Element* found = option.value->extension(prefix))
                    if (const FormValue said = value_of(*found); said.value)
                        option.prefix = said.value->text;
            const Element* first = holder.one("initialSelected");
            option.initially = first && first->is_true();
            item.options.push_back(std::move(option));
        };
        for (const Element* option : element.all("answerOption")) add(*option);
        for (const Element* option : element.all("option")) add(*option);  // R3
        if (const std::string_view set = element.text_of("answerValueSet");
            !set.empty())
            read_value_set(set, item);
        if (item.options.size() > form_limits::options) {
            item.options.resize(form_limits::options);
            warn(place_of(item), "the item has too many options; the first " +
                                     std::to_string(form_limits::options) +
                                     " are offered");
        }
        if (item.initial.empty())
            for (const FormOption& option : item.options)
                if (option.initially)
                    item.initial.push_back({option.value, option.type});
    }

    void read_value_set(std::string_view canonical, FormItem& item) {
        if (offered_ >= form_limits::all_options) {
            item.options_known = false;
            warn(place_of(item),
                 "the form has too many options in all; any text is "
                 "taken as an answer");
            return;
        }
        if (auto options = sets_.expand(canonical)) {
            offered_ += options->size();
            for (FormOption& option : *options)
                item.options.push_back(std::move(option));
            return;
        }
        item.options_known = false;
        warn(place_of(item), "the value set " + shown(canonical) +
                                 " is not here; any text is taken as an answer");
    }

    void read_enable_when(const Element& element, FormItem& item) {
        item.enable_any = element.text_of("enableBehavior") == "any";
        for (const Element* condition : element.all("enableWhen")) {
            EnableWhen made;
            made.link_id = condition->text_of("question");
            const std::string_view op = condition->text_of("operator");
            const FormValue answer = value_of(*condition, "answer");
            made.answer = answer.value;
            made.type = answer.type;
            if (op == "exists")
                made.op = EnableOperator::exists;
            else if (op == "=" || op.empty())
                made.op = EnableOperator::eq;
            else if (op == "!=")
                made.op = EnableOperator::ne;
            else if (op == ">")
                made.op = EnableOperator::gt;
            else if (op == "<")
                made.op = EnableOperator::lt;
            else if (op == ">=")
                made.op = EnableOperator::ge;
            else if (op == "<=")
                made.op = EnableOperator::le;
            else {
                warn(place_of(item), "the enableWhen operator " + shown(op) +
                                         " is unknown; the condition is left out");
                continue;
            }
            // R3 wrote hasAnswer.
            if (const Element* has = condition->one("hasAnswer"); has && !made.answer) {
                made.op = EnableOperator::exists;
                made.answer = has;
                made.type = "Boolean";
            }
            if (!made.answer) {
                warn(place_of(item),
                     "an enableWhen has no answer[x]; the condition is left out");
                continue;
            }
            item.enable_when.push_back(std::move(made));
        }
    }

    // --- after all items are read
    // --------------------------------------------------------------

    void finish_items() {
        for (FormItem& item : form_.items)
            form_.by_link_id.emplace(item.link_id, item.index);
        for (FormConstraint& constraint : form_.constraints) find_location(constraint);
        count_siblings(form_.roots);
        for (const FormItem& item : form_.items) count_siblings(item.children);
        for (FormItem& item : form_.items) {
            for (EnableWhen& condition : item.enable_when) {
                const auto found = form_.items_of(condition.link_id);
                if (found.empty()) {
                    warn(place_of(item),
                         "enableWhen asks for " + shown(condition.link_id) +
                             ", which is not in the form; the condition is left out");
                } else {
                    condition.item = nearest(found, item);
                }
            }
            if (item.required && item.min_occurs.value_or(1) < 1) item.min_occurs = 1;
            take_displays(item);
            if (item.type == ItemType::quantity) choose_unit(item);
            check(item);
        }
    }

    /// "Questionnaire.item.where(linkId='1.1')": the item whose linkId stands there
    /// last.
    void find_location(FormConstraint& constraint) {
        const std::string& text = constraint.location;
        const std::size_t name = text.rfind("linkId");
        if (name == std::string::npos) return;
        const std::size_t open = text.find('\'', name);
        const std::size_t close =
            open == std::string::npos ? open : text.find('\'', open + 1);
        if (close == std::string::npos) return;
        const auto found =
            form_.items_of(std::string_view(text).substr(open + 1, close - open - 1));
        if (!found.empty()) constraint.item = found.front();
    }

    void count_siblings(const std::vector<int>& siblings) {
        std::map<std::string_view, int> count;
        for (const int index : siblings) {
            FormItem& item = form_.items[static_cast<std::size_t>(index)];
            item.nth = ++count[item.link_id];
            if (item.nth == 2)
                warn(place_of(item), "siblings share this linkId; the second is '" +
                                         item.link_id + "#2' in paths");
        }
    }

    /// Of several items with one linkId, the one that shares most ancestors.
    int nearest(const std::vector<int>& candidates, const FormItem& from) const {
        const auto shared = [&](int candidate) {
            int ancestor = from.index;
            while (ancestor >= 0) {
                const FormItem& item = form_.items[static_cast<std::size_t>(ancestor)];
                if (candidate >= ancestor && candidate < item.end)
                    return item.depth + 1;
                ancestor = item.parent;
            }
            return 0;
        };
        return *std::ranges::max_element(candidates, {}, shared);
    }

    /// Help, flyover, unit and prompt displays say something about their parent.
    void take_displays(FormItem& item) {
        for (const int index : item.children) {
            const FormItem& child = form_.items[static_cast<std::size_t>(index)];
            if (child.type != ItemType::display) continue;
            const LocalText text = child.rich.empty()
                                       ? child.text
                                       : LocalText{child.rich, child.text.other};
            if (child.control == ItemControl::help ||
                child.control == ItemControl::flyover)
                item.help = text;
            else if (child.control == ItemControl::unit && item.unit_text.empty())
                item.unit_text = text;
        }
    }

    /// An initial quantity without a value says which unit comes first.
    static void choose_unit(FormItem& item) {
        for (const FormValue& initial : item.initial) {
            if (initial.type != "Quantity" || initial.value->field("value")) continue;
            const std::string_view code = initial.value->text_of("code");
            const std::string_view unit = initial.value->text_of("unit");
            const auto first = std::ranges::find_if(item.units, [&](const auto& one) {
                const std::string_view own = one.value->text_of("code");
                return code.empty() ? one.text.base == unit : own == code;
            });
            if (first == item.units.end()) continue;
            std::rotate(item.units.begin(), first, first + 1);
            item.unit_text = item.units.front().text;
        }
    }

    void check(FormItem& item) {
        if ((item.type == ItemType::choice) && item.options.empty() &&
            item.options_known && !item.offered) {
            warn(place_of(item), "the choice has no options; any text is taken");
            item.options_known = false;
        }
        if (item.type == ItemType::display && item.required)
            warn(place_of(item), "a display cannot be required");
        if (item.is_group() && !item.initial.empty())
            warn(place_of(item), "a group cannot have an initial value");
    }

    FormModel& form_;
    ValueSets sets_;
    std::map<std::string, int> said_;
    std::size_t offered_ = 0;  ///< options that came from value sets
};

}  // namespace

Result<std::unique_ptr<FormModel>> read_form(std::string_view json) {
    auto form = std::make_unique<FormModel>();
    form->root = TRY(read_json(json, form->elements));
    if (const auto type = form->root->text_of("resourceType"); type != "Questionnaire")
        return fail(Error::Code::bad_input,
                    type.empty() ? "has no resourceType: it is not a FHIR resource"
                                 : "is not a Questionnaire");
    Reader reader(*form);
    TRY(reader.read());
    return form;
}

}  // namespace foyer
