#pragma once

#include <string>
#include <vector>

#include "kiosk/samples.h"
#include "kiosk/ui/paint.h"
#include "kiosk/ui/ui.h"
#include "platform/window.h"

namespace foyer {

/// One way of showing a screen: a display and what the patient made easier.
struct Variant {
    Display display;
    Comfort comfort;
    /// "es-largest-contrast-portrait"
    std::string name() const;
};

/// Every language, text size, theme and orientation on the reference display, and, with
/// `all_displays`, the reach layout and the other sizes Foyer is sold on: 15.6" to 32",
/// 1080p and 4K (design.md, "Physical size").
std::vector<Variant> variants(bool all_displays);

/// Shows sample screens without devices, store or clock: for the gallery, the audit,
/// picture tests and benchmarks. The clinic and its time are design.md's.
class Stage {
public:
    /// Draws into memory at the display's size.
    explicit Stage(const Display& display);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Builds and places the frame as it looks once focus has settled. The tree is the
    /// Stage's until the next call. `page` counts from 0.
    Tree& build(const Sample& sample, const Comfort& comfort, int page = 0);
    /// Draws the tree last built.
    Result<Picture> draw();
    /// Marks the tree last built as Painter::check() does.
    void check();
    const Tree& tree() const { return tree_; }
    /// Made anew by build().
    Ui& ui() { return *ui_; }
    TextEngine& text() { return *text_; }

private:
    Display display_;
    WayMaps maps_;
    std::unique_ptr<Window> canvas_;
    std::unique_ptr<TextEngine> text_;
    std::unique_ptr<Painter> painter_;
    std::unique_ptr<Ui> ui_;
    Tree tree_;
};

}  // namespace foyer
