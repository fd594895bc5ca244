#include "kiosk/forms/checks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <re2/re2.h>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

using Arguments = std::vector<std::pair<std::string, std::string>>;

struct English {
    std::string_view key, text;
};
constexpr std::array english = {
    English{"issue.required", "This needs an answer."},
    English{"issue.required_group", "Something in this part needs an answer."},
    English{"issue.min_occurs", "At least {n} answers are needed."},
    English{"issue.max_occurs", "At most {n} answers are possible."},
    English{"issue.min_groups", "At least {n} of these are needed."},
    English{"issue.max_length", "This is too long: at most {n} letters."},
    English{"issue.min_length", "This is too short: at least {n} letters."},
    English{"issue.regex", "This does not look as it should."},
    English{"issue.regex_format", "This does not look as it should: {format}"},
    English{"issue.min_value", "This is too low: {value} is the lowest."},
    English{"issue.max_value", "This is too high: {value} is the highest."},
    English{"issue.min_date", "This is too early: {value} is the first possible."},
    English{"issue.max_date", "This is too late: {value} is the last possible."},
    English{"issue.max_decimals", "At most {n} digits after the point."},
    English{"issue.not_an_option", "This is not one of the choices."},
    English{"issue.exclusive", "\"{choice}\" cannot be chosen together with others."},
    English{"issue.mime_type", "This kind of file is not taken."},
    English{"issue.max_size", "This file is too large."},
    English{"issue.unit", "This unit is not one of the choices."},
    English{"issue.constraint", "This does not fit together."},
};

int letters(std::string_view text) {
    return static_cast<int>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Digits after the point that the number was given with: 1 of "12.5", 3 of "1e-3".
int decimals_of(std::string_view literal) {
    const std::size_t end = std::min(literal.find_first_of("eE"), literal.size());
    const std::size_t point = literal.find('.');
    const int written =
        point == std::string_view::npos ? 0 : static_cast<int>(end - point - 1);
    int exponent = 0;
    if (end < literal.size()) {
        std::string_view digits = literal.substr(end + 1);
        if (digits.starts_with('+')) digits.remove_prefix(1);
        std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    }
    constexpr int most = 1000;
    return std::max(0, written - std::clamp(exponent, -most, most));
}

/// "image/png" of "image/png" or "image/*".
bool is_kind_of(std::string_view type, std::string_view wanted) {
    if (!wanted.ends_with("/*")) return type == wanted || wanted == "*";
    return wanted == "*/*" || type.starts_with(wanted.substr(0, wanted.size() - 1));
}

class Check {
public:
    Check(const FormTree& tree, const Instance& instance, const std::string& language,
          const IssueWords& words)
        : tree_(tree),
          instance_(instance),
          item_(*instance.item),
          language_(language),
          words_(words) {}

    std::vector<FormIssue> run() {
        const auto answers = instance_.answers();
        if (item_.is_group()) {
            check_group();
        } else if (item_.is_question()) {
            check_count(answers);
            for (const FormValue& answer : answers) {
                ++answer_;
                check_answer(answer);
            }
            check_exclusive(answers);
            answer_ = -1;
        }
        check_constraints();
        return std::move(issues_);
    }

private:
    void say(const char* code, std::string_view key, const Arguments& arguments = {},
             FormIssue::Severity severity = FormIssue::Severity::error) {
        issues_.push_back(
            {severity, code, tree_.path_of(instance_),
             words_ ? words_(language_, key, arguments) : english_issue(key, arguments),
             answer_});
    }

    bool is_hidden() const {
        for (const Instance* at = &instance_; at; at = at->parent)
            if (at->item->hidden) return true;
        return false;
    }

    /// Within an instance of a repeating group that nobody filled in or asked for.
    bool in_an_unused_group() const {
        for (const Instance* at = instance_.parent; at; at = at->parent) {
            if (!at->item->multiplies() || at->held > 0) continue;
            if (tree_.number_of(*at) >= at->item->min_occurs.value_or(0)) return true;
        }
        return false;
    }

    void check_count(const std::vector<FormValue>& answers) {
        const int count = static_cast<int>(answers.size());
        // What nobody can see or change, nobody can be asked for.
        const bool can_answer = !is_hidden() && !(item_.read_only && !item_.calculated);
        const int least =
            std::max(item_.required ? 1 : 0, item_.min_occurs.value_or(0));
        if (count == 0 && least > 0 && item_.required && !instance_.declined &&
            !in_an_unused_group())
            say("required", "issue.required", {},
                can_answer ? FormIssue::Severity::error : FormIssue::Severity::warning);
        else if (count < least && (count > 0 || !item_.required) &&
                 !instance_.declined && !in_an_unused_group())
            say("min-occurs", "issue.min_occurs", {{"n", std::to_string(least)}});
        if (item_.max_occurs && count > *item_.max_occurs)
            say("max-occurs", "issue.max_occurs",
                {{"n", std::to_string(*item_.max_occurs)}});
    }

    void check_group() {
        if (in_an_unused_group()) return;
        if (item_.required && instance_.held == 0 &&
            (!item_.multiplies() || tree_.number_of(instance_) == 0))
            say("required", "issue.required_group", {},
                is_hidden() ? FormIssue::Severity::warning
                            : FormIssue::Severity::error);
        if (!item_.multiplies() || tree_.number_of(instance_) != 0) return;
        const int count = tree_.count_of(instance_);
        if (count < item_.min_occurs.value_or(0))
            say("min-occurs", "issue.min_groups",
                {{"n", std::to_string(*item_.min_occurs)}});
        if (item_.max_occurs && count > *item_.max_occurs)
            say("max-occurs", "issue.max_occurs",
                {{"n", std::to_string(*item_.max_occurs)}});
    }

    void check_answer(const FormValue& answer) {
        const std::string_view text = answer.value->text;
        if (answer.value->kind == Element::Kind::string) check_length(text);
        if (answer.value->has_value()) check_regex(text);
        if (item_.max_decimals) {
            const std::string_view literal =
                answer.type == "Quantity" ? answer.value->text_of("value") : text;
            if ((answer.type == "Decimal" || answer.type == "Quantity") &&
                decimals_of(literal) > *item_.max_decimals)
                say("max-decimals", "issue.max_decimals",
                    {{"n", std::to_string(*item_.max_decimals)}});
        }
        check_bounds(answer);
        check_option(answer);
        if (answer.type == "Attachment") check_attachment(*answer.value);
        if (answer.type == "Quantity") check_unit(*answer.value);
    }

    void check_length(std::string_view text) {
        if (item_.max_length && letters(text) > *item_.max_length)
            say("max-length", "issue.max_length",
                {{"n", std::to_string(*item_.max_length)}});
        if (item_.min_length && letters(text) < *item_.min_length)
            say("min-length", "issue.min_length",
                {{"n", std::to_string(*item_.min_length)}});
    }

    void check_regex(std::string_view text) {
        if (item_.regex.empty()) return;
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(1 << 20);
        const RE2 pattern(item_.regex, options);
        if (!pattern.ok() ||
            RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern))
            return;
        const std::string& format = item_.placeholder.in(language_);
        if (format.empty())
            say("regex", "issue.regex");
        else
            say("regex", "issue.regex_format", {{"format", format}});
    }

    void check_bounds(const FormValue& answer) {
        const FormValue least =
            item_.min_expression ? instance_.min_value : item_.min_value;
        const FormValue most =
            item_.max_expression ? instance_.max_value : item_.max_value;
        const auto shown = [&](const FormValue& bound) {
            return answer_text(bound, {}, language_);
        };
        if (least.value)
            if (const auto order = compare_values(answer, least); order && *order < 0)
                say("min-value", is_moment() ? "issue.min_date" : "issue.min_value",
                    {{"value", shown(least)}});
        if (most.value)
            if (const auto order = compare_values(answer, most); order && *order > 0)
                say("max-value", is_moment() ? "issue.max_date" : "issue.max_value",
                    {{"value", shown(most)}});
    }
    bool is_moment() const {
        return item_.type == ItemType::date || item_.type == ItemType::date_time ||
               item_.type == ItemType::time;
    }

    void check_option(const FormValue& answer) {
        if (item_.type != ItemType::choice && item_.type != ItemType::open_choice &&
            item_.options.empty())
            return;
        const auto& options = instance_.options();
        if (options.empty() || (!item_.options_known && !instance_.offered)) return;
        if (item_.type == ItemType::open_choice && answer.type == "String") return;
        if (option_for(options, answer)) return;
        say("not-an-option", "issue.not_an_option", {},
            item_.type == ItemType::open_choice ? FormIssue::Severity::warning
                                                : FormIssue::Severity::error);
    }

    void check_exclusive(const std::vector<FormValue>& answers) {
        if (answers.size() < 2) return;
        answer_ = -1;
        for (const FormValue& answer : answers) {
            ++answer_;
            const FormOption* option = option_for(instance_.options(), answer);
            if (option && option->exclusive)
                say("exclusive", "issue.exclusive",
                    {{"choice", option->text.in(language_)}});
        }
    }

    void check_attachment(const Element& attachment) {
        const std::string_view type = attachment.text_of("contentType");
        if (!item_.mime_types.empty() && !type.empty() &&
            std::ranges::none_of(item_.mime_types, [&](const std::string& wanted) {
                return is_kind_of(type, wanted);
            }))
            say("mime-type", "issue.mime_type");
        std::int64_t bytes = base64_bytes(attachment.text_of("data"));
        if (bytes == 0)
            if (const auto size = fhirpath::Decimal::parse(attachment.text_of("size")))
                bytes = size->to_integer().value_or(0);
        if (item_.max_bytes && bytes > *item_.max_bytes)
            say("max-size", "issue.max_size");
    }

    void check_unit(const Element& quantity) {
        if (item_.units.size() < 2) return;
        const std::string_view code = quantity.text_of("code");
        const std::string_view unit = quantity.text_of("unit");
        const bool known = std::ranges::any_of(item_.units, [&](const FormOption& one) {
            const std::string_view own = one.value->text_of("code");
            return (!code.empty() && own == code) ||
                   (code.empty() && (one.text.base == unit || own == unit));
        });
        if (!known) say("unit", "issue.unit");
    }

    void check_constraints() {
        for (std::size_t i = 0; i < item_.constraints.size(); ++i)
            if (instance_.broken[i])
                issues_.push_back(constraint_issue(
                    item_.constraints[i], tree_.path_of(instance_), language_, words_));
        // The form's own, where it says that they belong here.
        const auto& of_form = tree_.form().constraints;
        for (std::size_t i = 0; i < of_form.size(); ++i)
            if (of_form[i].item == item_.index && tree_.broken[i] &&
                tree_.of(item_.index).front() == &instance_)
                issues_.push_back(constraint_issue(of_form[i], tree_.path_of(instance_),
                                                   language_, words_));
    }

    const FormTree& tree_;
    const Instance& instance_;
    const FormItem& item_;
    const std::string& language_;
    const IssueWords& words_;
    std::vector<FormIssue> issues_;
    int answer_ = -1;
};

}  // namespace

FormIssue constraint_issue(const FormConstraint& constraint, ItemPath path,
                           const std::string& language, const IssueWords& words) {
    std::string said = constraint.human.in(language);
    if (said.empty())
        said = words ? words(language, "issue.constraint", {})
                     : english_issue("issue.constraint", {});
    return {constraint.severity, "constraint", std::move(path), std::move(said), -1};
}

std::string english_issue(std::string_view key, const Arguments& arguments) {
    const auto found = std::ranges::find(english, key, &English::key);
    std::string text(found == english.end() ? key : found->text);
    for (const auto& [name, value] : arguments) {
        const std::string mark = "{" + name + "}";
        if (const std::size_t at = text.find(mark); at != std::string::npos)
            text.replace(at, mark.size(), value);
    }
    return text;
}

std::int64_t base64_bytes(std::string_view text) {
    std::int64_t digits = 0;
    for (const char c : text)
        if (c != '=' && c != '\n' && c != '\r' && c != ' ') ++digits;
    return digits * 3 / 4;
}

std::vector<FormIssue> check_instance(const FormTree& tree, const Instance& instance,
                                      const std::string& language,
                                      const IssueWords& words) {
    if (!instance.enabled) return {};
    return Check(tree, instance, language, words).run();
}

}  // namespace foyer
