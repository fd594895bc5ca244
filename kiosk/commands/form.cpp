#include "kiosk/commands/form.h"

#include <fstream>
#include <iomanip>
#include <iostream>

#include "kiosk/commands/read_file.h"
#include "kiosk/forms/model.h"
#include "kiosk/forms/questionnaire.h"
#include "kiosk/forms/validate.h"

namespace foyer {

namespace {

const char* word(FormNotice::Severity severity) {
    switch (severity) {
        case FormNotice::Severity::error:
            return "error";
        case FormNotice::Severity::warning:
            return "warning";
        case FormNotice::Severity::information:
            break;
    }
    return "note";
}

void list_json(const std::filesystem::path& file, const Questionnaire& form,
               std::ostream& out) {
    std::string line = R"({"file":)";
    write_json_string(file.string(), line);
    line += R"(,"url":)";
    write_json_string(form.url(), line);
    line += R"(,"usable":true,"items":[)";
    bool first = true;
    for (const FormItem& item : form.model().items) {
        if (!first) line += ',';
        first = false;
        line += R"({"linkId":)";
        write_json_string(item.link_id, line);
        line += R"(,"type":)";
        write_json_string(name(item.type), line);
        line += R"(,"depth":)" + std::to_string(item.depth) + '}';
    }
    line += R"(],"notices":[)";
    first = true;
    for (const FormNotice& notice : form.notices()) {
        if (!first) line += ',';
        first = false;
        line += R"({"severity":)";
        write_json_string(word(notice.severity), line);
        line += R"(,"place":)";
        write_json_string(notice.place, line);
        line += R"(,"what":)";
        write_json_string(notice.what, line);
        line += '}';
    }
    out << line << "]}\n";
}

void list_lines(const std::filesystem::path& file, const Questionnaire& form,
                std::ostream& out) {
    const FormModel& model = form.model();
    out << file.string() << ": " << form.title("en") << '\n';
    if (!form.url().empty()) out << "  " << form.url() << ' ' << form.version() << '\n';
    out << "  " << model.items.size() << " items, " << form.question_count()
        << " questions\n";
    for (const FormItem& item : model.items) {
        out << std::string(static_cast<std::size_t>(item.depth) * 2 + 4, ' ')
            << item.link_id << "  " << name(item.type);
        if (item.required) out << ", required";
        if (item.repeats) out << ", repeats";
        if (item.hidden) out << ", hidden";
        if (!item.options.empty()) out << ", " << item.options.size() << " options";
        if (item.calculated) out << ", calculated";
        out << '\n';
    }
    for (const FormNotice& notice : form.notices())
        out << "  " << word(notice.severity) << ": " << notice.place << ": "
            << notice.what << '\n';
    if (form.notices().empty()) out << "  everything in it is supported\n";
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error || !std::filesystem::is_regular_file(path, error)) {
        // Pipes have no size: they are read up to the limit.
        if (!std::filesystem::exists(path, error))
            return fail(Error::Code::not_found,
                        path.string() + ": there is no such file");
    } else if (size > json_limits::bytes) {
        return fail(Error::Code::bad_input,
                    path.string() + ": is larger than " +
                        std::to_string(json_limits::bytes >> 20) + " MB");
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Error::Code::not_found, path.string() + ": cannot be read");
    std::string text;
    constexpr std::size_t piece = 64u << 10;
    while (file && text.size() <= json_limits::bytes) {
        const std::size_t before = text.size();
        text.resize(before + piece);
        file.read(text.data() + before, static_cast<std::streamsize>(piece));
        text.resize(before + static_cast<std::size_t>(file.gcount()));
    }
    return text;
}

Result<std::shared_ptr<const Questionnaire>> read_form_file(
    const std::filesystem::path& path) {
    const std::string text = TRY(read_file(path));
    auto form = Questionnaire::read(text);
    if (!form) return fail(form.error().code, path.string() + ": " + form.error().what);
    return form;
}

int form_check_command(const std::vector<std::filesystem::path>& files, bool json,
                       std::ostream& out, std::ostream& err) {
    int worst = 0;
    for (const auto& file : files) {
        const auto form = read_form_file(file);
        if (!form) {
            err << "foyer: " << form.error().what << '\n';
            worst = 1;
            continue;
        }
        if (json)
            list_json(file, **form, out);
        else
            list_lines(file, **form, out);
    }
    return worst;
}

int form_validate_command(const std::filesystem::path& form_file,
                          const std::filesystem::path& response_file, Instant now,
                          std::ostream& out, std::ostream& err) {
    const auto form = read_form_file(form_file);
    if (!form) {
        err << "foyer: " << form.error().what << '\n';
        return 1;
    }
    const auto text = read_file(response_file);
    Elements home;
    const auto response = text ? read_json(*text, home)
                               : Result<const Element*>(tl::unexpected(text.error()));
    if (!response) {
        err << "foyer: " << (text ? response_file.string() + ": " : std::string())
            << response.error().what << '\n';
        return 1;
    }
    const auto issues = validate_response((*form)->model(), **response, now);
    out << write_outcome(issues) << '\n';
    return has_errors(issues) ? 3 : 0;
}

}  // namespace foyer
