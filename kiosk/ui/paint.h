#pragma once

#include <functional>
#include <memory>

#include "kiosk/ui/layout.h"
#include "platform/canvas.h"

namespace foyer {

/// Draws a placed tree through ImGui's draw list. Keeps nothing of a tree between calls
/// but ImGui's own buffers. Main thread only; one Painter at a time in a process (ImGui
/// has one context).
class Painter {
public:
    explicit Painter(Canvas& canvas);
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    /// Draws the page shown onto the canvas. Marks nodes that drew outside their
    /// rectangle
    /// (`overdrawn`) or could not show all they hold (`truncated`).
    void paint(Tree& tree, const Setting& setting);
    /// The same without drawing: only the marks. For audits.
    void check(Tree& tree, const Setting& setting);
    /// Draws more into each picture with ImGui's own widgets (the panel of simulated
    /// devices); empty for none.
    void beside(std::function<void()> draw);
    /// Overwrites the draw lists: the outlines of a session's QR code are in there.
    void wipe();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
