#include <filesystem>
#include <utility>

#include "sync/clinic/site.h"
#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"

namespace foyer {

namespace {

using namespace site_file;

using ReadSection = Result<void> (*)(Section, Site&);
using NamedSection = std::pair<const char*, ReadSection>;
constexpr NamedSection sections[] = {
    {"site", read_clinic},     {"hours", read_hours},       {"device", read_device},
    {"windows", read_windows}, {"labels", read_labels},     {"policy", read_policy},
    {"time", read_times},      {"staff", read_staff},       {"display", read_display},
    {"printer", read_printer}, {"scanner", read_scanner},   {"services", read_services},
    {"forms", read_forms},     {"server", read_server},     {"part2", read_part2},
    {"lan", read_lan},         {"programs", read_programs}, {"guests", read_guests},
};
/// [[...]], which stand by themselves.
constexpr NamedSection lists[] = {{"class", read_class}, {"place", read_place}};

Result<Site> read_sections(Section file) {
    Site site;
    for (const auto& [name, read] : sections) {
        auto section = TRY(file.section(name));
        TRY(read(std::move(section), site));
    }
    for (const auto& [name, read] : lists) {
        auto all = TRY(file.sections(name));
        for (auto& section : all) TRY(read(std::move(section), site));
    }
    TRY(file.finish());
    return site;
}

}  // namespace

Result<Site> read_site(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return fail(Error::Code::not_found, path + ": there is no such file");
    return site_file::read_toml(path, read_sections);
}

}  // namespace foyer
