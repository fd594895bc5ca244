// Replays a fuzzer's corpus: what once broke a parser, and a sample of everything it
// reads.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

TEST(Corpus, BreaksNothing) {
    int files = 0;
    for (const auto& file : std::filesystem::directory_iterator(FOYER_CORPUS)) {
        SCOPED_TRACE(file.path().filename().string());
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        const std::basic_string<std::uint8_t> data(bytes.begin(), bytes.end());
        EXPECT_EQ(LLVMFuzzerTestOneInput(data.data(), data.size()), 0);
        ++files;
    }
    EXPECT_GT(files, 0);
}

}  // namespace
