#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kiosk/purpose.h"
#include "kiosk/ui/keyboard_layout.h"
#include "kiosk/ui/node.h"
#include "kiosk/ui/pages.h"
#include "kiosk/ui/text_edit.h"
#include "kiosk/ui/words.h"

namespace foyer {

/// What a frame is built from, beside the screen itself.
struct Scene {
    int screen = 0;  ///< which kind of screen; a change forgets focus and page
    Display display;
    Comfort comfort;
    std::string clinic;  ///< the site's name
    LocalTime now;
    std::vector<std::string> languages;
    int seconds_left = 0;    ///< of the countdown on this screen, if it has one
    std::string desk_place;  ///< where the front desk is, may be empty
    WaysIn ways_in = {};     ///< of Welcome
    std::string drop_in{};   ///< the clinic's name for case management, may be empty
    const WayMaps* maps = nullptr;  ///< of the places; outlives the frame
};

enum class Heading { hero, screen };
enum class Button { primary, plain, quiet, clay, clay_soft };
enum class Chip { calm, later };
/// What is typed into a field, and by which keys: a name, digits alone (a part of a
/// date), whole sentences, a number, a code of letters and digits.
enum class FieldKind { name, digits, text, number, code };
/// What a choice is, and so how it is marked: something on or off (a disc), one of
/// several (a disc), any of several (a box).
enum class Mark { on_off, one, any };

/// The kiosk's widgets. Calls look immediate: a call adds a node to this frame's tree
/// and answers from the frame last shown. A text key ("confirm.yes") is the
/// translation, the node's name, and what a test taps. Sizes and colours live here,
/// never in screens. Main thread only.
class Ui {
public:
    explicit Ui(TextEngine& text);

    // --- a frame ---------------------------------------------------------------------

    /// Starts a tree. What was tapped since the last frame is answered in this one.
    void begin(const Scene& scene);
    /// Measures and places the tree; from now on it is the frame shown.
    void end();
    /// The frame last shown.
    const Tree& shown() const { return shown_; }
    /// The same for Painter::paint(), which marks what it could not draw well.
    Tree& shown_for_painting() { return shown_; }
    const Scene& scene() const { return scene_; }
    Setting setting() const;
    /// Whether another frame must follow because the widgets changed among themselves.
    bool restless() const { return restless_; }

    /// Shows a page of the screen by its number; arrange() settles what there is.
    void turn_to(int page) { page_ = page; }

    // --- what came in ----------------------------------------------------------------

    /// A finger (or the mouse) at a point of the upright picture, in pixels. `at`
    /// counts from any start. Answers whether the picture changes.
    enum class Finger { down, moved, up, lost };
    bool finger(Finger what, float x, float y, std::chrono::milliseconds at);
    /// When a press becomes a hold, if a finger is down on something that can be held.
    std::optional<std::chrono::milliseconds> hold_due() const;
    bool tick(std::chrono::milliseconds now);
    /// Text of a hardware keyboard or input method, for the focused field.
    bool typed(std::string_view utf8);
    bool composed(std::string_view utf8);
    enum class Stroke {
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
    bool stroke(Stroke key, bool shift);
    /// Drops what the session left in the widgets: texts, undo, clipboard, the tree.
    void wipe();

    // --- words -----------------------------------------------------------------------

    std::string tr(const char* key, const Args& args = {}) const;
    std::string tr_count(const char* key, long count, const Args& args = {}) const;
    const std::string& language() const { return scene_.comfort.language; }

    // --- parts of the screen ---------------------------------------------------------

    /// While it lives, new nodes go inside.
    class Inside {
    public:
        Inside(Ui& ui, NodeId id) : ui_(ui), id_(id) { ui_.open_.push_back(id); }
        ~Inside() { ui_.open_.pop_back(); }
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;
        NodeId id() const { return id_; }

    private:
        Ui& ui_;
        NodeId id_;
    };
    Inside region(Region region);
    /// A white card; its children stand in a column. In landscape it stands with the
    /// controls, unless it is to be read.
    Inside card(float pad = 44, bool to_be_read = false);
    /// Two or more things of equal width, side by side where they fit.
    Inside beside(float min_width);
    /// A white card whose children stand side by side where they fit; in landscape it
    /// stands with the controls.
    Inside card_row();
    /// What belongs together and is never parted by a page.
    Inside block();
    /// A column inside a row, taking the room that is left.
    Inside column();
    /// The screen becomes the opaque cover.
    void cover();
    /// A landscape screen has one column too, wide enough to read in.
    void one_column() { tree_.one_column = true; }
    /// A short body stands in the middle of the screen.
    void center_body() { tree_.centered = true; }

    // --- words on the screen
    // -----------------------------------------------------------

    void heading(const char* key, const Args& args = {}, Heading size = Heading::screen,
                 Align align = Align::start);
    void lead(const char* key, const Args& args = {}, Align align = Align::start);
    /// A lead with plural forms.
    void lead_count(const char* key, long count, const Args& args = {},
                    Align align = Align::start);
    void text(const char* key, const Args& args = {}, Align align = Align::start);
    /// A text with plural forms.
    void text_count(const char* key, long count, const Args& args = {},
                    Align align = Align::start);
    /// Text that was made elsewhere (a name, a clinic's own words).
    void words(const std::string& said, Align align = Align::start, int weight = 400,
               float size = 32, Color ink = Color::ink);
    /// Small and quiet, with an icon in front.
    void note(const char* icon, const char* key, const Args& args = {},
              Color ink = Color::mute);
    /// A smaller heading inside a card.
    void title(const char* key, const Args& args = {});
    /// Names what follows, a field of several parts.
    void label(const char* key);
    void small(const char* key, const Args& args = {}, Align align = Align::start);
    void big_icon(const char* icon);
    /// A number or a name to be read from afar.
    void figure(const std::string& said, float size = 96, Color ink = Color::pine,
                Align align = Align::start);
    /// The seconds left, large. Not spoken each second.
    void countdown(int seconds);
    /// The next node holds something private.
    void private_next() { private_next_ = true; }
    /// The next node says what is also said elsewhere: left out where there is no room.
    void spare_next() { spare_next_ = true; }
    void steps(int done, int of);

    // --- things to tap
    // -----------------------------------------------------------------

    bool button(const char* key, Button look, const char* icon = nullptr,
                const Args& args = {}, bool enabled = true);
    /// A large button across the screen, for asking a person to come.
    bool big_button(const char* key, const char* icon);
    bool hero_card(const char* key, const char* icon, const char* sub,
                   const char* hint_icon, const char* hint);
    /// A card with an icon, a title and, with `sub`, a line beneath.
    bool tile(const char* key, const char* icon, const char* sub = nullptr);
    /// The same with words made elsewhere.
    bool tile_said(const char* key, const std::string& said, const char* icon);
    /// A tall tile for one of the few things people come for: in portrait its icon
    /// stands above the words.
    bool feature(const char* key, const char* icon, const char* sub);
    /// A card that is on or off.
    bool choice(const std::string& key, const std::string& label, bool chosen,
                const char* icon = nullptr, Mark kind = Mark::on_off);
    struct VisitRow {
        std::string time, rest;  ///< "10:00", "AM" or "AM – 2:00 PM"
        std::string title, place, chip;
        Chip chip_look = Chip::calm;
        bool can_choose = true;
        bool chosen = false;
    };
    bool visit_row(const std::string& key, const VisitRow& row);
    /// A session of a class: its picture, what and when, how it stands, and what can be
    /// done about it. Its button has the row's key and ".act".
    struct ClassRow {
        const char* icon = nullptr;
        Color tint = Color::sage;  ///< behind the picture
        std::string title, when, state;
        Color state_ink = Color::pine;
        enum class Act { none, join, wait, joined, leave } act = Act::none;
        std::string act_words;
        std::string spoken;  ///< the button with what it is about
        bool is_private = false;
    };
    bool class_row(const std::string& key, const ClassRow& row);
    /// One of a row of pills of which one is chosen; `day_pills()` holds them. With an
    /// icon it shows that and leads to further ones.
    bool day_pill(const std::string& key, const std::string& label,
                  const std::string& spoken, bool chosen, const char* icon = nullptr);
    Inside day_pills();
    bool pill(const char* key, Button look, const char* icon);
    /// Pills that stay together where a footer becomes several lines.
    Inside pills();

    /// A field with its label. Answers the new text when it was edited.
    struct Field {
        FieldKind kind = FieldKind::name;
        std::size_t max = 300;               ///< graphemes
        bool small_label = false;            ///< label inside the box, as in a date
        const char* abbreviation = nullptr;  ///< of a small label where it is cramped
        float share = 0;                     ///< of the width, in beside()
        bool is_private = true;
        bool hidden = false;                     ///< shows dots (a PIN)
        bool decimal = false, negative = false;  ///< what a number may have
        int lines = 1;                           ///< how many of a longer text it shows
        std::string unit{};  ///< said behind what is typed, may be empty
    };
    std::optional<std::string> field(const char* key, const std::string& value,
                                     const Field& how);
    /// The same with a name made elsewhere; without one it has no label of its own, and
    /// `spoken` says what it is.
    std::optional<std::string> field_said(const std::string& key,
                                          const std::string& label,
                                          const std::string& spoken,
                                          const std::string& value, const Field& how);
    /// On this frame no field takes the focus by itself: the keyboard would cover what
    /// else there is to tap.
    void typing_waits() { typing_waits_ = true; }
    /// The key of the field in focus, empty if none is.
    const std::string& focused() const { return focus_; }
    /// The field that the patient went on from since the last frame; true once.
    std::string left_field() { return std::exchange(left_, {}); }
    /// Puts the keyboard away, or brings it for a field that stands on the next frame.
    void unfocus();
    void type_into(const std::string& key) { focus(key); }
    /// Whether "Next" on the keyboard was tapped at the last field, or Enter struck.
    bool submitted();
    /// Something is wrong with a field: said beneath it, and spoken.
    void problem(const char* key);
    /// The same in words made elsewhere; `key` names the node.
    void problem_said(const std::string& key, const std::string& said);

    // --- forms: words that come with the form, several things of one kind ------------

    /// From here on this is another sheet of the same screen: with a new name the
    /// focus, the page within and what was typed into the widgets are forgotten.
    void chapter(const std::string& name);
    /// Where one is in a form: its section, how far ("Question 2 of 9"), the time left,
    /// which gives way where there is no room, and a bar.
    void progress(const std::string& section, const std::string& how_far,
                  const std::string& time_left, float part);
    /// The text that leads into a question, and the question.
    void question(const std::string& lead, const std::string& said);
    /// A question among several on a page, smaller; what leads past it may stand at its
    /// end.
    Inside question_row();
    void question_among(const std::string& said);
    /// A paragraph of a form.
    void paragraph(const std::string& said, Color ink = Color::ink);
    /// A button whose words were made elsewhere.
    bool tap(const std::string& key, const std::string& label, Button look,
             const char* icon = nullptr, bool enabled = true);
    /// One question among several on a page, with its answers.
    Inside part();
    /// Small words beneath a question.
    void small_within(const char* key);
    /// A row of choices side by side; a column where they have no room.
    Inside across();
    /// Things of one kind, none more than another, side by side where each has room
    /// for its longest word.
    bool fits_across(const std::vector<std::string>& labels);
    /// A choice that stands beside others: its mark above its words.
    bool cell(const std::string& key, const std::string& label, bool chosen,
              Mark mark = Mark::one);
    /// A line with a thumb to tap or drag; `part` in 0..1, none before an answer.
    /// Answers where the finger was lifted.
    std::optional<float> slider(const std::string& key, const std::string& label,
                                const std::string& value, std::optional<float> part);
    /// Minus, the line and plus stand in one row; the ends of the scale beneath.
    Inside slider_row();
    bool stepper(const std::string& key, const std::string& label, const char* icon);
    void slider_ends(const std::string& least, const std::string& most);
    using Trail = std::vector<std::pair<float, float>>;
    /// A pad to draw on; answers a stroke when the finger is lifted.
    std::optional<Trail> pad(const std::string& key, const std::string& label,
                             const std::vector<Trail>& strokes);
    /// Quiet ways out of a question or a form, in a row that may become several.
    Inside links();
    bool link(const std::string& key, const std::string& label,
              const char* icon = nullptr, const std::string& spoken = {});
    /// A line of a review: the question, the answer, and a way to change it.
    struct ReviewRow {
        std::string question, answer;
        bool problem = false, quiet = false;  ///< quiet: nothing was answered
        std::string change;                   ///< what the row's tap does, spoken
    };
    bool review_row(const std::string& key, const ReviewRow& row);

    // --- actions at the bottom
    // ---------------------------------------------------------

    bool back(const char* key = "common.back");
    bool primary(const char* key, const char* icon = nullptr, const Args& args = {},
                 bool enabled = true);
    bool secondary(const char* key, const char* icon = nullptr, bool enabled = true);

    // --- header and footer
    // ---------------------------------------------------------------

    /// The clinic's sign, date and time. Answers whether the sign was held.
    bool header(const std::string& date, const std::string& time);

    /// A QR code of `said`, `size` design units wide, with what it is for.
    void qr(const std::string& said, float size, const char* key);

    /// Whether there is a picture of that name that can be shown.
    bool has_plan(const std::string& map) const;
    /// The picture of a way, across the screen; nothing if there is none. The key's
    /// words say what it is and where the same stands in words.
    void plan(const char* key, const std::string& map);

    /// A node of one's own, in the part that is open. For what has no widget yet, and
    /// for tests of the layout and the audit.
    NodeId add(Node node);
    Tree& tree() { return tree_; }
    /// Whether this key was tapped in the frame last shown; true once.
    bool activated(std::string_view key);

private:
    /// A field being edited, as long as its screen lasts.
    struct Editing {
        TextEdit edit;
        std::string known;  ///< the value the screen last gave or was told
        FieldKind kind = FieldKind::name;
        std::size_t max = 300;
        bool decimal = false, negative = false;
    };

    bool tile(const char* key, const std::string& said, const char* icon,
              const std::string& sub);
    /// The mark of a choice, 60 units wide.
    void mark(Mark kind, bool chosen);
    void say_text(const char* key, const std::string& said, Align align);
    void say_lead(const char* key, const std::string& said, Align align);
    void scan_hint(const char* icon, const char* key, bool on_pine);
    NodeId add_words(Node node, const std::string& said, Face face, int weight,
                     float size, Color ink, Align align = Align::start);
    Node control(const std::string& key, const std::string& label, Role role);
    void build_keyboard();
    void press_key(const KeyCap& key);
    void focus(const std::string& key);
    void focus_next();
    Editing* focused_edit();
    void after_typing();
    void begin_names_with_capitals();
    void follow(const Node& node, float x, float y);
    /// Width of the longest word, in design units at the patient's text size: what a
    /// column needs so that no word is broken.
    float longest_word(std::string_view said, const TextStyle& style,
                       bool fixed_size = false);
    float keyboard_unit(const std::vector<KeyRow>& rows, float widest) const;
    float label_size(const KeyCap& key) const;
    std::vector<float> key_widths(const KeyRow& keys, float unit);
    void build_pager();

    TextEngine& text_;
    Scene scene_;
    Tree tree_, shown_;
    std::vector<NodeId> open_;

    std::string activated_, held_, pressed_;
    std::optional<std::chrono::milliseconds> pressed_at_;
    bool private_next_ = false, spare_next_ = false, restless_ = false,
         submitted_ = false;
    int page_ = 0;

    std::string focus_, left_, chapter_;
    bool typing_waits_ = false;
    /// Of the press on a node that follows the finger: where it went, in 0..1 of the
    /// node; the key once it was lifted.
    Trail trail_;
    std::string dragged_;
    std::map<std::string, Editing> editing_;
    std::vector<std::string> fields_, fields_shown_;
    std::vector<KeyRow> keyboard_;
    bool upper_ = true, accents_ = false, symbols_ = false;
    std::string clipboard_;
};

}  // namespace foyer
