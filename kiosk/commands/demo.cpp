#include "kiosk/commands/demo.h"

#include <fstream>
#include <iterator>
#include <sstream>

#include "kiosk/assets.h"
#include "sync/fhir/demo_clinic.h"

namespace foyer {

std::filesystem::path demo_site_file() {
    return asset("demo/foyer.toml");
}

Result<std::string> demo_bundle(const SiteTime& time, Instant now) {
    const auto path = asset("demo/clinic.json");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(Error::Code::not_found,
                    "cannot open the demo clinic: " + path.string());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return render_demo(text, now, time);
}

Result<ImportReport> import_demo(Store& store, const ImportSettings& settings) {
    std::istringstream in(TRY(demo_bundle(settings.time, settings.now)));
    return import_stream(in, "demo clinic", Layout::guess, store, settings);
}

}  // namespace foyer
