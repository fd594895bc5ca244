// The official FHIRPath suite for R4 and fhirpath.js's case files, as they lie in
// $FOYER_SHARED/fhir/fhirpath-r4. Who fails is listed by name, with the reason, in
// fhirpath_known.txt; a test fails that is not listed, or is listed and passes.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <yaml-cpp/yaml.h>

#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/fhirpath.h"

namespace foyer::fhirpath {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

fs::path suite() {
    const char* shared = std::getenv("FOYER_SHARED");
    return fs::path(shared ? shared : FOYER_SOURCE_DIR "/../shared") /
           "fhir/fhirpath-r4";
}

std::string file_text(const fs::path& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Name -> reason, of the tests that are known to fail.
std::map<std::string, std::string> known_failures(const std::string& section) {
    std::ifstream in(FOYER_SOURCE_DIR "/tests/fhirpath_known.txt");
    std::map<std::string, std::string> known;
    std::string reason;
    std::string at;
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        if (line.starts_with("== ")) {
            at = line.substr(3);
        } else if (line.starts_with("# ")) {
            reason = line.substr(2);
        } else if (at == section) {
            known[line] = reason;
        }
    }
    return known;
}

/// What ran, against the list.
class Tally {
public:
    explicit Tally(const std::string& section)
        : section_(section), known_(known_failures(section)) {}

    void ran(std::string name, const std::string& wrong) {
        const int times = ++names_[name];
        if (times > 1) name += " #" + std::to_string(times);
        ++all_;
        if (!wrong.empty()) ++failed_;
        const bool listed = known_.erase(name) > 0;
        if (listed == wrong.empty())
            unexpected_ += name + "\n    " +
                           (listed ? "is listed as failing and passes" : wrong) + "\n";
    }
    void skipped() { ++skipped_; }

    void judge() {
        for (const auto& [name, reason] : known_)
            unexpected_ += name + "\n    is listed and not in the suite\n";
        EXPECT_EQ(unexpected_, "");
        std::cout << section_ << ": " << all_ - failed_ << " of " << all_ << " pass, "
                  << failed_ << " are listed, " << skipped_
                  << " are for another version of FHIR\n";
        EXPECT_GT(all_, 0);
    }

private:
    std::string section_;
    std::map<std::string, std::string> known_;
    std::map<std::string, int> names_;
    std::string unexpected_;
    int all_ = 0;
    int failed_ = 0;
    int skipped_ = 0;
};

/// "date" for System.Date and FHIR.date, as the suite's outputs say it.
std::string suite_type(const Value& value) {
    std::string name = type_name(value);
    name.erase(0, name.find('.') + 1);
    if (name != "Quantity")
        name.front() = static_cast<char>(std::tolower(name.front()));
    return name;
}

std::string suite_text(const Value& value) {
    const std::string text = string_of(value).value_or(to_json(value));
    const std::string type = suite_type(value);
    if (type == "date" || type == "dateTime") return "@" + text;
    return type == "time" ? "@T" + text : text;
}

struct Run {
    std::vector<std::string> types;
    std::vector<std::string> texts;
    std::optional<Fault> fault;
};

std::string shown(const Run& run) {
    if (run.fault) return "fault: " + run.fault->what;
    std::string out = "[";
    for (std::size_t i = 0; i < run.texts.size(); ++i)
        out += (i ? ", " : "") + run.types[i] + " " + run.texts[i];
    return out + "]";
}

Run run_official(const json& test) {
    Run run;
    const auto expression = Expression::compile(test["expression"].get<std::string>());
    if (!expression) {
        run.fault = expression.error();
        return run;
    }
    Elements elements;
    Elements scratch;
    Collection focus;
    Environment environment;
    environment.strict = true;
    environment.scratch = &scratch;
    environment.now = Instant{std::chrono::seconds{1'795'000'000}};
    if (test.contains("input")) {
        const auto resource = read_json(
            file_text(suite() / "input" / test["input"].get<std::string>()), elements);
        EXPECT_TRUE(resource) << test["input"];
        focus.push_back(of_element(*resource));
        environment.resource = *resource;
    }
    const auto result = evaluate(*expression, focus, environment);
    if (!result) {
        run.fault = result.error();
        return run;
    }
    for (const Value& value : *result) {
        run.types.push_back(suite_type(value));
        run.texts.push_back(suite_text(value));
    }
    return run;
}

/// What is wrong with a run; empty: nothing.
std::string judged(const json& test, Run run) {
    if (test.contains("invalid"))
        return run.fault ? "" : "should be a fault, is " + shown(run);
    if (run.fault) return shown(run);
    std::vector<std::string> texts;
    std::vector<std::string> types;
    for (const json& output : test["outputs"]) {
        types.push_back(output.value("type", json()).is_string()
                            ? output["type"].get<std::string>()
                            : "");
        texts.push_back(output["value"].get<std::string>());
    }
    if (test.value("predicate", json()) == json(true) ||
        test.value("predicate", json()) == json("true"))
        run = {{"boolean"}, {run.texts.empty() ? "false" : "true"}, {}};
    std::string expected = "[";
    for (std::size_t i = 0; i < texts.size(); ++i)
        expected += (i ? ", " : "") + types[i] + " " + texts[i];
    const std::string wrong = "should be " + expected + "], is " + shown(run);
    if (texts.size() != run.texts.size()) return wrong;
    if (test.value("ordered", json()) == json(false) ||
        test.value("ordered", json()) == json("false")) {
        std::sort(texts.begin(), texts.end());
        std::sort(run.texts.begin(), run.texts.end());
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto decimal =
            types[i] == "decimal" ? Decimal::parse(texts[i]) : std::optional<Decimal>{};
        const auto own = decimal ? Decimal::parse(run.texts[i]) : decimal;
        if (texts[i] != run.texts[i] && !(own && compare(*own, *decimal) == 0))
            return wrong;
        if (!types[i].empty() && types[i] != run.types[i]) return wrong;
    }
    return "";
}

TEST(FhirpathSuite, OfficialTestsForR4PassButForThoseListed) {
    const fs::path file = suite() / "tests-fhir-r4.json";
    if (!fs::exists(file)) GTEST_SKIP() << "no FHIRPath suite in $FOYER_SHARED";
    Tally tally("official");
    for (const json& test : json::parse(file_text(file)))
        tally.ran(
            test["group"].get<std::string>() + "/" + test["name"].get<std::string>(),
            judged(test, run_official(test)));
    tally.judge();
}

// fhirpath.js's case files: YAML, with the subject in the file or beside it.

/// As JSON, with numbers as numbers and everything quoted as text.
std::string yaml_json(const YAML::Node& node) {
    std::string out;
    if (node.IsMap()) {
        out = "{";
        for (const auto& entry : node) {
            if (out.size() > 1) out += ",";
            write_json_string(entry.first.Scalar(), out);
            out += ":" + yaml_json(entry.second);
        }
        return out + "}";
    }
    if (node.IsSequence()) {
        out = "[";
        for (const auto& entry : node) {
            if (out.size() > 1) out += ",";
            out += yaml_json(entry);
        }
        return out + "]";
    }
    if (!node.IsScalar()) return "null";
    const std::string text = node.Scalar();
    const bool quoted = node.Tag() == "!";
    if (!quoted && (text == "true" || text == "false" || text == "null")) return text;
    if (!quoted && json::accept(text) && text.front() != '"') return text;
    write_json_string(text, out);
    return out;
}

/// One item the way the case files write results: quantities and dates as text.
json plain(const Value& value) {
    if (value.kind() == Value::Kind::quantity || value.kind() == Value::Kind::type_info)
        return string_of(value).value_or("");
    return json::parse(to_json(value), nullptr, /*allow_exceptions=*/false);
}

bool same(const json& expected, const json& found) {
    if (expected.is_number() && found.is_number()) {
        const double a = expected.get<double>();
        const double b = found.get<double>();
        return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(a));
    }
    // A Long is text in JavaScript.
    if (expected.is_string() && found.is_number_integer())
        return expected.get<std::string>() == found.dump();
    if (expected.type() != found.type() || expected.size() != found.size())
        return false;
    if (expected.is_array())
        return std::equal(expected.begin(), expected.end(), found.begin(), same);
    if (!expected.is_object()) return expected == found;
    return std::all_of(
        expected.items().begin(), expected.items().end(), [&](const auto& item) {
            return found.contains(item.key()) && same(item.value(), found[item.key()]);
        });
}

struct CaseFile {
    std::string name;
    const Element* subject = nullptr;
    Elements elements;
    Tally& tally;
};

const Element* element_of(const YAML::Node& node, Elements& into) {
    // Only objects are read; anything else stands in one.
    const auto read = read_json("{\"value\":" + yaml_json(node) + "}", into);
    return read ? *read : nullptr;
}

Collection values_of(const YAML::Node& node, Elements& into) {
    Collection values;
    if (!node.IsDefined() || node.IsNull()) return values;
    if (const Element* wrapped = element_of(node, into))
        for (const Element* one : wrapped->all("value"))
            values.push_back(of_element(one));
    return values;
}

std::string run_case(const YAML::Node& test, const std::string& expression_text,
                     CaseFile& file) {
    Elements elements;
    Elements scratch;
    std::map<std::string, Collection, std::less<>> variables;
    Environment environment;
    environment.scratch = &scratch;
    environment.variables = &variables;
    environment.now = Instant{std::chrono::seconds{1'795'000'000}};
    const Element* subject = file.subject;
    if (test["inputfile"]) {
        const fs::path path = suite() / "input" / test["inputfile"].Scalar();
        const auto read = read_json(file_text(path), elements);
        if (!read) return "the input is not read";
        subject = *read;
    }
    Collection focus;
    if (subject) {
        environment.resource = subject;
        focus.push_back(of_element(subject));
        // A subject that is no object.
        if (!test["inputfile"] && subject->fields.size() == 1 &&
            subject->fields[0].name == "value") {
            focus.clear();
            for (const Element* one : subject->all("value"))
                focus.push_back(of_element(one));
            environment.resource = focus.empty() ? nullptr : focus[0].element();
        }
    }
    if (test["variables"])
        for (const auto& entry : test["variables"])
            variables[entry.first.Scalar()] = values_of(entry.second, elements);
    if (test["context"]) {
        const auto context = Expression::compile(test["context"].Scalar());
        if (!context) return "the context is not read";
        auto found = evaluate(*context, focus, environment);
        if (!found) return "the context has a fault";
        focus = *found;
    }
    const auto expression = Expression::compile(expression_text);
    std::optional<Fault> fault;
    Collection result;
    if (!expression) {
        fault = expression.error();
    } else if (auto found = evaluate(*expression, focus, environment)) {
        result = std::move(*found);
    } else {
        fault = found.error();
    }
    json found = json::array();
    for (const Value& value : result) found.push_back(plain(value));
    // Written `true`, `[true]` or as a message.
    if (test["error"] && test["error"].Scalar() != "false")
        return fault ? "" : "should be a fault, is " + found.dump();
    if (fault) return "fault: " + fault->what;
    if (!test["result"]) return "";
    const json expected = json::parse(yaml_json(test["result"]), nullptr, false);
    return same(expected, found)
               ? ""
               : "should be " + expected.dump() + ", is " + found.dump();
}

std::string one_line(std::string text) {
    std::string out;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        if (!space) out += c;
        if (space && !out.empty() && out.back() != ' ') out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

void run_cases(const YAML::Node& tests, CaseFile& file) {
    for (const auto& test : tests) {
        if (!test.IsMap()) continue;
        for (const auto& entry : test)
            if (entry.second.IsSequence() &&
                entry.first.Scalar().find("group") != std::string::npos &&
                !entry.first.Scalar().starts_with("-"))
                run_cases(entry.second, file);
        if (!test["expression"] || test["expression"].IsNull() ||
            (test["expression"].IsScalar() && test["expression"].Scalar().empty()))
            continue;
        if (test["disable"] && test["disable"].Scalar() == "true") continue;
        const std::string model = test["model"] ? test["model"].Scalar() : "";
        const bool missing =
            test["inputfile"] &&
            !fs::exists(suite() / "input" / test["inputfile"].Scalar());
        if ((!model.empty() && model != "r4") || missing) {
            file.tally.skipped();
            continue;
        }
        std::vector<std::string> expressions;
        if (test["expression"].IsSequence()) {
            for (const auto& one : test["expression"])
                expressions.push_back(one.Scalar());
        } else {
            expressions.push_back(test["expression"].Scalar());
        }
        for (const std::string& text : expressions)
            file.tally.ran(file.name + ": " + one_line(text),
                           run_case(test, text, file));
    }
}

TEST(FhirpathSuite, CaseFilesOfFhirpathJsPassButForThoseListed) {
    const fs::path folder = suite() / "fhirpath.js-cases";
    if (!fs::exists(folder)) GTEST_SKIP() << "no FHIRPath suite in $FOYER_SHARED";
    std::set<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder)) paths.insert(entry.path());
    Tally tally("fhirpath.js");
    for (const fs::path& path : paths) {
        const YAML::Node document = YAML::LoadFile(path.string());
        CaseFile file{path.stem().string(), nullptr, {}, tally};
        if (document["subject"]) {
            const Element* wrapped = element_of(document["subject"], file.elements);
            ASSERT_TRUE(wrapped) << path;
            file.subject =
                document["subject"].IsMap() ? wrapped->one("value") : wrapped;
        }
        run_cases(document["tests"], file);
    }
    tally.judge();
}

}  // namespace

}  // namespace foyer::fhirpath
