#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace {

/// What tests/platform_hardened.cpp says about itself.
std::string report(const std::string& before = "") {
    const std::string command = before + " " + HARDENED_PROGRAM + " hello";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(
        popen(command.c_str(), "r"), pclose);
    std::string text;
    for (int c = std::fgetc(out.get()); c != EOF; c = std::fgetc(out.get()))
        text += static_cast<char>(c);
    return text;
}

bool says(const std::string& text, const std::string& line) {
    return text.find(line + "\n") != std::string::npos;
}

TEST(AHardenedProcess, StartsAgainOnceAndKeepsItsArguments) {
    const std::string text = report();
    EXPECT_TRUE(says(text, "whole 1")) << text;
    EXPECT_TRUE(says(text, "slice always-malloc")) << text;
    EXPECT_TRUE(says(text, "arguments 2 hello")) << text;
}

TEST(AHardenedProcess, MayNotBeDumpedOrTraced) {
    const std::string text = report();
    EXPECT_TRUE(says(text, "dumpable 0")) << text;
    EXPECT_TRUE(says(text, "core 0")) << text;
}

TEST(AHardenedProcess, LeavesNothingInFreedMemory) {
    EXPECT_TRUE(says(report("FOYER_TEST_WITHOUT=1"), "left 1"));
    const std::string text = report();
    EXPECT_TRUE(says(text, "left 0")) << text;
}

TEST(AHardenedProcess, DoesNotMarkItsChildren) {
    EXPECT_TRUE(says(report(), "marked 0"));
}

TEST(AHardenedProcess, KeepsTunablesItWasGiven) {
    const std::string text = report("GLIBC_TUNABLES=glibc.malloc.arena_max=1");
    EXPECT_TRUE(says(text, "left 0")) << text;
}

}  // namespace
