#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace foyer {

class Window;

/// A finger, or the mouse's left button, in the upright picture's pixels.
struct Touch {
    enum class What { down, moved, up, lost };
    What what = What::down;
    float x = 0, y = 0;
};
/// Text of a keyboard or an input method, UTF-8.
struct Text {
    std::string utf8;
};
/// Text an input method has not settled yet; empty when it gives up.
struct Composing {
    std::string utf8;
};
/// A key that edits.
struct Key {
    enum class Name {
        back,
        del,
        left,
        right,
        home,
        end,
        enter,
        tab,
        undo,
        redo,
        copy,
        cut,
        paste,
        all
    };
    Name name = Name::back;
    bool shift = false;
};
/// The picture must be drawn again: uncovered, resized, the GPU lost it.
struct Exposed {};
/// Somebody closed the window.
struct CloseAsked {};

struct Input {
    std::variant<Touch, Text, Composing, Key, Exposed, CloseAsked> what;
    std::chrono::milliseconds at{0};  ///< of any steady clock; for gaps between keys
};

/// What came in since the last call, oldest first. Only the first finger of several
/// counts, so that a leaning hand taps nothing. Main thread.
std::vector<Input> take_input(const Window& window);

}  // namespace foyer
