#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sync/site/message.h"
#include "sync/site/sharing.h"

namespace foyer {
namespace {

using Json = nlohmann::json;

SiteMessage a_unit() {
    SiteMessage message;
    message.kind = SiteMessage::Kind::unit;
    message.epoch = 0xffff'ffff'ffff'fff1;
    message.number = 42;
    message.unit.ref.bytes.fill(0xa5);
    message.unit.unit.id = unit_id("a");
    message.unit.unit.after = unit_id("b");
    message.unit.unit.lane = Lane::attendance;
    message.unit.unit.at = Instant(std::chrono::milliseconds(1'790'000'000'123));
    message.unit.unit.body = R"({"act":"sign-in","patient":"ada"})";
    message.unit.clock = ClockQuality::untrusted;
    return message;
}

TEST(SiteMessages, AreReadAsTheyWereWritten) {
    for (const auto kind : {SiteMessage::Kind::beat, SiteMessage::Kind::unit,
                            SiteMessage::Kind::got, SiteMessage::Kind::shown,
                            SiteMessage::Kind::refused, SiteMessage::Kind::done}) {
        SiteMessage message = a_unit();
        message.kind = kind;
        message.device_index = 3;
        message.attended = true;
        message.synced_ago = std::chrono::milliseconds(1'500);
        message.why = SiteRefusal::future;
        const auto read = site_message(to_text(message));
        ASSERT_TRUE(read) << to_text(message);
        EXPECT_EQ(to_text(*read), to_text(message));
    }
    const auto read = site_message(to_text(a_unit()));
    EXPECT_EQ(read->unit.unit.at, a_unit().unit.unit.at);
    EXPECT_EQ(read->unit.clock, ClockQuality::untrusted);
    EXPECT_EQ(read->epoch, a_unit().epoch);
}

TEST(SiteMessages, AreRefusedWithOneWrongField) {
    const Json good = Json::parse(to_text(a_unit()));
    ASSERT_TRUE(site_message(good.dump()));
    const std::vector<std::pair<const char*, Json>> wrong = {
        {"v", 2},
        {"v", "1"},
        {"kind", "order"},
        {"kind", 1},
        {"epoch", -1},
        {"epoch", "1"},
        {"n", 1.5},
        {"n", nullptr},
        {"ref", "a5"},
        {"ref", std::string(32, 'g')},
        {"ref", std::string(32, 'A')},
        {"id", 7},
        {"id", std::string(65, 'a')},
        {"lane", 20.5},
        {"lane", 50},
        {"lane", 21},
        {"lane", -1},
        {"at", -1},
        {"at", 9'999'999'999'999'999},
        {"at", "now"},
        {"clock", "good"},
        {"clock", nullptr},
        {"body", "{}"},
        {"body", Json::array()},
    };
    for (const auto& [key, value] : wrong) {
        Json bad = good;
        bad[key] = value;
        EXPECT_FALSE(site_message(bad.dump())) << bad.dump();
    }
    for (const char* key :
         {"v", "kind", "epoch", "n", "ref", "lane", "at", "clock", "body"}) {
        Json bad = good;
        bad.erase(key);
        EXPECT_FALSE(site_message(bad.dump())) << "without " << key;
    }
}

TEST(SiteMessages, AreRefusedWhenTooLongOrTooDeep) {
    Json deep = Json::parse(to_text(a_unit()));
    Json inner = Json::object();
    for (int i = 0; i < 20; ++i) inner = Json{{"in", inner}};
    deep["body"]["deep"] = inner;
    EXPECT_FALSE(site_message(deep.dump()));
    Json long_one = Json::parse(to_text(a_unit()));
    long_one["body"]["text"] = std::string(longest_message, 'a');
    EXPECT_FALSE(site_message(long_one.dump()));
    EXPECT_FALSE(site_message(""));
    EXPECT_FALSE(site_message("[]"));
    EXPECT_FALSE(site_message("{\"v\":1"));
}

TEST(SiteSharing, TellsAKioskNoFieldThatIsNotListed) {
    Unit unit;
    unit.lane = Lane::attendance;
    unit.body = R"({"act":"sign-in","patient":"ada","name":"Ada Lovelace",
                    "note":"likes tea","place":{"name":"Ada"}})";
    EXPECT_EQ(Json::parse(*told_to(SiteRole::kiosk, unit)),
              (Json{{"act", "sign-in"}, {"patient", "ada"}}));
}

TEST(SiteSharing, TellsTheDeskAloneOfAnAnswerThatCannotWait) {
    Unit unit;
    unit.lane = Lane::safety;
    unit.body = R"({"act":"safety","patient":"ada","answer":"3"})";
    EXPECT_EQ(told_to(SiteRole::desk, unit), unit.body);
    EXPECT_EQ(told_to(SiteRole::kiosk, unit), std::nullopt);
    EXPECT_EQ(told_to(SiteRole::board, unit), std::nullopt);
}

TEST(SiteSharing, TellsNobodyAGuestsNameOrWhatSomebodyCameAbout) {
    Unit unit;
    unit.lane = Lane::arrivals;
    unit.body = R"({"act":"desk","reason":"guest","need":"guest","guest":"Rosa",
                    "whom":["Rosa"],"topic":"housing","call_name":"Fern 27",
                    "release":"none"})";
    for (const auto role : {SiteRole::kiosk, SiteRole::desk})
        EXPECT_EQ(Json::parse(*told_to(role, unit)), (Json{{"act", "desk"},
                                                           {"reason", "guest"},
                                                           {"need", "guest"},
                                                           {"call_name", "Fern 27"},
                                                           {"release", "none"}}));
    // They stand on the board once they are called, and not before.
    EXPECT_EQ(told_to(SiteRole::board, unit), std::nullopt);
}

TEST(SiteSharing, CutsALongAnswerRatherThanTheCall) {
    Unit unit;
    unit.lane = Lane::safety;
    unit.body = Json{{"act", "safety"},
                     {"patient", "ada"},
                     {"answer", std::string(100'000, 'a')}}
                    .dump();
    EXPECT_EQ(Json::parse(*told_to(SiteRole::desk, unit)),
              (Json{{"act", "safety"}, {"patient", "ada"}}));
}

TEST(SiteSharing, TellsNobodyOfFormsContactsAndConsents) {
    for (const auto lane :
         {Lane::consents, Lane::forms, Lane::contact, Lane::desk, Lane::audit}) {
        Unit unit;
        unit.lane = lane;
        unit.body = R"({"act":"form"})";
        for (const auto role : {SiteRole::kiosk, SiteRole::desk, SiteRole::board})
            EXPECT_EQ(told_to(role, unit), std::nullopt);
    }
}

}  // namespace
}  // namespace foyer
