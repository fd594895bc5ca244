#include <algorithm>
#include <cctype>
#include <gtest/gtest.h>
#include <random>

#include "sync/clinic/site_time.h"
#include "sync/clinic/slip_token.h"

namespace foyer {
namespace {

SiteKeys site_keys(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return SiteKeys(secret_key(bytes));
}

struct Slip : testing::Test {
    SiteKeys site = site_keys(1);
    SlipToken token{.visit = site.alias_of("Appointment", "17"),
                    .expires = parse_instant("2026-11-24T15:00:00Z").value()};
    std::string text = sign_token(token, site);
};

TEST_F(Slip, IsReadAsItWasSigned) {
    const auto read = read_token(text, site);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->visit, token.visit);
    EXPECT_EQ(read->expires, token.expires);
}

TEST_F(Slip, FitsTheSmallAlphabetOfQrCodes) {
    EXPECT_EQ(text.size(), 155u);
    EXPECT_TRUE(text.starts_with("FOYER1:"));
    EXPECT_TRUE(std::ranges::all_of(text, [](unsigned char c) {
        return std::isupper(c) || std::isdigit(c) || c == ':';
    }));
}

TEST_F(Slip, SurvivesCapsLockAndTheScannersEnterKey) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return char(std::tolower(c)); });
    EXPECT_TRUE(read_token(" " + text + "\r\n", site));
}

TEST_F(Slip, IsReadByEveryDeviceThatHoldsTheSitesSecret) {
    EXPECT_TRUE(read_token(text, site_keys(1)));
}

TEST_F(Slip, OfAnotherClinicIsForeign) {
    const auto read = read_token(text, site_keys(2));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), TokenFault::foreign);
}

TEST_F(Slip, IsRefusedWithAnyLetterChanged) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(read_token(changed, site)) << i;
    }
}

TEST_F(Slip, IsRefusedWhenCutAnywhere) {
    for (std::size_t length = 0; length < text.size(); ++length) {
        const auto read = read_token(text.substr(0, length), site);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error(), TokenFault::unreadable) << length;
    }
    EXPECT_FALSE(read_token(text + text, site));
}

TEST_F(Slip, IsToldFromGarbage) {
    std::mt19937 random(1);
    for (int i = 0; i < 2000; ++i) {
        std::string garbage(random() % 200, '\0');
        for (char& c : garbage) c = char(random());
        EXPECT_FALSE(read_token(garbage, site));
        EXPECT_FALSE(read_token("FOYER1:" + garbage, site));
    }
}

TEST_F(Slip, NamesNothingButTheVisit) {
    // Another patient's slip of the same hour differs only in alias and signature.
    const SlipToken other{site.alias_of("Appointment", "18"), token.expires};
    const std::string second = sign_token(other, site);
    EXPECT_EQ(text.substr(0, 7 + 12), second.substr(0, 7 + 12));  // the key id
    EXPECT_NE(text, second);
}

}  // namespace
}  // namespace foyer
