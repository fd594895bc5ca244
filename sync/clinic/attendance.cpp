#include "sync/clinic/attendance.h"

#include <utility>

namespace foyer {

namespace {

constexpr std::pair<AttendanceKind, const char*> kinds[] = {
    {AttendanceKind::sign_in, "sign-in"},
    {AttendanceKind::break_out, "break-out"},
    {AttendanceKind::break_in, "break-in"},
    {AttendanceKind::sign_out, "sign-out"},
};

constexpr std::pair<AttendanceMethod, const char*> methods[] = {
    {AttendanceMethod::slip, "slip"},
    {AttendanceMethod::name, "name"},
    {AttendanceMethod::facilitator, "facilitator"},
};

}  // namespace

bool takes_attendance(Service service) {
    switch (service) {
        case Service::group:
        case Service::php:
        case Service::iop:
        case Service::family:
        case Service::holistic_class:
            return true;
        default:
            return false;
    }
}

const char* code(AttendanceKind kind) {
    for (const auto& [entry, text] : kinds)
        if (entry == kind) return text;
    return "";
}

const char* code(AttendanceMethod method) {
    for (const auto& [entry, text] : methods)
        if (entry == method) return text;
    return "";
}

std::optional<AttendanceKind> attendance_kind(std::string_view code) {
    for (const auto& [entry, text] : kinds)
        if (text == code) return entry;
    return std::nullopt;
}

std::optional<AttendanceMethod> attendance_method(std::string_view code) {
    for (const auto& [entry, text] : methods)
        if (text == code) return entry;
    return std::nullopt;
}

}  // namespace foyer
