#include "sync/clinic/site.h"

#include <algorithm>

namespace foyer {

using std::chrono::hours;
using std::chrono::minutes;

std::string in_language(const Words& words, const std::string& language) {
    if (const auto found = words.find(language); found != words.end())
        return found->second;
    if (const auto english = words.find("en"); english != words.end())
        return english->second;
    return words.empty() ? std::string() : words.begin()->second;
}

ArrivalWindow default_window(Service service) {
    switch (service) {
        // Minutes here count towards hours of treatment and the group starts together
        // (domain.md W5): sign-in opens shortly before, the facilitator hears of the
        // late ones early.
        case Service::group:
        case Service::php:
        case Service::iop:
            return {minutes(15), minutes(5)};
        // The room is often still in use by the class before.
        case Service::holistic_class:
            return {minutes(30), minutes(10)};
        // 15 to 20 minutes long: after 5 the desk may have to move it.
        case Service::medication:
            return {minutes(60), minutes(5)};
        // Mostly drop-in with a time as a hint (W15).
        case Service::case_management:
            return {minutes(60), minutes(30)};
        // Nobody in a crisis is sent away as early or spoken to as late.
        case Service::crisis:
            return {hours(24), hours(24)};
        // Waiting rooms hold about an hour of people; 10 minutes late still leaves most
        // of a 50-minute visit.
        case Service::individual:
        case Service::family:
        case Service::aftercare:
        case Service::other:
            return {minutes(60), minutes(10)};
    }
    return {};
}

bool is_minor(const Patient& patient, Date today, const Site& site) {
    if (!patient.born) return false;
    const auto& born = *patient.born;
    int age = int(today.year()) - int(born.year());
    if (std::pair(today.month(), today.day()) < std::pair(born.month(), born.day()))
        --age;
    return age < site.minor_age;
}

std::vector<ServiceCode> default_release_codes() {
    return {{"http://loinc.org", "64292-6"},
            {"http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL"}};
}

ArrivalWindow window_for(const Site& site, Service service) {
    const auto own = site.windows.find(service);
    return own != site.windows.end() ? own->second : default_window(service);
}

const PlaceRule* place_of(const Site& site, const std::string& location) {
    const auto own = std::ranges::find(site.places, location, &PlaceRule::location);
    return own != site.places.end() ? &*own : nullptr;
}

}  // namespace foyer
