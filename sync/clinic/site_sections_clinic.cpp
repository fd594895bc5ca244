#include <array>

#include "sync/clinic/call_name.h"
#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"
#include "sync/clinic/site_time.h"

namespace foyer::site_file {

namespace {

using std::chrono::minutes;

bool known_zone(const std::string& value) {
    return SiteTime::in_zone(value).has_value();
}

constexpr std::array weekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                 "thursday", "friday", "saturday"};

std::optional<std::chrono::weekday> weekday(const Value& node) {
    const auto name = node.as_text();
    for (unsigned day = 0; name && day < weekdays.size(); ++day)
        if (*name == weekdays[day]) return std::chrono::weekday(day);
    return std::nullopt;
}

/// "2026-12-25", with or without quotes.
std::optional<Date> date(const Value& node) {
    if (const auto plain = node.as_date()) return plain;
    const auto quoted = node.as_text();
    if (!quoted) return std::nullopt;
    const auto parsed = parse_date(*quoted);
    return parsed ? std::optional<Date>(*parsed) : std::nullopt;
}

/// Spans such as "08:00-18:00", in order and apart.
std::optional<std::vector<OpenHours>> open_hours(const Value& node) {
    const auto spans = list(text(anything))(node);
    if (!spans) return std::nullopt;
    std::vector<OpenHours> hours;
    for (const std::string& span : *spans) {
        if (span.size() != 11 || span[5] != '-') return std::nullopt;
        const auto from = time_of_day(std::string_view(span).substr(0, 5));
        const auto to = time_of_day(std::string_view(span).substr(6));
        if (!from || !to || *from >= *to) return std::nullopt;
        if (!hours.empty() && *from < hours.back().to) return std::nullopt;
        hours.push_back({*from, *to});
    }
    return hours;
}

}  // namespace

Result<void> read_clinic(Section site, Site& into) {
    const std::string place = R"(the words by language, { en = "...", es = "..." })";
    TRY(site.take("id", into.id, "small letters, digits and hyphens",
                  text(identifier)));
    TRY(site.take("name", into.name, "the clinic's name on one line", text(one_line)));
    TRY(site.take("time_zone", into.time_zone,
                  R"(an IANA time zone, as "America/New_York")", text(known_zone)));
    TRY(site.take("week_start", into.week_start, R"(a day, as "sunday" or "monday")",
                  weekday));
    TRY(site.take("languages", into.languages,
                  R"(at least one language, as ["en", "es"])", [](const Value& node) {
                      auto languages = list(text(language_tag))(node);
                      if (languages && languages->empty()) languages.reset();
                      return languages;
                  }));
    TRY(site.take("locations", into.locations,
                  R"(ids of FHIR Locations without "Location/", as ["north-1"])",
                  list(text(fhir_id))));
    TRY(site.take("closed_days", into.closed_days, R"(dates, as ["2026-12-25"])",
                  list(date)));
    TRY(site.take("waiting_place", into.waiting_place, place, words));
    TRY(site.take("desk_place", into.desk_place, place, words));
    return site.finish();
}

Result<void> read_hours(Section hours, Site& into) {
    for (std::size_t day = 0; day < weekdays.size(); ++day)
        TRY(hours.take(
            weekdays[day], into.hours[day],
            R"(spans of the day in order, as ["08:00-12:00", "13:00-18:00"])",
            open_hours));
    return hours.finish();
}

Result<void> read_policy(Section policy, Site& into) {
    TRY(policy.take("contact_stale_days", into.contact_stale_after,
                    "days from 1 to 3650", duration<std::chrono::days>(1, 3650)));
    TRY(policy.take("print_without_asking", into.print_without_asking, "true or false",
                    flag));
    TRY(policy.take("fast_sign_in", into.fast_sign_in, "true or false", flag));
    TRY(policy.take("sign_by_hand", into.sign_by_hand, "true or false", flag));
    TRY(policy.take("minor_age", into.minor_age, "years from 12 to 21, or 0 for never",
                    [](const Value& node) {
                        auto years = whole(0, 21)(node);
                        if (years && *years > 0 && *years < 12) years.reset();
                        return years;
                    }));
    TRY(policy.take("drop_in", into.drop_in, "true or false", flag));
    return policy.finish();
}

namespace {

/// From the root, or one of the demo clinic's own.
bool picture(const std::string& value) {
    if (value.empty()) return true;
    const bool ours = value.starts_with("demo/") && value.find("..") == value.npos;
    return (value.starts_with('/') || ours) && value.ends_with(".png");
}

}  // namespace

Result<void> read_place(Section section, Site& into) {
    PlaceRule place;
    TRY(section.take("location", place.location,
                     R"(a Location's id without "Location/", as "room-juniper")",
                     text(fhir_id)));
    TRY(section.take("directions", place.directions,
                     R"(the words by language, { en = "...", es = "..." })", words));
    TRY(section.take("map", place.map,
                     R"(a picture from the root, "/etc/foyer/juniper.png", or nothing)",
                     text(picture)));
    TRY(section.finish());
    if (place.location.empty()) return section.refuse(R"(write location = "...")");
    if (place_of(into, place.location) != nullptr)
        return section.refuse("location: write each one once");
    into.places.push_back(std::move(place));
    return {};
}

}  // namespace foyer::site_file
