#include "sync/clinic/visit.h"

#include <utility>

namespace foyer {

namespace {

constexpr std::pair<AppointmentStatus, const char*> statuses[] = {
    {AppointmentStatus::proposed, "proposed"},
    {AppointmentStatus::pending, "pending"},
    {AppointmentStatus::booked, "booked"},
    {AppointmentStatus::arrived, "arrived"},
    {AppointmentStatus::fulfilled, "fulfilled"},
    {AppointmentStatus::cancelled, "cancelled"},
    {AppointmentStatus::noshow, "noshow"},
    {AppointmentStatus::entered_in_error, "entered-in-error"},
    {AppointmentStatus::checked_in, "checked-in"},
    {AppointmentStatus::waitlist, "waitlist"},
};

constexpr std::pair<Service, const char*> services[] = {
    {Service::individual, "individual"},
    {Service::group, "group"},
    {Service::medication, "medication"},
    {Service::php, "php"},
    {Service::iop, "iop"},
    {Service::family, "family"},
    {Service::case_management, "case-management"},
    {Service::crisis, "crisis"},
    {Service::holistic_class, "class"},
    {Service::aftercare, "aftercare"},
    {Service::other, "other"},
};

template <class Value, std::size_t size>
const char* spelling(const std::pair<Value, const char*> (&table)[size], Value value) {
    for (const auto& [entry, text] : table)
        if (entry == value) return text;
    return "";
}

template <class Value, std::size_t size>
std::optional<Value> meaning(const std::pair<Value, const char*> (&table)[size],
                             std::string_view text) {
    for (const auto& [entry, spelled] : table)
        if (spelled == text) return entry;
    return std::nullopt;
}

}  // namespace

std::string Alias::hex() const {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

const char* code(AppointmentStatus status) {
    return spelling(statuses, status);
}
const char* code(Service service) {
    return spelling(services, service);
}

const char* code(ClockQuality clock) {
    return clock == ClockQuality::trusted ? "trusted" : "untrusted";
}

std::optional<AppointmentStatus> appointment_status(std::string_view code) {
    return meaning(statuses, code);
}

std::optional<Service> service(std::string_view code) {
    return meaning(services, code);
}

}  // namespace foyer
