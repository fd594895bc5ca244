#include "sync/pull/searches.h"

#include <algorithm>

#include "sync/pull/arrival.h"
#include "sync/pull/attendance.h"
#include "sync/server/fhir_server.h"
#include "sync/tuning.h"

namespace foyer {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// "a,b" of "Patient/a", "Patient/b"; the commas stay commas.
std::string list_of(const std::vector<std::string>& values,
                    std::string_view prefix = "") {
    std::string text;
    for (const auto& value : values)
        text +=
            (text.empty() ? "" : ",") +
            encoded(value.starts_with(prefix) ? value : std::string(prefix) + value);
    return text;
}

std::string with(std::string query, const std::string& parameter) {
    if (parameter.empty()) return query;
    if (query.back() != '?') query += '&';
    return query + parameter;
}

/// This site's, by the config's own search, else by its Locations.
std::string site_filter(const Site& site) {
    std::string_view own = site.server.appointments;
    if (const auto question = own.find('?'); question != own.npos)
        own.remove_prefix(question + 1);
    if (!own.empty()) return std::string(own);
    if (site.locations.empty()) return {};
    return "location=" + list_of(site.locations, "Location/");
}

std::string between(const char* parameter, const SiteTime& time, Date first,
                    Date last) {
    const auto bound = [&](const char* prefix, Date day) {
        return std::string(parameter) + "=" + prefix +
               encoded(format_instant(time.start_of(day)));
    };
    return bound("ge", first) + "&" + bound("lt", sys_days(last) + days(1));
}

constexpr const char* open_tasks =
    "&status=requested,received,accepted,ready,in-progress,on-hold";

std::string slots_of(const Site& site) {
    return "Slot?schedule=" + list_of(site.server.schedules, "Schedule/");
}

std::string attendance_at(const Site& site) {
    return "Observation?code=" + encoded(attendance_code) +
           "&_tag=" + encoded(std::string(attendance_tag) + "|" + site.id);
}

/// "patient=Patient/1,Patient/2,...", as many in each as an address holds.
std::vector<std::string> of_patients(const std::vector<std::string>& patients) {
    std::vector<std::string> all;
    constexpr auto chunk = std::size_t(tuning::ids_at_once);
    for (std::size_t i = 0; i < patients.size(); i += chunk) {
        const auto end = std::min(i + chunk, patients.size());
        all.push_back("patient=" + list_of({patients.begin() + std::ptrdiff_t(i),
                                            patients.begin() + std::ptrdiff_t(end)},
                                           "Patient/"));
    }
    return all;
}

}  // namespace

std::string source_of(const Site& site, std::string_view base) {
    std::string text = std::string(base) + " Appointment?" + site_filter(site);
    if (!site.server.schedules.empty()) text += " " + slots_of(site);
    return text;
}

std::vector<Reading> searches_of_days(const Site& site, const SiteTime& time,
                                      Date first, Date last) {
    std::vector<Reading> all;
    all.push_back({.type = "Appointment",
                   .query = with(with("Appointment?", site_filter(site)),
                                 between("date", time, first, last))});
    if (!site.server.schedules.empty())
        all.push_back(
            {.type = "Slot",
             .query = with(slots_of(site), between("start", time, first, last))});
    return all;
}

std::vector<Reading> searches_for_changes(const Site& site, const PullState& state) {
    std::vector<Reading> all;
    const auto add = [&](const char* type, std::string query) {
        const auto cursor = state.cursors.find(type);
        if (cursor == state.cursors.end()) return;
        const Instant from = cursor->second - tuning::overlap;
        all.push_back(
            {.type = type, .query = std::move(query), .start = from, .from = from});
    };
    add("Appointment", with("Appointment?", site_filter(site)));
    if (!site.server.schedules.empty()) add("Slot", slots_of(site));
    add("Provenance",
        "Provenance?_tag=" + encoded(std::string(arrival_tag) + "|" + site.id));
    add("Observation", attendance_at(site));
    return all;
}

std::vector<Reading> searches_for_attendance(const Site& site,
                                             const std::vector<std::string>& patients,
                                             Instant from) {
    std::vector<Reading> all;
    for (const std::string& of : of_patients(patients)) {
        all.push_back({.type = "Observation",
                       .query = with(attendance_at(site), of),
                       .start = from,
                       .from = from});
    }
    return all;
}

std::vector<Reading> searches_for_patients(const std::vector<std::string>& patients,
                                           std::optional<Instant> from) {
    std::vector<Reading> all;
    for (const std::string& of : of_patients(patients)) {
        all.push_back({.type = "QuestionnaireResponse",
                       .query = "QuestionnaireResponse?" + of +
                                "&_elements=questionnaire,authored,status,subject",
                       .start = from,
                       .from = from});
        all.push_back({.type = "Consent",
                       .query = "Consent?" + of + "&status=active",
                       .start = from,
                       .from = from});
        all.push_back({.type = "Task",
                       .query = "Task?" + of + "&code=" +
                                encoded("urn:foyer:task|aftercare") + open_tasks,
                       .start = from,
                       .from = from});
    }
    return all;
}

Reading search_for_begun(const std::vector<std::string>& appointments) {
    return {.type = "Encounter",
            .query = "Encounter?appointment=" + list_of(appointments, "Appointment/") +
                     "&status=in-progress,onleave,finished"};
}

std::vector<Reading> search_for_questionnaires(const Site& site) {
    std::vector<std::string> urls;
    for (const FormRule& rule : site.form_rules) {
        const std::string url = rule.form.substr(0, rule.form.find('|'));
        // A name alone ("phq-9") is one of those that come with the kiosk.
        const bool address = url.find(':') != url.npos;
        if (address && std::find(urls.begin(), urls.end(), url) == urls.end())
            urls.push_back(url);
    }
    if (urls.empty()) return {};
    return {{.type = "Questionnaire",
             .query = "Questionnaire?url=" + list_of(urls) + "&status=active"}};
}

std::string device_value(const Site& site) {
    return site.id + "/" + std::to_string(site.device_index);
}

Reading search_for_device(const Site& site) {
    return {.type = "Device",
            .query = "Device?identifier=" +
                     encoded("urn:foyer:device|" + device_value(site))};
}

Reading search_for_tasks(const std::string& device_id) {
    return {.type = "Task",
            .query = "Task?owner=" + encoded("Device/" + device_id) + open_tasks};
}

std::string address_of(const Reading& reading, bool sort, bool include) {
    std::string query = reading.query;
    if (reading.from)
        query += "&_lastUpdated=ge" + encoded(format_instant(*reading.from));
    if (sort) query += "&_sort=_lastUpdated";
    if (include && reading.type == "Appointment")
        query += "&_include=Appointment:patient";
    const bool none = reading.query.back() == '?';
    if (none && query.size() > reading.query.size())
        query.erase(reading.query.size(), 1);  // "Appointment?&..."
    return with(std::move(query), "_count=" + std::to_string(tuning::page));
}

std::string search_by_ids(std::string_view type, const std::vector<std::string>& ids) {
    return std::string(type) + "?_id=" + list_of(ids) +
           "&_count=" + std::to_string(tuning::ids_at_once);
}

}  // namespace foyer
