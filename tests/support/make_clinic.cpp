// Writes a clinic to import: make_clinic --today DATE [--patients N] [--visits N.N]
// [--seed N] [--zone IANA] [--lines] [--synthea FOLDER] > clinic.json
// FOLDER holds synthea-Patient.ndjson and synthea-Practitioner.ndjson; the default is
// $FOYER_SHARED/fhir/samples if set, else everybody is made up.
#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/support/synthea_clinic.h"

namespace {

int complain(const std::string& why) {
    std::cerr << "make_clinic: " << why << '\n';
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace foyer;
    SyntheaClinic clinic;
    std::string zone = "America/New_York", folder;
    if (const char* shared = std::getenv("FOYER_SHARED"))
        folder = std::string(shared) + "/fhir/samples";
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--lines") {
            clinic.lines = true;
            continue;
        }
        if (++i == argc) return complain(option + " needs a value");
        const std::string value = argv[i];
        if (option == "--today") {
            const auto today = parse_date(value);
            if (!today) return complain("--today: not a date as in 2026-11-23");
            clinic.today = *today;
        } else if (option == "--patients") {
            clinic.patients = std::strtoull(value.c_str(), nullptr, 10);
        } else if (option == "--visits") {
            clinic.visits_each = std::strtod(value.c_str(), nullptr);
        } else if (option == "--seed") {
            clinic.seed = std::strtoull(value.c_str(), nullptr, 10);
        } else if (option == "--zone") {
            zone = value;
        } else if (option == "--synthea") {
            folder = value;
        } else {
            return complain("unknown option " + option);
        }
    }
    if (!clinic.today.ok()) return complain("--today is missing");
    const auto time = SiteTime::in_zone(zone);
    if (!time) return complain(time.error().what);
    if (!folder.empty())
        if (const auto read = read_synthea(folder, clinic); !read)
            return complain(read.error().what);
    std::ios::sync_with_stdio(false);
    write_clinic(std::cout, clinic, *time);
    return std::cout.flush() ? 0 : 1;
}
