#include "kiosk/forms/questionnaire.h"

#include <algorithm>

#include "kiosk/forms/model.h"
#include "kiosk/forms/read_form.h"

namespace foyer {

Result<std::shared_ptr<const Questionnaire>> Questionnaire::read(
    std::string_view json) {
    auto model = TRY(read_form(json));
    return std::shared_ptr<const Questionnaire>(new Questionnaire(std::move(model)));
}

Questionnaire::Questionnaire(std::unique_ptr<FormModel> model)
    : model_(std::move(model)) {}
Questionnaire::~Questionnaire() = default;

const std::string& Questionnaire::url() const {
    return model_->url;
}
const std::string& Questionnaire::version() const {
    return model_->version;
}
std::string Questionnaire::title(const std::string& language) const {
    return model_->title.in(language);
}
const std::vector<std::string>& Questionnaire::languages() const {
    return model_->languages;
}
std::string Questionnaire::mark(std::string_view url) const {
    const Element* extension = model_->root->extension(url);
    if (!extension) return {};
    const FormValue value = value_of(*extension);
    return value.value ? std::string(value.value->text) : std::string();
}
bool Questionnaire::has_mark(std::string_view url) const {
    return model_->root->extension(url) != nullptr;
}
bool Questionnaire::signature_required() const {
    return model_->signature_required;
}
bool Questionnaire::part2() const {
    return model_->part2;
}
int Questionnaire::question_count() const {
    return static_cast<int>(
        std::ranges::count_if(model_->items, &FormItem::is_question));
}
const std::vector<FormNotice>& Questionnaire::notices() const {
    return model_->notices;
}

}  // namespace foyer
