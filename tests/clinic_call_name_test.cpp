#include <cstdlib>
#include <gtest/gtest.h>
#include <set>

#include "sync/clinic/call_name.h"

namespace foyer {
namespace {

std::string plant_of(int plant, const char* language) {
    const std::string name = spoken({plant, 1}, language);
    return name.substr(0, name.rfind(' '));
}

TEST(CallNames, AreAPlantAndANumber) {
    EXPECT_EQ(spoken({0, 27}, "en"), "Fern 27");
    EXPECT_EQ(spoken({0, 27}, "es"), "Helecho 27");
    EXPECT_EQ(spoken({0, 27}, "es-MX"), "Helecho 27");
    EXPECT_EQ(spoken({0, 27}, "ko"), "Fern 27");
}

TEST(CallNames, AreNeverSharedByTwoKiosksOfASite) {
    std::set<int> plants;
    for (int device = 0; device < max_devices(); ++device)
        for (int count = 0; count < plants_per_device(); ++count)
            EXPECT_TRUE(plants.insert(call_name(device, count).plant).second);
}

TEST(CallNames, OfADayAllDifferEvenBeyondTheLastTwoDigitNumber) {
    const int names = plants_per_device() * 99;
    std::set<CallName> given;
    for (int count = 0; count < names + 50; ++count) {
        const CallName name = call_name(7, count);
        EXPECT_TRUE(given.insert(name).second) << count;
        EXPECT_EQ(name.number <= 99, count < names) << count;
        EXPECT_GE(name.number, 1);
    }
}

TEST(CallNames, JumpAboutSoThatNobodyCountsTheLobby) {
    for (int count = 1; count < 200; ++count) {
        const CallName before = call_name(3, count - 1);
        const CallName name = call_name(3, count);
        EXPECT_NE(name.plant, before.plant);
        EXPECT_GT(std::abs(name.number - before.number), 5);
    }
    EXPECT_GT(call_name(0, 0).number, 1);
}

TEST(CallNames, HaveDistinctShortPlantsInBothLanguages) {
    for (const char* language : {"en", "es"}) {
        std::set<std::string> plants;
        for (int plant = 0; plant < plants_per_device() * max_devices(); ++plant) {
            const std::string name = plant_of(plant, language);
            EXPECT_TRUE(plants.insert(name).second) << name;
            EXPECT_LE(name.size(), 11u) << name;  // bytes; fits a phone held up to read
            EXPECT_EQ(name.find_first_of(" -'"), name.npos) << name;
        }
    }
}

TEST(CallNames, HoldNoDrugWeaponGriefOrJoke) {
    const std::set<std::string> refused = {
        "Poppy",   "Hemp",   "Coca",    "Cannabis", "Sage",     "Khat",      "Agave",
        "Juniper", "Hops",   "Grape",   "Tobacco",  "Nettle",   "Thorn",     "Cactus",
        "Lily",    "Daisy",  "Cypress", "Yew",      "Mallow",   "Pansy",     "Pine",
        "Fig",     "Papaya", "Peach",   "Melon",    "Fuchsia",  "Thistle",   "Ivy",
        "Thyme",   "Quince", "Violet",  "Rose",     "Willow",   "Columbine", "Amapola",
        "Salvia",  "Coca",   "Granada", "Ciprés",   "Malva",    "Pino",      "Higo",
        "Nabo",    "Cardo",  "Pepino",  "Chayote",  "Calabaza", "Enebro",    "Vid",
        "Tejo",    "Coco",   "Sauce",   "Tabaco",   "Ortiga",   "Espino"};
    for (int plant = 0; plant < plants_per_device() * max_devices(); ++plant)
        for (const char* language : {"en", "es"})
            EXPECT_FALSE(refused.contains(plant_of(plant, language)));
}

}  // namespace
}  // namespace foyer
