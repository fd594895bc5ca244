#include "sync/server/probe.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/peers/peer.h"

/// What the probe finds at real servers is what it finds at the fake.
namespace foyer {
namespace {

class ProbedPeer : public testing::TestWithParam<FakeFhir::Manner> {
protected:
    Peer peer{GetParam()};
};

TEST_P(ProbedPeer, DoesAllThatWeNeedAndKeepsOneTask) {
    const std::string device = peer.name("probe");
    for (int run = 0; run < 2; ++run) {
        const auto abilities = probe(peer.server(), device);
        ASSERT_TRUE(abilities) << abilities.error().what;
        for (const auto& line : lines_of(*abilities))
            EXPECT_TRUE(line.good) << line.what;
        EXPECT_TRUE(abilities->can_confirm_seats());
        EXPECT_EQ(abilities->entries, 8);
    }
    std::string identifiers = "urn:foyer:probe|" + device;
    for (int i = 1; i < 8; ++i)
        identifiers += ",urn:foyer:probe|" + device + "/" + std::to_string(i);
    const auto tasks = peer.search("Task?identifier=" + encoded(identifiers));
    ASSERT_EQ(tasks.size(), 1u);
    EXPECT_EQ(tasks.front()["status"], "entered-in-error");
}

INSTANTIATE_TEST_SUITE_P(Servers, ProbedPeer, testing::ValuesIn(manners_to_test()),
                         [](const auto& manner) { return name_of(manner.param); });

}  // namespace
}  // namespace foyer
