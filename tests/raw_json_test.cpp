#include "sync/fhir/raw_json.h"

#include <gtest/gtest.h>

namespace foyer {
namespace {

std::string changed(std::string_view json, const JsonPath& path,
                    std::string_view value) {
    auto result = with_value(json, path, value);
    return result ? *result : "failed: " + result.error().what;
}

TEST(RawJson, ReplacesOneValueAndLeavesEveryOtherByte) {
    EXPECT_EQ(changed("{ \"a\" : 1.00,\n\t\"status\":\"booked\" , \"z\":[2e-3] }",
                      {"status"}, "\"arrived\""),
              "{ \"a\" : 1.00,\n\t\"status\":\"arrived\" , \"z\":[2e-3] }");
}

TEST(RawJson, FindsItsWayThroughBracesWithinTexts) {
    EXPECT_EQ(changed(R"({"x":"}{\"]","list":[{"s":"a\\"},{"s":"b"}]})",
                      {"list", 1, "s"}, R"("c")"),
              R"({"x":"}{\"]","list":[{"s":"a\\"},{"s":"c"}]})");
}

TEST(RawJson, AddsAMemberAtTheEnd) {
    EXPECT_EQ(changed(R"({"a":1 })", {"b"}, "2"), R"({"a":1,"b":2 })");
    EXPECT_EQ(changed(R"({ })", {"b"}, "2"), R"({"b":2 })");
}

TEST(RawJson, AddsAnElementBehindTheLast) {
    EXPECT_EQ(changed(R"({"a":[1, 2 ]})", {"a", 2}, "3"), R"({"a":[1, 2,3 ]})");
    EXPECT_EQ(changed(R"({"a":[]})", {"a", 0}, "3"), R"({"a":[3]})");
}

TEST(RawJson, KnowsANameHoweverItIsSpelled) {
    EXPECT_EQ(changed(R"({"st\u0061tus":1})", {"status"}, "2"), R"({"st\u0061tus":2})");
}

TEST(RawJson, RefusesAPlaceThatIsNotThere) {
    EXPECT_FALSE(with_value(R"({"a":[1]})", {"a", 2}, "3"));
    EXPECT_FALSE(with_value(R"({"a":[1]})", {"b", "c"}, "3"));
    EXPECT_FALSE(with_value(R"({"a":[1]})", {"a", "c"}, "3"));
    EXPECT_FALSE(with_value(R"({"a":1})", {"a", "c"}, "3"));
    EXPECT_FALSE(with_value(R"({"a":1})", {}, "3"));
}

TEST(RawJson, RefusesWhatIsNoJson) {
    EXPECT_FALSE(with_value(R"({"a":1,})", {"a"}, "3"));
    EXPECT_FALSE(with_value(R"({"a":1})", {"a"}, "3}"));
    EXPECT_FALSE(with_value(R"({"a":1,"a":2})", {"a"}, "3"));
}

TEST(RawJson, ShowsAValueAsItIsWritten) {
    EXPECT_EQ(raw_value(R"({"a":{"b":[1.50,2]}})", {"a", "b", 0}), "1.50");
    EXPECT_EQ(raw_value(R"({"a":1})", {"b"}), std::nullopt);
    EXPECT_EQ(raw_elements(" [ {\"a\":1} ,2] "),
              (std::vector<std::string_view>{"{\"a\":1}", "2"}));
    EXPECT_TRUE(raw_elements("{}").empty());
}

}  // namespace
}  // namespace foyer
