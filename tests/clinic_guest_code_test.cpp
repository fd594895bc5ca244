#include <gtest/gtest.h>
#include <set>

#include "sync/clinic/guest_code.h"

namespace foyer {
namespace {

SiteKeys site(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return SiteKeys(secret_key(bytes));
}
Alias visit(std::uint8_t number) {
    Alias alias;
    alias.bytes[15] = number;
    return alias;
}

TEST(GuestCode, IsTheSameOnEveryDeviceOfASiteAndNowhereElse) {
    EXPECT_EQ(guest_code(visit(1), site(2)), guest_code(visit(1), site(2)));
    EXPECT_NE(guest_code(visit(1), site(2)), guest_code(visit(1), site(3)));
    EXPECT_NE(guest_code(visit(1), site(2)), guest_code(visit(2), site(2)));
}

TEST(GuestCode, HasSixLettersThatNobodyMistakes) {
    std::set<std::string> all;
    for (int number = 0; number < 256; ++number) {
        const auto code = guest_code(visit(std::uint8_t(number)), site(2));
        EXPECT_EQ(code.size(), 6u);
        EXPECT_EQ(code.find_first_of("ILOUilou"), code.npos) << code;
        all.insert(code);
    }
    // 30 bits: 256 of them collide once in 30,000 sites.
    EXPECT_EQ(all.size(), 256u);
}

TEST(GuestCode, IsReadAsPeopleTypeIt) {
    EXPECT_EQ(guest_code_from("7K3QXW"), "7K3QXW");
    EXPECT_EQ(guest_code_from(" 7k3 qxw "), "7K3QXW");
    EXPECT_EQ(guest_code_from("7k3-qxw"), "7K3QXW");
    EXPECT_EQ(guest_code_from("oIl000"), "011000");
    EXPECT_EQ(spaced("7K3QXW"), "7K3 QXW");
}

TEST(GuestCode, AnythingElseIsNone) {
    for (const char* typed : {"", "7K3QX", "7K3QXW7", "7K3QX!", "7K3QXU", "ñandú7"})
        EXPECT_FALSE(guest_code_from(typed)) << typed;
}

}  // namespace
}  // namespace foyer
