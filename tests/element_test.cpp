#include "kiosk/forms/element.h"

#include <gtest/gtest.h>
#include <string>

namespace foyer {

namespace {

std::string why(std::string_view json) {
    Elements elements;
    const auto read = read_json(json, elements);
    return read ? "" : read.error().what;
}

TEST(Elements, AreWrittenAsTheyWereRead) {
    Elements elements;
    const std::string json =
        R"({"birthDate":"1974","_birthDate":{"id":"x"},"given":["a",null],)"
        R"("_given":[null,{"id":"y"}],"score":1.50})";
    const auto read = read_json(json, elements);
    ASSERT_TRUE(read);
    EXPECT_EQ(write_json(**read), json);
}

TEST(Elements, JoinAPrimitiveAndItsExtensions) {
    Elements elements;
    const auto read =
        read_json(R"({"_birthDate":{"extension":[{"url":"u","valueCode":"c"}]},)"
                  R"("birthDate":"1974"})",
                  elements);
    ASSERT_TRUE(read);
    const Element* date = (*read)->one("birthDate");
    ASSERT_TRUE(date);
    EXPECT_EQ(date->text, "1974");
    EXPECT_TRUE(date->extension("u"));
}

TEST(Elements, AreRefusedWithAPlaceAndWithoutTheText) {
    EXPECT_EQ(why("{\"a\":\n secret}"), "is not valid JSON (line 2, column 2)");
    EXPECT_EQ(why(R"({"a":1,"a":2})"), "has the name \"a\" twice in one object");
    EXPECT_EQ(why("[]"), "is a list where one object is expected");
    EXPECT_EQ(why(R"({"a":[[1]]})"), "has a list inside a list");
}

TEST(Elements, AreRefusedWhenTheyAreTooDeep) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
    EXPECT_EQ(why(deep), "is nested deeper than 256 levels");
}

TEST(Elements, AreRefusedWhenTheyAreTooMany) {
    std::string many = "{\"a\":[1";
    many.reserve(5'000'000);
    for (std::size_t i = 0; i < json_limits::elements; ++i) many += ",1";
    EXPECT_EQ(why(many + "]}"), "has more than 2000000 parts");
}

TEST(Elements, WithManyExtensionsAreReadInGoodTime) {
    // Would take minutes if each were looked up among all.
    std::string many = "{\"resourceType\":\"Basic\"";
    for (int i = 0; i < 200'000; ++i)
        many += ",\"_" + std::to_string(i) + "\":{\"id\":\"x\"}";
    EXPECT_EQ(why(many + "}"), "");
}

}  // namespace

}  // namespace foyer
