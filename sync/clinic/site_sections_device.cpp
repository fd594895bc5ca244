#include "sync/clinic/call_name.h"
#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"

namespace foyer::site_file {

namespace {

/// 0 ("ask the machine") or a number in the range.
auto zero_or(double lowest, double highest) {
    return [=](const Value& node) -> std::optional<double> {
        const auto value = node.as_number();
        if (!value || (*value != 0 && !(*value >= lowest && *value <= highest)))
            return std::nullopt;
        return value;
    };
}

bool pin_hash(const std::string& value) {
    return value.empty() || value.starts_with("$argon2id$");
}

bool printer(const std::string& value) {
    return value.empty() || value.starts_with("ipp://") || value.starts_with("ipps://");
}

bool device_file(const std::string& value) {
    return value.empty() || value.starts_with("/dev/");
}

}  // namespace

Result<void> read_device(Section device, Site& into) {
    const int last = max_devices() - 1;
    TRY(device.take("index", into.device_index,
                    "a number from 0 to " + std::to_string(last) +
                        ", another one for each kiosk of the site",
                    whole(0, last)));
    TRY(device.take("name", into.device_name, "a name on one line", text(one_line)));
    return device.finish();
}

Result<void> read_times(Section time, Site& into) {
    using std::chrono::milliseconds;
    using std::chrono::seconds;
    TRY(time.take("idle_after", into.idle_after, "seconds from 15 to 600",
                  duration<seconds>(15, 600)));
    TRY(time.take("cover_countdown", into.cover_countdown,
                  "seconds from 20 (WCAG 2.2.1 allows no less) to 300",
                  duration<seconds>(20, 300)));
    TRY(time.take("done_clears_after", into.done_clears_after, "seconds from 5 to 120",
                  duration<seconds>(5, 120)));
    TRY(time.take("more_time", into.more_time, "seconds from 60 to 3600",
                  duration<seconds>(60, 3600)));
    TRY(time.take("answer_after_ms", into.answer_after,
                  "milliseconds from 500 to 10000",
                  duration<milliseconds>(500, 10000)));
    return time.finish();
}

Result<void> read_staff(Section staff, Site& into) {
    TRY(staff.take("pin_hash", into.staff_pin_hash,
                   R"(an Argon2id hash, "$argon2id$...", or nothing)", text(pin_hash)));
    return staff.finish();
}

Result<void> read_display(Section display, Site& into) {
    TRY(display.take("rotation", into.rotation, "0, 90, 180 or 270",
                     [](const Value& node) {
                         auto degrees = whole(0, 270)(node);
                         if (degrees && *degrees % 90 != 0) degrees.reset();
                         return degrees;
                     }));
    TRY(display.take("density_ppi", into.density_ppi,
                     "0 to ask the display, or pixels per inch from 40 to 400",
                     zero_or(40, 400)));
    TRY(display.take("reach_line_mm", into.reach_line_mm,
                     "0 for 55 % of the screen, or millimetres from 50 to 2000",
                     zero_or(50, 2000)));
    TRY(display.take("fullscreen", into.fullscreen, "true or false", flag));
    TRY(display.take("high_contrast", into.high_contrast, "true or false", flag));
    return display.finish();
}

Result<void> read_printer(Section section, Site& into) {
    TRY(section.take("uri", into.printer_uri,
                     R"(an address, "ipp://..." or "ipps://...", or nothing)",
                     text(printer)));
    return section.finish();
}

Result<void> read_scanner(Section section, Site& into) {
    TRY(section.take("device", into.scanner_device,
                     R"(a file as "/dev/input/by-id/...", or nothing)",
                     text(device_file)));
    return section.finish();
}

}  // namespace foyer::site_file
