#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "kiosk/commands/fhirpath.h"

namespace foyer {

namespace {

/// What the command says of a Patient in a file.
struct Said {
    int code = 0;
    std::string out;
    std::string err;

    explicit Said(FhirpathOptions options) {
        const auto file = std::filesystem::path(testing::TempDir()) /
                          ("fhirpath-" + std::to_string(::getpid()) + ".json");
        std::ofstream(file) << R"({"resourceType":"Patient","active":true,)"
                               R"("name":[{"given":["Ada","B."]}]})";
        if (options.file.empty()) options.file = file;
        std::ostringstream to_out;
        std::ostringstream to_err;
        code = fhirpath_command(options, to_out, to_err);
        out = to_out.str();
        err = to_err.str();
        std::filesystem::remove(file);
    }
};

FhirpathOptions asking(std::string expression) {
    FhirpathOptions options;
    options.expression = std::move(expression);
    return options;
}

TEST(FhirpathCommand, PrintsAnArrayOfJson) {
    const Said said(asking("name.given | 1.50 | active"));
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.out, "[\"Ada\",\"B.\",1.50,true]\n");
    EXPECT_EQ(Said(asking("name.suffix")).out, "[]\n");
}

TEST(FhirpathCommand, SaysTypesWhenAsked) {
    auto options = asking("active | 1");
    options.types = true;
    EXPECT_EQ(Said(options).out,
              "[{\"type\":\"FHIR.boolean\",\"value\":true},"
              "{\"type\":\"System.Integer\",\"value\":1}]\n");
}

TEST(FhirpathCommand, SaysWhereAnExpressionIsWrong) {
    const Said said(asking("name\n  .given["));
    EXPECT_EQ(said.code, 2);
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(said.err, "foyer fhirpath: line 2, column 10: the end comes too early\n");
}

TEST(FhirpathCommand, SaysWhyAnEvaluationFails) {
    const Said said(asking("name.given.single()"));
    EXPECT_EQ(said.code, 1);
    EXPECT_EQ(said.out, "");
    EXPECT_NE(said.err.find("several items"), std::string::npos);
}

TEST(FhirpathCommand, NamesAFileThatCannotBeRead) {
    auto options = asking("1");
    options.file = "/nowhere.json";
    const Said said(options);
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find("/nowhere.json"), std::string::npos);
}

TEST(FhirpathCommand, RefusesWhatATypeDoesNotHaveWhenStrict) {
    auto options = asking("Patient.nme");
    EXPECT_EQ(Said(options).code, 0);
    options.strict = true;
    EXPECT_EQ(Said(options).code, 1);
}

}  // namespace

}  // namespace foyer
