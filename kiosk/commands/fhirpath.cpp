#include "kiosk/commands/fhirpath.h"

#include <algorithm>
#include <map>
#include <ostream>

#include "kiosk/commands/read_file.h"
#include "kiosk/forms/fhirpath/fhirpath.h"

namespace foyer {

namespace {

constexpr int done = 0, failed = 1, usage = 2;

Result<const Element*> read_resource(const std::filesystem::path& path,
                                     Elements& into) {
    const std::string text = TRY(read_file(path));
    const auto read = read_json(text, into);
    if (!read) return fail(read.error().code, path.string() + " " + read.error().what);
    return *read;
}

std::string place_of(const std::string& expression, std::size_t offset) {
    const std::string_view before =
        std::string_view(expression).substr(0, std::min(offset, expression.size()));
    const std::size_t newline = before.rfind('\n');
    const std::size_t column =
        newline == std::string_view::npos ? before.size() : before.size() - newline - 1;
    return "line " +
           std::to_string(std::count(before.begin(), before.end(), '\n') + 1) +
           ", column " + std::to_string(column + 1);
}

void complain(const FhirpathOptions& options, const fhirpath::Fault& fault,
              std::ostream& err) {
    err << "foyer fhirpath: " << place_of(options.expression, fault.offset) << ": "
        << fault.what << '\n';
}

std::string printed(const fhirpath::Value& value, bool types) {
    if (!types) return fhirpath::to_json(value);
    return "{\"type\":\"" + fhirpath::type_name(value) +
           "\",\"value\":" + fhirpath::to_json(value) + "}";
}

}  // namespace

int fhirpath_command(const FhirpathOptions& options, std::ostream& out,
                     std::ostream& err) {
    const auto expression = fhirpath::Expression::compile(options.expression);
    if (!expression) {
        complain(options, expression.error(), err);
        return usage;
    }
    Elements elements;
    const auto resource = read_resource(options.file, elements);
    if (!resource) {
        err << "foyer fhirpath: " << resource.error().what << '\n';
        return failed;
    }
    fhirpath::Environment environment;
    environment.resource = *resource;
    environment.scratch = &elements;
    environment.now = options.now;
    environment.strict = options.strict;
    if (!options.questionnaire.empty()) {
        const auto form = read_resource(options.questionnaire, elements);
        if (!form) {
            err << "foyer fhirpath: " << form.error().what << '\n';
            return failed;
        }
        environment.questionnaire = *form;
    }
    const auto result =
        fhirpath::evaluate(*expression, {fhirpath::of_element(*resource)}, environment);
    if (!result) {
        complain(options, result.error(), err);
        return failed;
    }
    out << '[';
    for (std::size_t i = 0; i < result->size(); ++i)
        out << (i ? "," : "") << printed((*result)[i], options.types);
    out << "]\n";
    return done;
}

}  // namespace foyer
