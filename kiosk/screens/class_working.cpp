#include "kiosk/screens/screens.h"
#include "kiosk/ui/icons.h"

namespace foyer {

namespace {

const char* words_for(ClassWorking::What what) {
    switch (what) {
        case ClassWorking::What::opening:
            return "class_working.opening";
        case ClassWorking::What::joining:
            return "class_working.joining";
        case ClassWorking::What::leaving:
            return "class_working.leaving";
        case ClassWorking::What::signing_in:
            return "class_working.signing_in";
    }
    return "class_working.opening";
}

}  // namespace

std::optional<Event> show(const ClassWorking& screen, Ui& ui) {
    ui.center_body();
    ui.big_icon(icon::timer);
    ui.heading("looking.title", {}, Heading::screen, Align::center);
    ui.lead(words_for(screen.what), {}, Align::center);
    return std::nullopt;
}

}  // namespace foyer
