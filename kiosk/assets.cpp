#include "kiosk/assets.h"

#include <cstdlib>
#include <system_error>
#include <vector>

namespace foyer {

std::filesystem::path asset(std::string_view name) {
    namespace fs = std::filesystem;
    std::error_code none;
    std::vector<fs::path> places;
    if (const char* chosen = std::getenv("FOYER_ASSETS")) places.emplace_back(chosen);
    const fs::path program = fs::read_symlink("/proc/self/exe", none);
    if (!program.empty()) {
        const fs::path folder = program.parent_path();
        places.push_back(folder / "share/foyer");
        places.push_back(folder.parent_path() / "share/foyer");
    }
    for (const fs::path& place : places)
        if (fs::exists(place / name, none)) return place / name;
    return fs::path("/usr/share/foyer") / name;
}

}  // namespace foyer
