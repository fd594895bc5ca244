#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kiosk/board/board.h"
#include "kiosk/ui/paint.h"
#include "kiosk/ui/ui.h"

namespace foyer {

/// What a picture of the board is made of.
struct BoardPicture {
    std::string clinic;
    LocalTime local;
    Instant now{};
    std::vector<std::string> languages;  ///< said side by side, the first one large
    std::vector<BoardCall> calls;
    bool in_touch = true;  ///< false: nobody can be called here just now
};

/// Whether they look the same.
bool operator==(const BoardPicture& one, const BoardPicture& other);

/// Draws the board: to be read across a lobby, so nothing on it can be tapped and it
/// has sizes of its own (a capital of the newest name is a sixteenth of the screen's
/// height). Keeps nothing of a call between pictures. Main thread only.
class BoardView {
public:
    /// Draws on `canvas`, which must outlive it.
    explicit BoardView(Canvas& canvas);

    void draw(const BoardPicture& picture);
    /// What was drawn last, for tests.
    const Tree& tree() const { return ui_.shown(); }

private:
    void call_row(const BoardPicture& picture, const BoardCall& call, bool is_new);

    Canvas& canvas_;
    TextEngine text_;
    Painter painter_;
    Ui ui_;
};

}  // namespace foyer
