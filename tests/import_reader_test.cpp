#include <unistd.h>

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <streambuf>
#include <string>
#include <vector>

#include "sync/fhir/bundle_reader.h"
#include "sync/fhir/limits.h"

namespace foyer {
namespace {

struct Heard final : BundleListener {
    std::vector<std::string> resources, refused, broken, urls;
    std::vector<FilePlace> places;
    std::int64_t done = 0;
    int fails_after = -1;

    Result<void> on_resource(const RawResource& resource) override {
        if (fails_after-- == 0) return fail(Error::Code::disk_full, "no room");
        resources.emplace_back(resource.json);
        urls.emplace_back(resource.full_url);
        places.push_back(resource.place);
        return {};
    }
    void on_refused(const FilePlace& place, std::string why) override {
        refused.push_back(describe(place) + ": " + why);
    }
    void on_broken(const FilePlace& place, std::string why) override {
        broken.push_back(describe(place) + ": " + why);
    }
    void on_progress(std::int64_t bytes) override { done = bytes; }
};

Heard hear(const std::string& text, Layout layout = Layout::guess) {
    std::istringstream in(text);
    Heard heard;
    EXPECT_TRUE(read_bundle(in, layout, heard));
    return heard;
}

std::string bundle(const std::string& entries) {
    return R"({"resourceType":"Bundle","type":"collection","entry":[)" + entries + "]}";
}
const std::string ada = R"({"resourceType":"Patient","id":"ada"})";
const std::string bob = R"({"resourceType":"Patient","id":"bob"})";
std::string entry(const std::string& resource) {
    return R"({"resource":)" + resource + "}";
}

using Strings = std::vector<std::string>;

TEST(BundleReader, TellsEachResourceOfABundle) {
    const auto heard = hear(bundle(entry(ada) + "," + entry(bob)));
    EXPECT_EQ(heard.resources, (Strings{ada, bob}));
    EXPECT_EQ(heard.places[1].entry, 2);
    EXPECT_TRUE(heard.refused.empty() && heard.broken.empty());
}

TEST(BundleReader, TellsTheAddressOfAnEntryWhereverItStands) {
    const auto heard = hear(
        bundle(R"({"resource":)" + ada + R"(,"fullUrl":"http:\/\/x\/Patient\/ada"})"));
    EXPECT_EQ(heard.urls, Strings{"http://x/Patient/ada"});
}

TEST(BundleReader, ReadsASingleResource) {
    EXPECT_EQ(hear("\n " + ada + "\n").resources, Strings{ada});
}

TEST(BundleReader, ReadsAListOfResources) {
    const auto heard = hear("[" + ada + ",\n 5,\n" + bob + "]");
    EXPECT_EQ(heard.resources, (Strings{ada, bob}));
    EXPECT_EQ(heard.refused,
              Strings{"entry 2 (line 2): not a resource: not an object"});
}

TEST(BundleReader, ReadsLinesByAnyName) {
    EXPECT_EQ(hear(ada + "\r\n\r\n" + bob + "\r\n").resources, (Strings{ada, bob}));
}

TEST(BundleReader, ReadsABundleOnEveryLine) {
    const auto text = bundle(entry(ada)) + "\n" + bundle(entry(bob)) + "\n";
    EXPECT_EQ(hear(text, Layout::lines).resources, (Strings{ada, bob}));
}

TEST(BundleReader, AcceptsAByteOrderMark) {
    EXPECT_EQ(hear("\xEF\xBB\xBF" + ada).resources, Strings{ada});
}

TEST(BundleReader, FindsTheEntriesBeforeTheResourceType) {
    EXPECT_EQ(
        hear(R"({"entry":[)" + entry(ada) + R"(],"resourceType":"Bundle"})").resources,
        Strings{ada});
}

TEST(BundleReader, LeavesEntriesOfOtherResourcesAlone) {
    const std::string list = R"({"resourceType":"List","entry":[{"item":{}}]})";
    EXPECT_EQ(hear(list).resources, Strings{list});
}

TEST(BundleReader, ABrokenLineCostsThatLineOnly) {
    const auto heard =
        hear(ada + "\n{\"resourceType\":\"Patient\",\"id\":\nrubbish\n" + bob + "\n");
    EXPECT_EQ(heard.resources, (Strings{ada, bob}));
    ASSERT_EQ(heard.refused.size(), 2u);
    EXPECT_EQ(heard.refused[0], "line 2: the line ends inside a value");
}

TEST(BundleReader, ABrokenFirstLineCostsThatLineOnly) {
    const auto heard = hear("{\"resourceType\":\"Patient\",\"na\n" + ada + "\n" + bob);
    EXPECT_EQ(heard.resources, (Strings{ada, bob}));
    EXPECT_EQ(heard.refused.size(), 1u);
}

TEST(BundleReader, ATruncatedBundleKeepsWhatCameBefore) {
    const auto whole = bundle(entry(ada) + ",\n" + entry(bob));
    const auto heard = hear(whole.substr(0, whole.size() - 10));
    EXPECT_EQ(heard.resources, Strings{ada});
    EXPECT_EQ(
        heard.broken,
        Strings{"entry 2 (line 2): the file is cut off here: it ends inside a value"});
}

TEST(BundleReader, EveryTruncationIsNoticed) {
    const auto whole =
        bundle(entry(ada) + "," + R"({"fullUrl":"a\\b","resource":)" + bob + "}");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(hear(whole.substr(0, size)).broken.size(), 1u) << size;
}

TEST(BundleReader, ASyntaxErrorEndsABundleThere) {
    const auto heard = hear(bundle(entry(ada) + ";" + entry(bob)));
    EXPECT_EQ(heard.resources, Strings{ada});
    ASSERT_EQ(heard.broken.size(), 1u);
    EXPECT_NE(heard.broken[0].find("',' or ']' was expected and ';' found"),
              std::string::npos);
}

TEST(BundleReader, BracketsOfTheWrongKindAreASyntaxError) {
    EXPECT_EQ(hear(R"({"resourceType":"Patient","name":[{]}})").broken.size(), 1u);
}

TEST(BundleReader, SaysWhatAFileIsThatIsNotJson) {
    using namespace std::string_literals;
    const auto why = [](const std::string& text) { return hear(text).broken.at(0); };
    EXPECT_NE(why(""s).find("empty"), std::string::npos);
    EXPECT_NE(why(" \n"s).find("empty"), std::string::npos);
    EXPECT_NE(why("\xFF\xFE{\0"s).find("UTF-16"), std::string::npos);
    EXPECT_NE(why("{\0\"\0"s).find("UTF-16"), std::string::npos);
    EXPECT_NE(why("\x1F\x8B\x08"s).find("gzip"), std::string::npos);
    EXPECT_NE(why("<Bundle/>"s).find("XML"), std::string::npos);
    EXPECT_NE(why("\x7F\x45LF\x02\x01"s).find("0x7F"), std::string::npos);
}

TEST(BundleReader, RefusesEntriesOfTheWrongShapeAndGoesOn) {
    const auto heard = hear(bundle("5,{},{\"resource\":[]}," + entry(ada)));
    EXPECT_EQ(heard.resources, Strings{ada});
    EXPECT_EQ(heard.refused.size(), 3u);
}

TEST(BundleReader, RefusesAResourceThatIsTooLargeAndGoesOn) {
    std::string pieces = "\"x\"";
    while (pieces.size() < import_limits::resource_bytes)
        pieces += ",\"" + std::string(999, 'x') + "\"";
    const auto heard =
        hear(bundle(entry("{\"a\":[" + pieces + "]}") + "," + entry(ada)));
    EXPECT_EQ(heard.resources, Strings{ada});
    EXPECT_EQ(heard.refused.size(), 1u);
}

TEST(BundleReader, RefusesALongStringAndGoesOn) {
    const std::string text(import_limits::string_bytes + 1, 'x');
    const auto heard =
        hear(bundle(entry("{\"a\":\"" + text + "\"}") + "," + entry(ada)));
    EXPECT_EQ(heard.resources, Strings{ada});
    EXPECT_EQ(heard.refused.size(), 1u);
}

TEST(BundleReader, RefusesANestingBombAndGoesOn) {
    constexpr std::size_t levels = 1'000'000;
    const auto bomb =
        "{\"a\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
    const auto heard = hear(bundle(entry(bomb) + "," + entry(ada)));
    EXPECT_EQ(heard.resources, Strings{ada});
    EXPECT_EQ(heard.refused.size(), 1u);
}

TEST(BundleReader, StopsWhenTheListenerFails) {
    std::istringstream in(bundle(entry(ada) + "," + entry(bob)));
    Heard heard;
    heard.fails_after = 1;
    const auto read = read_bundle(in, Layout::guess, heard);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Error::Code::disk_full);
    EXPECT_EQ(heard.resources.size(), 1u);
}

/// A Bundle of any size that is never in memory: the same entry over and over.
class EndlessBundle final : public std::streambuf {
public:
    explicit EndlessBundle(std::int64_t bytes) : left_(bytes) { give(bundle("")); }

private:
    int_type underflow() override {
        if (left_ <= 0) return traits_type::eof();
        left_ -= std::int64_t(block_.size());
        setg(block_.data(), block_.data(), block_.data() + block_.size());
        return traits_type::to_int_type(block_.front());
    }
    void give(const std::string& empty) {
        block_ = empty.substr(0, empty.size() - 2);
        setg(block_.data(), block_.data(), block_.data() + block_.size());
        next_ = entry(R"({"resourceType":"Patient","id":"a","text":{"div":")" +
                      std::string(2000, 'x') + "\"}}") +
                ",";
    }
    int_type uflow() override {
        const auto c = underflow();
        if (c != traits_type::eof()) gbump(1);
        return c;
    }
    std::streamsize xsgetn(char* to, std::streamsize wanted) override {
        std::streamsize got = 0;
        while (got < wanted) {
            if (gptr() == egptr()) {
                block_ = next_;
                if (underflow() == traits_type::eof()) break;
            }
            const auto n = std::min<std::streamsize>(wanted - got, egptr() - gptr());
            std::copy_n(gptr(), n, to + got);
            gbump(static_cast<int>(n));
            got += n;
        }
        return got;
    }
    std::int64_t left_;
    std::string block_, next_;
};

std::int64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t size = 0, resident = 0;
    statm >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE);
}

struct Counted final : BundleListener {
    std::int64_t resources = 0, most_memory = 0, bytes = 0;
    Result<void> on_resource(const RawResource&) override {
        return ++resources, Result<void>{};
    }
    void on_refused(const FilePlace&, std::string) override {}
    void on_broken(const FilePlace&, std::string) override {}
    void on_progress(std::int64_t done) override {
        bytes = done;
        most_memory = std::max(most_memory, resident_bytes());
    }
};

TEST(BundleReader, HoldsFewMegabytesOfALargeFile) {
    constexpr std::int64_t size = 64 << 20;
    EndlessBundle buffer(size);
    std::istream in(&buffer);
    Counted counted;
    const auto before = resident_bytes();
    EXPECT_TRUE(read_bundle(in, Layout::guess, counted));
    EXPECT_GT(counted.resources, 30'000);
    EXPECT_GE(counted.bytes, size);
    EXPECT_LT(counted.most_memory - before, 16 << 20);
}

}  // namespace
}  // namespace foyer
