#include "kiosk/stage.h"

#include <cassert>
#include <cmath>

#include "kiosk/assets.h"
#include "kiosk/screens/screens.h"

namespace foyer {

namespace {

using namespace std::chrono_literals;

const char* spelled(TextSize size) {
    switch (size) {
        case TextSize::normal:
            return "normal";
        case TextSize::large:
            return "large";
        case TextSize::largest:
            return "largest";
    }
    return "";
}

/// Pixels per inch of a panel.
double density(int width, int height, double diagonal_inches) {
    return std::hypot(width, height) / diagonal_inches;
}

struct Panel {
    int width, height;
    double inches;
};

}  // namespace

std::string Variant::name() const {
    std::string text = comfort.language + "-" + spelled(comfort.text);
    text += comfort.high_contrast ? "-contrast" : "-calm";
    text += display.portrait() ? "-portrait" : "-landscape";
    if (comfort.reach) text += "-reach";
    if (std::abs(display.ppi - Display{}.ppi) > 1)
        text += "-" + std::to_string(display.width) + "x" +
                std::to_string(display.height) + "-" +
                std::to_string(int(display.ppi)) + "ppi";
    return text;
}

std::vector<Variant> variants(bool all_displays) {
    std::vector<Panel> panels = {{1080, 1920, 21.5}};
    if (all_displays)
        panels.insert(panels.end(),
                      {{1080, 1920, 15.6}, {1080, 1920, 32}, {2160, 3840, 27}});
    std::vector<Variant> list;
    for (const auto& panel : panels)
        for (const bool portrait : {true, false})
            for (const bool reach : {false, true})
                for (const char* language : {"en", "es"})
                    for (const auto size :
                         {TextSize::normal, TextSize::large, TextSize::largest})
                        for (const bool stark : {false, true}) {
                            if (reach && (!portrait || !all_displays)) continue;
                            Variant variant;
                            variant.display.ppi =
                                density(panel.width, panel.height, panel.inches);
                            variant.display.width =
                                portrait ? panel.width : panel.height;
                            variant.display.height =
                                portrait ? panel.height : panel.width;
                            variant.comfort.language = language;
                            variant.comfort.text = size;
                            variant.comfort.high_contrast = stark;
                            variant.comfort.reach = reach;
                            list.push_back(variant);
                        }
    return list;
}

Stage::Stage(const Display& display) : display_(display) {
    auto window = Window::in_memory(display.width, display.height);
    assert(window);
    canvas_ = std::move(*window);
    text_ = std::make_unique<TextEngine>(*canvas_);
    painter_ = std::make_unique<Painter>(*canvas_);
    ui_ = std::make_unique<Ui>(*text_);
    if (auto map = read_way_map(asset(sample_map)))
        maps_[sample_map] = std::make_shared<const WayMap>(*std::move(map));
}

Stage::~Stage() = default;

Tree& Stage::build(const Sample& sample, const Comfort& comfort, int page) {
    Scene scene{
        .screen = int(sample.screen.index()),
        .display = display_,
        .comfort = comfort,
        .clinic = "Sycamore Outpatient",
        .now = {Date{std::chrono::year{2026}, std::chrono::month{11},
                     std::chrono::day{23}},
                9h + 41min},
        .languages = {"en", "es"},
        .seconds_left = sample.seconds_left,
        .desk_place = {},
        .ways_in = sample.ways_in,
        .maps = &maps_,
    };
    // New widgets, so that nothing typed in one sample stays for the next; the text
    // engine keeps what it laid out.
    ui_ = std::make_unique<Ui>(*text_);
    ui_->turn_to(page);
    // Twice more at most: a first field takes the focus, a page follows it.
    for (int frame = 0; frame < 3; ++frame) {
        ui_->begin(scene);
        show(sample.screen, *ui_);
        ui_->end();
        if (!ui_->restless()) break;
    }
    tree_ = ui_->shown();
    return tree_;
}

Result<Picture> Stage::draw() {
    painter_->paint(tree_, ui_->setting());
    return canvas_->read();
}

void Stage::check() {
    painter_->check(tree_, ui_->setting());
}

}  // namespace foyer
