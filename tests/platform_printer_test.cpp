#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "platform/simulated/printer.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

const PrintJob kSlip{.png = "png bytes", .pdf = "pdf bytes", .height_mm = 120};

class ASimulatedPrinter : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/slips-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { fs::remove_all(folder); }

    static std::string content(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        return text.str();
    }
    fs::path folder;
};

TEST_F(ASimulatedPrinter, KeepsWhatItPrints) {
    SimulatedPrinter printer;
    ASSERT_TRUE(printer.print(kSlip));
    ASSERT_EQ(printer.printed().size(), 1U);
    EXPECT_EQ(printer.printed()[0].png, "png bytes");
    EXPECT_EQ(printer.paper(), SimulatedPrinter::kFullRoll - 1);
}

TEST_F(ASimulatedPrinter, IsOfflineWhenUnplugged) {
    SimulatedPrinter printer;
    printer.set_plugged_in(false);
    EXPECT_EQ(printer.print(kSlip).error().code, Error::Code::offline);
    EXPECT_TRUE(printer.printed().empty());
    printer.set_plugged_in(true);
    EXPECT_TRUE(printer.print(kSlip));
}

TEST_F(ASimulatedPrinter, RunsOutOfPaper) {
    SimulatedPrinter printer;
    printer.set_paper(1);
    EXPECT_TRUE(printer.print(kSlip));
    EXPECT_EQ(printer.print(kSlip).error().code, Error::Code::out_of_paper);
}

TEST_F(ASimulatedPrinter, WritesNumberedFiles) {
    std::ofstream(folder / "slip-1.png") << "from yesterday";
    SimulatedPrinter printer(folder);
    ASSERT_TRUE(printer.print(kSlip));
    ASSERT_TRUE(printer.print(kSlip));
    EXPECT_EQ(content(folder / "slip-1.png"), "from yesterday");
    EXPECT_EQ(content(folder / "slip-2.pdf"), "pdf bytes");
    EXPECT_EQ(content(folder / "slip-3.png"), "png bytes");
    EXPECT_FALSE(fs::exists(folder / "slip-4.png"));
}

TEST_F(ASimulatedPrinter, FailsWhereNothingCanBeWritten) {
    std::ofstream(folder / "file") << "in the way";
    SimulatedPrinter printer(folder / "file");
    EXPECT_EQ(printer.print(kSlip).error().code, Error::Code::read_only);
    EXPECT_TRUE(printer.printed().empty());
    EXPECT_EQ(printer.paper(), SimulatedPrinter::kFullRoll);
}

}  // namespace
}  // namespace foyer
