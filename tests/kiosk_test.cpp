#include "kiosk/kiosk.h"

#include <semaphore>

#include "kiosk/effects.h"
#include "platform/window.h"
#include "tests/effects_fixture.h"

namespace foyer {
namespace {

using namespace std::chrono_literals;

/// A desk that leaves the kiosk's worker waiting for as long as a test likes.
class SlowDesk final : public DeskLink {
public:
    std::binary_semaphore answers{0};
    Result<void> call() override {
        answers.acquire();
        return {};
    }
    Result<void> arrived(const Alias&) override { return {}; }
    bool hears_alerts() override { return true; }
};

/// A whole kiosk, drawn into memory.
class WholeKiosk : public AtTheKiosk {
protected:
    SlowDesk slow;
    std::binary_semaphore woken{0};
    std::unique_ptr<Window> window = Window::in_memory(540, 960).value();
    std::unique_ptr<Kiosk> kiosk;

    void SetUp() override {
        Effects::Parts parts;
        parts.clock = &clock;
        parts.desk = &slow;
        parts.site = site;
        parts.data = data;
        effects = Effects::create(std::move(parts)).value();
        Kiosk::Parts whole;
        whole.clock = &clock;
        whole.canvas = window.get();
        whole.effects = effects.get();
        whole.site = site;
        whole.display = {540, 960, 51.23};
        whole.wake = [this] { woken.release(); };
        kiosk = Kiosk::create(std::move(whole)).value();
        until_shown("Welcome");
    }
    void TearDown() override {
        slow.answers.release();
        kiosk.reset();
    }

    std::string shown() const { return name(kiosk->screen()); }

    /// Waits for the worker; a minute at most.
    void until_shown(const std::string& screen) {
        for (kiosk->settle(); shown() != screen; kiosk->settle())
            if (!woken.try_acquire_for(60s)) {
                ADD_FAILURE() << shown() << " stays, " << screen << " does not come";
                return;
            }
    }

    void taps(const char* key) {
        const auto& tree = kiosk->tree();
        const auto id = tree.find(key);
        ASSERT_NE(id, no_node) << key;
        const auto& rect = tree[id].rect;
        const float x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
        kiosk->input({Touch{Touch::What::down, x, y}, clock.elapsed()});
        kiosk->input({Touch{Touch::What::up, x, y}, clock.elapsed()});
    }
    void passes(std::chrono::milliseconds time) {
        clock.advance(time);
        kiosk->settle();
    }
};

TEST_F(WholeKiosk, NeverShowsTheNextPatientWhatItFoundForTheLastOne) {
    const auto of_the_first = slip("a-open");

    taps("footer.help");
    taps("help.ask");
    taps("help.back");
    kiosk->scanned(of_the_first);
    EXPECT_EQ(shown(), "Looking");
    passes(16s);
    EXPECT_EQ(shown(), "SeeDesk");
    taps("common.finish");
    EXPECT_EQ(shown(), "Welcome");

    kiosk->scanned("garbage of the second");
    EXPECT_EQ(shown(), "Looking");
    slow.answers.release();
    until_shown("SlipRefused");
}

TEST_F(WholeKiosk, DrawsNothingWhileNothingChanges) {
    kiosk->draw();
    const auto frames = kiosk->frames();
    for (int i = 0; i < 59; ++i) {
        // 9:41:00 to 9:41:59
        passes(1s);
        EXPECT_FALSE(kiosk->draw()) << i;
    }
    passes(1s);
    EXPECT_TRUE(kiosk->draw());
    EXPECT_EQ(kiosk->frames(), frames + 1);
}

}  // namespace
}  // namespace foyer
