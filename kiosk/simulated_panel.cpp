#include "kiosk/simulated_panel.h"

#include <imgui.h>

#include "platform/simulated/printer.h"
#include "sync/site/simulated_desk.h"

namespace foyer {

SimulatedPanel::SimulatedPanel(Parts parts) : parts_(std::move(parts)) {}

void SimulatedPanel::pointer(float x, float y, bool down) {
    auto& io = ImGui::GetIO();
    io.MousePos = {x, y};
    io.MouseDown[0] = down;
}

void SimulatedPanel::draw(const Rect& area) {
    ImGui::SetNextWindowPos({area.x, area.y});
    ImGui::SetNextWindowSize({area.w, area.h});
    ImGui::Begin("Simulated devices", nullptr,
                 ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
                     ImGuiWindowFlags_NoCollapse);
    ImGui::TextWrapped("Only on a laptop: these stand for the real devices.");
    ImGui::Separator();

    ImGui::Text("Printer");
    bool plugged = parts_.printer->is_plugged_in();
    if (ImGui::Checkbox("plugged in", &plugged))
        parts_.printer->set_plugged_in(plugged);
    int paper = parts_.printer->paper();
    if (ImGui::SliderInt("slips left", &paper, 0, SimulatedPrinter::kFullRoll))
        parts_.printer->set_paper(paper);
    ImGui::TextWrapped("Printed: %d, in %s", int(parts_.printer->printed().size()),
                       parts_.slips_folder.c_str());
    ImGui::Separator();

    ImGui::Text("Front desk");
    bool online = parts_.desk->online;
    if (ImGui::Checkbox("reachable", &online)) parts_.desk->online = online;
    ImGui::Text("Calls for help: %d", parts_.desk->calls.load());
    ImGui::Text("Arrivals acknowledged: %d", parts_.desk->arrivals.load());
    ImGui::Separator();

    ImGui::Text("Scanner: hold a slip under it");
    if (!parts_.appointments.empty()) {
        const auto id = [](void* list, int i, const char** text) {
            *text =
                (*static_cast<std::vector<std::string>*>(list))[std::size_t(i)].c_str();
            return true;
        };
        ImGui::PushItemWidth(-1);
        ImGui::Combo("##appointment", &chosen_, id, &parts_.appointments,
                     int(parts_.appointments.size()));
        ImGui::PopItemWidth();
        if (ImGui::Button("Scan this appointment's slip"))
            said_ = parts_.scan_slip(parts_.appointments[std::size_t(chosen_)]);
    }
    if (ImGui::Button("Scan a code that is no slip"))
        parts_.scan_text("https://example.org/not-a-slip");
    if (!said_.empty()) ImGui::TextWrapped("%s", said_.c_str());
    ImGui::End();
}

}  // namespace foyer
