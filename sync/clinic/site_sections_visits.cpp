#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"

namespace foyer::site_file {

namespace {

using std::chrono::minutes;

/// Calls `read` with each kind of visit that has a section of its own in `windows`.
template <class Read>
Result<void> each_service(Section windows, Read read) {
    for (int kind = 0; kind <= int(Service::other); ++kind) {
        const auto service = Service(kind);
        auto section = TRY(windows.section(code(service)));
        if (section.present()) TRY(read(service, section));
    }
    return windows.finish();
}

}  // namespace

Result<void> read_windows(Section windows, Site& into) {
    constexpr int day = 24 * 60;
    return each_service(
        std::move(windows), [&](Service service, Section& section) -> Result<void> {
            ArrivalWindow window = default_window(service);
            TRY(section.take("opens_before", window.opens_before,
                             "minutes from 0 to 1440", duration<minutes>(0, day)));
            TRY(section.take("late_after", window.late_after, "minutes from 0 to 1440",
                             duration<minutes>(0, day)));
            into.windows[service] = window;
            return section.finish();
        });
}

Result<void> read_services(Section services, Site& into) {
    for (int kind = 0; kind <= int(Service::other); ++kind) {
        std::vector<ServiceCode> codes;
        TRY(services.take(
            code(Service(kind)), codes,
            R"(codes of your schedule, as ["PHP1", "http://system|PHP2"])",
            list(service_code)));
        for (auto& own : codes) {
            own.service = Service(kind);
            into.service_codes.push_back(std::move(own));
        }
    }
    std::vector<ServiceCode> by_video;
    TRY(services.take("virtual", by_video,
                      R"(codes of visits by video, as ["VIDEO", "http://system|TELE"])",
                      list(service_code)));
    for (auto& own : by_video) {
        own.is_virtual = true;
        into.service_codes.push_back(std::move(own));
    }
    return services.finish();
}

Result<void> read_labels(Section labels, Site& into) {
    for (int kind = 0; kind <= int(Service::other); ++kind) {
        Words label;
        TRY(labels.take(code(Service(kind)), label,
                        R"(the neutral name by language, { en = "Program day" })",
                        words));
        if (!label.empty()) into.labels[Service(kind)] = label;
    }
    return labels.finish();
}

Result<void> read_part2(Section part2, Site& into) {
    TRY(part2.take("services", into.part2.services,
                   R"(what visits are for, as ["iop"])", list(service_named)));
    TRY(part2.take("forms", into.part2.forms,
                   R"(forms' addresses or the last parts of them, as ["audit-c"])",
                   list(text(one_line))));
    return part2.finish();
}

Result<void> read_guests(Section guests, Site& into) {
    TRY(guests.take(
        "release_codes", into.release_codes,
        R"(categories of Consents, as ["http://loinc.org|64292-6", "IDSCL"])",
        list(service_code)));
    return guests.finish();
}

}  // namespace foyer::site_file
