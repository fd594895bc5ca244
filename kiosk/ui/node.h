#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/ui/geometry.h"
#include "kiosk/ui/text.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/way_map.h"

namespace foyer {

/// What a node is to somebody who cannot see it (WAI-ARIA names where they fit).
enum class Role {
    group,
    heading,
    text,
    button,
    checkbox,
    radio,
    slider,
    text_field,
    key,  ///< of the on-screen keyboard
    image,
    progress,
    status,
};

/// The parts of a screen, in reading order.
enum class Region { header, body, actions, keyboard, footer };

/// How a node's children stand.
enum class Flow { column, row };

/// What a leaf draws.
enum class Content { none, text, icon, bar, field, qr, strokes, plan };

/// Where children stand across their container's main axis, or along it.
enum class Place { start, center, end, stretch };

/// In which column of a landscape screen a part of the body stands: what can be tapped
/// with the controls, the rest with what is read, unless said otherwise. `choices` is
/// one of a list of which some can be tapped: with the controls also within reach.
enum class Side { by_kind, reading, controls, choices };

/// On which pages of a screen of several a node of the actions stands.
enum class OnPages { every, first, last, later, earlier };

/// What can be done to a node, beside looking at it.
struct Actions {
    bool activate = false;  ///< tap, or select on the six-key pad
    bool hold = false;      ///< press for two seconds
    bool edit = false;      ///< type into
    bool drag = false;      ///< with activate: where the finger is matters
};

using NodeId = int;
inline constexpr NodeId no_node = -1;

/// Values of Node::page beside a page's number.
inline constexpr int every_page = -1;
inline constexpr int no_page = -2;

/// One thing on the screen. The tree of nodes is the screen: it is what is drawn,
/// tapped, heard, keyed, tested and audited. Built anew each frame; plain data.
struct Node {
    // What it is.
    std::string key;  ///< stable name ("welcome.check_in"); empty for mere layout
    Role role = Role::group;
    std::string label;   ///< its name; for text, the words themselves
    std::string spoken;  ///< what speech says where that differs from label
    std::string value;   ///< what a field holds, what a bar shows
    Actions actions;
    bool disabled = false;
    std::optional<bool> checked;
    bool focused = false, pressed = false;
    bool is_private =
        false;               ///< only to headphones, never to a log or a story's record
    bool inert = false;      ///< under a modal
    bool live = false;       ///< spoken when it changes
    bool truncated = false;  ///< some of it is not shown: an audit finding
    bool overdrawn = false;  ///< it drew outside itself: an audit finding

    // How it stands. Sizes in design units; see Display.
    Flow flow = Flow::column;
    Insets pad;
    float gap = 0;     ///< between children
    float before = 0;  ///< space above it, in a column
    float min_w = 0, min_h = 0, max_w = 0;
    float tight_h = 0;  ///< min_h where room is short; 0: the same
    float width = 0;    ///< exact width, 0: as it comes
    float grow = 0;     ///< share of what is left along the parent's main axis
    Place across = Place::stretch;
    Place along = Place::start;
    bool wrap = false;        ///< a row that becomes several lines rather than too wide
    bool stacks = false;      ///< a row that becomes a column rather than too wide
    bool optional = false;    ///< left out of a row that is too wide, and of a screen
                              ///< with no room to spare
    bool keeps_next = false;  ///< never last on a page
    Side side = Side::by_kind;
    OnPages on_pages = OnPages::every;

    // How it looks.
    Color fill = Color::none;
    Color border = Color::none;
    float border_w = 0, radius = 0;
    bool border_means = false;  ///< the border carries meaning: 3:1 (WCAG 1.4.11)
    bool pressable_look = true;

    // What a leaf draws.
    Content content = Content::none;
    std::string words;  ///< text with its emphasis, or an icon, or the QR code's text
    TextStyle style;    ///< size in design units, before the patient's text size
    bool fixed_size = false;  ///< the text size does not scale it
    bool prose = false;       ///< its lines are as long as they can be, never evened
    Color ink = Color::ink;
    float part = 0;  ///< of a bar: 0..1
    std::size_t caret = 0, anchor = 0;
    std::string composing;
    int lines = 1;  ///< of a field: how many it shows
    /// What a finger drew, in 0..1 of the node.
    std::vector<std::vector<std::pair<float, float>>> strokes;

    std::shared_ptr<const WayMap> plan;

    // Where it came to stand, in pixels.
    Rect rect;
    Size want;
    int page = every_page;
    /// Sizes already measured, the last two widths asked for; see forget().
    struct Measured {
        float width = -1;
        Size size;
    };
    std::array<Measured, 2> measured;

    NodeId parent = no_node;
    std::vector<NodeId> children;

    bool is_control() const { return actions.activate || actions.edit; }
};

/// The nodes of a frame; node 0 is the screen, its children are the regions present.
struct Tree {
    std::vector<Node> nodes;
    int pages = 1, page = 0;
    bool centered = false;    ///< a short body stands in the middle
    bool one_column = false;  ///< also in landscape
    /// A part of the body could be given no place: an audit finding.
    bool does_not_fit = false;

    Node& operator[](NodeId id) { return nodes[std::size_t(id)]; }
    const Node& operator[](NodeId id) const { return nodes[std::size_t(id)]; }
    /// The node of that key on the page shown; no_node if there is none.
    NodeId find(std::string_view key) const;
    /// The topmost node that takes a tap at this point; no_node if none.
    NodeId control_at(float x, float y) const;
    /// Whether the node is on the page shown and was given a place there.
    bool shown(NodeId id) const;
    NodeId region(Region region) const { return regions[std::size_t(region)]; }

    std::vector<NodeId> regions = std::vector<NodeId>(5, no_node);
};

/// The tree as JSON, for stories and tests: keys, roles, labels, values, states and
/// rectangles of what is on the page shown. Values of private nodes are left out.
std::string to_json(const Tree& tree);

}  // namespace foyer
