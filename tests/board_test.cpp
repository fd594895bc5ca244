#include "kiosk/board/board.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <thread>

#include "kiosk/assets.h"
#include "kiosk/board/board_view.h"
#include "kiosk/ui/words.h"
#include "platform/chime.h"
#include "platform/png.h"
#include "platform/window.h"
#include "sync/clinic/call_name.h"
#include "sync/clinic/site_time.h"

using namespace foyer;
using namespace std::chrono_literals;

namespace {

const Instant ten = parse_instant("2026-11-23T10:00:00-05:00").value();

/// What the board hears when the desk calls somebody.
HeardUnit called(const char* name, Instant at, const char* place = "") {
    HeardUnit heard;
    heard.unit.unit.at = at;
    heard.unit.unit.body = std::string(R"({"act":"call","call_name":")") + name +
                           R"(","at":")" + format_instant(at) + "\"" +
                           (*place ? std::string(R"(,"place":")") + place + "\"" : "") +
                           "}";
    return heard;
}

std::vector<std::string> names(const Board& board, Instant now) {
    std::vector<std::string> all;
    for (const auto& call : board.calls(now)) all.push_back(spoken(call.name, "en"));
    return all;
}
using Names = std::vector<std::string>;

}  // namespace

TEST(Board, ShowsTheNewestCallFirst) {
    Board board;
    EXPECT_TRUE(board.hear(called("Fern 27", ten), ten));
    EXPECT_TRUE(board.hear(called("Clover 3", ten + 1min), ten + 1min));
    EXPECT_EQ(names(board, ten + 1min), (Names{"Clover 3", "Fern 27"}));
}

TEST(Board, LetsACallGoAfterTenMinutes) {
    Board board;
    board.hear(called("Fern 27", ten), ten);
    EXPECT_EQ(names(board, ten + 10min - 1s), Names{"Fern 27"});
    EXPECT_EQ(names(board, ten + 10min), Names{});
}

TEST(Board, MovesWhoIsCalledAgainToTheTop) {
    Board board;
    board.hear(called("Fern 27", ten, "Suite 210"), ten);
    board.hear(called("Clover 3", ten + 1min), ten + 1min);
    EXPECT_TRUE(board.hear(called("Fern 27", ten + 2min, "Suite 204"), ten + 2min));
    EXPECT_EQ(names(board, ten + 2min), (Names{"Fern 27", "Clover 3"}));
    EXPECT_EQ(board.calls(ten + 2min).front().place, "Suite 204");
}

TEST(Board, RingsOnceForOneCallHoweverOftenItComes) {
    Board board;
    EXPECT_TRUE(board.hear(called("Fern 27", ten), ten));
    EXPECT_FALSE(board.hear(called("Fern 27", ten), ten + 5s));
    EXPECT_FALSE(board.hear(called("Fern 27", ten - 1min), ten + 6s)) << "an older one";
}

TEST(Board, PutsLateMessagesWhereTheyBelong) {
    Board board;
    board.hear(called("Clover 3", ten + 2min), ten + 3min);
    board.hear(called("Fern 27", ten), ten + 3min);
    EXPECT_EQ(names(board, ten + 3min), (Names{"Clover 3", "Fern 27"}));
}

TEST(Board, ShowsNothingOfWhatIsNoCall) {
    Board board;
    HeardUnit arrival = called("Fern 27", ten);
    arrival.unit.unit.body =
        R"({"act":"check-in","call_name":"Fern 27","at":"2026-11-23T15:00:00Z"})";
    EXPECT_FALSE(board.hear(arrival, ten));
    EXPECT_FALSE(board.hear(called("Maria Castellano", ten), ten)) << "no call name";
    HeardUnit broken;
    broken.unit.unit.body = "[[[";
    EXPECT_FALSE(board.hear(broken, ten));
    EXPECT_TRUE(board.calls(ten).empty());
}

TEST(Board, DoesNotBelieveAClockFarAhead) {
    Board board;
    EXPECT_FALSE(board.hear(called("Fern 27", ten + 3h), ten));
    EXPECT_TRUE(board.calls(ten).empty());
}

TEST(Board, SaysWhenItsPictureChangesNext) {
    Board board;
    EXPECT_FALSE(board.changes_at(ten));
    board.hear(called("Fern 27", ten), ten);
    EXPECT_EQ(board.changes_at(ten), ten + Board::new_for);
    EXPECT_EQ(board.changes_at(ten + 1min), ten + Board::shown_for);
    EXPECT_FALSE(board.changes_at(ten + 10min));
}

TEST(Board, ShowsNoMoreThanCanBeReadFromAfar) {
    Board board;
    for (int n = 1; n <= 9; ++n)
        board.hear(called(("Fern " + std::to_string(n)).c_str(), ten + n * 1s),
                   ten + 9s);
    EXPECT_EQ(names(board, ten + 9s), (Names{"Fern 9", "Fern 8", "Fern 7", "Fern 6"}));
}

// --- the picture -----------------------------------------------------------------

namespace {

class BoardPictures : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        ASSERT_TRUE(open_translations(asset("locale").string()));
    }

    /// Draws, keeps the picture to look at, and answers the tree.
    Tree draw(const char* name, const std::vector<BoardCall>& calls,
              bool in_touch = true, int width = 1920, int height = 1080) {
        auto window = Window::in_memory(width, height);
        EXPECT_TRUE(window);
        BoardView view(**window);
        view.draw({.clinic = "Sycamore Outpatient",
                   .local = {Date(std::chrono::year(2026), std::chrono::month(11),
                                  std::chrono::day(23)),
                             10h + 2min},
                   .now = ten + 20s,
                   .languages = {"en", "es"},
                   .calls = calls,
                   .in_touch = in_touch});
        const auto folder = std::filesystem::path(FOYER_BINARY_DIR) / "board";
        std::filesystem::create_directories(folder);
        EXPECT_TRUE(write_png((*window)->read().value(),
                              (folder / (std::string(name) + ".png")).string()));
        return view.tree();
    }
    static bool says(const Tree& tree, const std::string& words) {
        return std::ranges::any_of(tree.nodes, [&](const Node& node) {
            return node.words == words && tree.shown(NodeId(&node - &tree.nodes[0]));
        });
    }
};

}  // namespace

TEST_F(BoardPictures, SayWhoComesInAndWhereTo) {
    const auto tree = draw("calls", {{*call_name_from("Fern 27"), "Suite 210", ten},
                                     {*call_name_from("Clover 3"), "", ten - 2min}});
    EXPECT_TRUE(says(tree, "Fern 27"));
    EXPECT_TRUE(says(tree, "Helecho 27"));
    EXPECT_TRUE(says(tree, "Suite 210"));
    EXPECT_TRUE(says(tree, "Clover 3"));
    for (NodeId id = 0; id < NodeId(tree.nodes.size()); ++id) {
        if (!tree.shown(id)) continue;
        EXPECT_FALSE(tree[id].truncated) << tree[id].words;
        EXPECT_FALSE(tree[id].actions.activate) << "a TV is not tapped";
    }
    EXPECT_EQ(tree.pages, 1);
}

TEST_F(BoardPictures, HoldAsManyCallsAsTheBoardShows) {
    std::vector<BoardCall> calls;
    for (int n = 1; n <= int(Board::rows); ++n)
        calls.push_back({{n, 90 + n}, "Suite 210, second floor", ten - n * 1min});
    calls.front().at = ten;
    for (const auto& [width, height] :
         {std::pair(1920, 1080), std::pair(3840, 2160), std::pair(1080, 1920)}) {
        const auto name = "full-" + std::to_string(width);
        const auto tree = draw(name.c_str(), calls, true, width, height);
        EXPECT_EQ(tree.pages, 1) << width;
        EXPECT_FALSE(tree.does_not_fit) << width;
        for (const auto& node : tree.nodes) EXPECT_FALSE(node.truncated) << node.words;
    }
}

TEST_F(BoardPictures, AreCalmWhileNobodyIsCalled) {
    const auto tree = draw("empty", {});
    EXPECT_TRUE(says(tree, translate("en", "board.waiting")));
}

TEST_F(BoardPictures, SayWhenNobodyCanBeCalledHere) {
    const auto tree = draw("alone", {}, false);
    EXPECT_TRUE(says(tree, translate("en", "board.alone")));
}

// --- the chime ---------------------------------------------------------------------

TEST(Chime, IsSoftAndEndsInSilence) {
    const auto samples = chime_samples(44'100);
    const auto loudest = *std::ranges::max_element(
        samples, {}, [](std::int16_t sample) { return std::abs(int(sample)); });
    EXPECT_GT(std::abs(int(loudest)), 3'000) << "it can be heard";
    EXPECT_LT(std::abs(int(loudest)), 16'384) << "and startles nobody";
    EXPECT_LT(std::abs(int(samples.front())), 50);
    EXPECT_LT(std::abs(int(samples.back())), 300) << "no click at the end";
}

TEST(Chime, ComesOutOfTheLoudspeaker) {
    // SDL's own driver that writes what would be heard into a file.
    const auto file = std::filesystem::temp_directory_path() /
                      ("foyer-chime-" + std::to_string(getpid()) + ".raw");
    setenv("SDL_AUDIODRIVER", "disk", 1);
    setenv("SDL_DISKAUDIOFILE", file.c_str(), 1);
    setenv("SDL_DISKAUDIODELAY", "10", 1);
    const auto loud = [&] {
        std::ifstream in(file, std::ios::binary);
        const std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
        std::vector<std::int16_t> heard(bytes.size() / 2);
        if (heard.empty()) return std::ptrdiff_t(0);
        std::memcpy(heard.data(), bytes.data(), heard.size() * 2);
        return std::ranges::count_if(
            heard, [](std::int16_t sample) { return std::abs(int(sample)) > 1'000; });
    };
    constexpr auto enough = 2'000;
    {
        const auto chime = loudspeaker_chime();
        const auto rung = chime->ring();
        ASSERT_TRUE(rung) << rung.error().what;
        // The driver writes on a thread of its own, silence before and after it.
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (loud() <= enough && std::chrono::steady_clock::now() < until)
            std::this_thread::yield();
    }
    EXPECT_GT(loud(), enough);
    std::filesystem::remove(file);
}

TEST(Chime, SaysThatThereIsNoLoudspeaker) {
    setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    const auto rung = loudspeaker_chime()->ring();
    ASSERT_FALSE(rung);
    EXPECT_EQ(rung.error().code, Error::Code::offline);
}
