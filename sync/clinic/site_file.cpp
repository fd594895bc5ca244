#include <algorithm>
#include <charconv>
#include <filesystem>
#include <toml++/toml.h>
#include <utility>

#include "platform/address.h"
#include "sync/clinic/call_name.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

using std::chrono::minutes;

/// A table of the file. Each key is asked for by name, with what to write if the value
/// does not fit; finish() refuses whatever nobody asked for.
class Section {
public:
    Section(std::string file, std::string name, const toml::table* table)
        : file_(std::move(file)), name_(std::move(name)), table_(table) {}

    /// Leaves `into` alone when the key is missing. `read` answers none for a value
    /// that does not fit; `write` completes "write ...".
    template <class Value, class Read>
    Result<void> take(std::string_view key, Value& into, const std::string& write,
                      Read read) {
        known_.emplace_back(key);
        const toml::node* node = table_ ? table_->get(key) : nullptr;
        if (!node) return {};
        std::optional<Value> value = read(*node);
        if (!value) return refuse(*node, std::string(key) + ": write " + write);
        into = *std::move(value);
        return {};
    }

    /// A table within this one; an empty one when it is missing.
    Result<Section> section(std::string_view key) {
        known_.emplace_back(key);
        const std::string full =
            name_.empty() ? std::string(key) : name_ + "." + std::string(key);
        const toml::node* node = table_ ? table_->get(key) : nullptr;
        if (node && !node->is_table())
            return refuse(*node, std::string(key) + ": write a section [" + full + "]");
        return Section(file_, full, node ? node->as_table() : nullptr);
    }

    /// The tables of a list [[...]], in their order; none when it is missing.
    Result<std::vector<Section>> sections(std::string_view key) {
        known_.emplace_back(key);
        const std::string full =
            name_.empty() ? std::string(key) : name_ + "." + std::string(key);
        const toml::node* node = table_ ? table_->get(key) : nullptr;
        std::vector<Section> all;
        if (!node) return all;
        const toml::array* array = node->as_array();
        if (array && array->empty()) return all;
        if (!array || !array->is_homogeneous(toml::node_type::table))
            return refuse(*node,
                          std::string(key) + ": write sections [[" + full + "]]");
        for (const auto& element : *array)
            all.emplace_back(file_, full, element.as_table());
        return all;
    }

    /// For what no single key can be blamed for.
    tl::unexpected<Error> refuse(const std::string& why) const {
        return refuse(*table_, why);
    }

    bool present() const { return table_ != nullptr; }

    Result<void> finish() const {
        if (!table_) return {};
        for (const auto& [key, node] : *table_) {
            if (std::ranges::find(known_, key.str()) != known_.end()) continue;
            std::string all;
            for (const auto& known : known_) all += (all.empty() ? "" : ", ") + known;
            return refuse(node, "unknown key \"" + std::string(key.str()) +
                                    "\": write one of " + all);
        }
        return {};
    }

private:
    tl::unexpected<Error> refuse(const toml::node& node, const std::string& why) const {
        const std::string where = name_.empty() ? "" : "[" + name_ + "] ";
        return fail(Error::Code::bad_input,
                    file_ + ":" + std::to_string(node.source().begin.line) + ": " +
                        where + why);
    }

    std::string file_, name_;
    const toml::table* table_;
    std::vector<std::string> known_;
};

// --- what fits
// -------------------------------------------------------------------------

std::optional<bool> flag(const toml::node& node) {
    return node.value_exact<bool>();
}

/// A string for which `fits` holds.
auto text(bool (*fits)(const std::string&)) {
    return [fits](const toml::node& node) -> std::optional<std::string> {
        auto value = node.value_exact<std::string>();
        if (!value || !fits(*value)) return std::nullopt;
        return value;
    };
}

auto whole(int lowest, int highest) {
    return [=](const toml::node& node) -> std::optional<int> {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < lowest || *value > highest) return std::nullopt;
        return int(*value);
    };
}

/// 0 ("ask the machine") or a number in the range.
auto zero_or(double lowest, double highest) {
    return [=](const toml::node& node) -> std::optional<double> {
        if (!node.is_number()) return std::nullopt;
        const auto value = node.value<double>();
        if (!value || (*value != 0 && !(*value >= lowest && *value <= highest)))
            return std::nullopt;
        return value;
    };
}

template <class Unit>
auto duration(int lowest, int highest) {
    return [=](const toml::node& node) -> std::optional<Unit> {
        const auto value = whole(lowest, highest)(node);
        if (!value) return std::nullopt;
        return Unit(*value);
    };
}

/// A list of what `read` takes; one that does not fit refuses the list.
template <class Read>
auto list(Read read) {
    using Value = typename std::invoke_result_t<Read, const toml::node&>::value_type;
    return [=](const toml::node& node) -> std::optional<std::vector<Value>> {
        const toml::array* array = node.as_array();
        if (!array) return std::nullopt;
        std::vector<Value> values;
        for (const auto& element : *array) {
            auto value = read(element);
            if (!value) return std::nullopt;
            values.push_back(*std::move(value));
        }
        return values;
    };
}

bool anything(const std::string&) {
    return true;
}

bool one_line(const std::string& value) {
    return !value.empty() && value.size() <= 200 &&
           std::ranges::none_of(value, [](unsigned char c) { return c < 0x20; });
}

bool identifier(const std::string& value) {
    return !value.empty() && value.size() <= 64 &&
           std::ranges::all_of(value, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

/// FHIR's rule for ids.
bool fhir_id(const std::string& value) {
    return !value.empty() && value.size() <= 64 &&
           std::ranges::all_of(value, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

bool language_tag(std::string_view value) {
    const auto dash = std::min(value.find('-'), value.size());
    return dash >= 2 && dash <= 3 && value.size() <= 10 && !value.ends_with('-') &&
           std::ranges::all_of(value.substr(0, dash),
                               [](char c) { return c >= 'a' && c <= 'z'; });
}
bool is_language(const std::string& value) {
    return language_tag(value);
}

bool known_zone(const std::string& value) {
    return SiteTime::in_zone(value).has_value();
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

constexpr std::array weekdays = {"sunday",   "monday", "tuesday", "wednesday",
                                 "thursday", "friday", "saturday"};

std::optional<std::chrono::weekday> weekday(const toml::node& node) {
    const auto name = node.value_exact<std::string>();
    for (unsigned day = 0; name && day < weekdays.size(); ++day)
        if (*name == weekdays[day]) return std::chrono::weekday(day);
    return std::nullopt;
}

/// "2026-12-25", with or without quotes.
std::optional<Date> date(const toml::node& node) {
    if (const auto plain = node.value_exact<toml::date>())
        return Date(std::chrono::year(plain->year), std::chrono::month(plain->month),
                    std::chrono::day(plain->day));
    const auto quoted = node.value_exact<std::string>();
    if (!quoted) return std::nullopt;
    const auto parsed = parse_date(*quoted);
    return parsed ? std::optional<Date>(*parsed) : std::nullopt;
}

/// "08:30"; "24:00" is the end of the day.
std::optional<minutes> time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const int i : {0, 1, 3, 4})
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return minutes(hour * 60 + minute);
}

/// Spans such as "08:00-18:00", in order and apart.
std::optional<std::vector<OpenHours>> open_hours(const toml::node& node) {
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

/// { en = "...", es = "..." }
std::optional<Words> words(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (!table) return std::nullopt;
    Words result;
    for (const auto& [language, words] : *table) {
        const auto value = text(one_line)(words);
        if (!value || !language_tag(language.str())) return std::nullopt;
        result[std::string(language.str())] = *value;
    }
    return result;
}

// --- the sections
// ----------------------------------------------------------------------

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
                  R"(at least one language, as ["en", "es"])",
                  [](const toml::node& node) {
                      auto languages = list(text(is_language))(node);
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

Result<void> read_device(Section device, Site& into) {
    const int last = max_devices() - 1;
    TRY(device.take("index", into.device_index,
                    "a number from 0 to " + std::to_string(last) +
                        ", another one for each kiosk of the site",
                    whole(0, last)));
    TRY(device.take("name", into.device_name, "a name on one line", text(one_line)));
    return device.finish();
}

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

/// "PHP1", or "http://clinic.example/visit-type|PHP1" as in a FHIR search.
std::optional<ServiceCode> service_code(const toml::node& node) {
    const auto token = text(one_line)(node);
    if (!token) return std::nullopt;
    const auto bar = token->rfind('|');
    if (bar == std::string::npos) return ServiceCode{"", *token, Service::other, false};
    if (bar + 1 == token->size()) return std::nullopt;
    return ServiceCode{token->substr(0, bar), token->substr(bar + 1), Service::other,
                       false};
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

Result<void> read_policy(Section policy, Site& into) {
    TRY(policy.take("contact_stale_days", into.contact_stale_after,
                    "days from 1 to 3650", duration<std::chrono::days>(1, 3650)));
    TRY(policy.take("print_without_asking", into.print_without_asking, "true or false",
                    flag));
    TRY(policy.take("fast_sign_in", into.fast_sign_in, "true or false", flag));
    TRY(policy.take("minor_age", into.minor_age, "years from 12 to 21, or 0 for never",
                    [](const toml::node& node) {
                        auto years = whole(0, 21)(node);
                        if (years && *years > 0 && *years < 12) years.reset();
                        return years;
                    }));
    TRY(policy.take("drop_in", into.drop_in, "true or false", flag));
    return policy.finish();
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

std::optional<Service> service_named(const toml::node& node) {
    const auto name = node.value_exact<std::string>();
    return name ? service(*name) : std::nullopt;
}

/// true; false says nothing that leaving the key out does not.
std::optional<bool> yes(const toml::node& node) {
    const auto value = flag(node);
    return value && *value ? value : std::nullopt;
}

Result<FormRule> read_form_rule(Section section) {
    using std::chrono::days;
    constexpr int ten_years = 3650;
    FormRule rule;
    bool visit = false, once = false;
    days every{0}, expires{0};
    TRY(section.take("form", rule.form,
                     R"(a form's address or the last part of it, as "phq-9")",
                     text(one_line)));
    TRY(section.take("services", rule.services,
                     R"(what visits are for, as ["medication", "php"])",
                     list(service_named)));
    TRY(section.take("every_visit", visit, "true", yes));
    TRY(section.take("every_days", every, "days from 1 to 3650",
                     duration<days>(1, ten_years)));
    TRY(section.take("once", once, "true", yes));
    TRY(section.take("expires_days", expires, "days from 1 to 3650",
                     duration<days>(1, ten_years)));
    TRY(section.take("not_again_days", rule.not_again, "days from 1 to 3650",
                     duration<days>(1, ten_years)));
    TRY(section.finish());
    if (rule.form.empty()) return section.refuse(R"(write form = "...")");
    if (visit + once + (every > days(0)) + (expires > days(0)) != 1)
        return section.refuse(
            "write one of every_visit, every_days, once, expires_days");
    if (once) rule.when = FormRule::When::once;
    if (every > days(0)) rule.when = FormRule::When::every_days;
    if (expires > days(0)) rule.when = FormRule::When::expires;
    rule.days = every + expires;
    return rule;
}

Result<ClinicSafetyRule> read_safety_rule(Section section) {
    ClinicSafetyRule rule;
    int at_least = 0;
    bool any = false, answered_yes = false;
    TRY(section.take("form", rule.form,
                     R"(a form's address or the last part of it, as "phq-9")",
                     text(one_line)));
    TRY(section.take("link_id", rule.link_id, "the linkId of a question",
                     text(one_line)));
    TRY(section.take("at_least", at_least, "a number from 1 to 1000", whole(1, 1000)));
    TRY(section.take("yes", answered_yes, "true", yes));
    TRY(section.take("any", any, "true", yes));
    TRY(section.finish());
    if (rule.form.empty() || rule.link_id.empty())
        return section.refuse(R"(write form = "..." and link_id = "...")");
    if (any + answered_yes + (at_least > 0) != 1)
        return section.refuse("write one of at_least, yes, any");
    using When = ClinicSafetyRule::When;
    rule.when = any ? When::any : answered_yes ? When::yes : When::at_least;
    if (at_least > 0) rule.at_least = at_least;
    return rule;
}

bool folder(const std::string& value) {
    return value.empty() || value.starts_with('/');
}
bool alert_path(const std::string& value) {
    return value.empty() || value == "desk";
}

Result<void> read_forms(Section forms, Site& into) {
    TRY(forms.take("directory", into.forms_directory,
                   R"(a folder from the root, as "/etc/foyer/forms", or nothing)",
                   text(folder)));
    TRY(forms.take("alert_path", into.alert_path, R"("desk" or nothing)",
                   text(alert_path)));
    const auto due = TRY(forms.sections("due"));
    for (const auto& section : due)
        into.form_rules.push_back(TRY(read_form_rule(section)));
    const auto safety = TRY(forms.sections("safety"));
    for (const auto& section : safety)
        into.safety_rules.push_back(TRY(read_safety_rule(section)));
    return forms.finish();
}

/// "https://server/fhir" without what follows a path; https unless it is this machine,
/// since names and tokens travel there.
bool safe_address(const std::string& value) {
    const auto parsed = address(value);
    return value.empty() ||
           (parsed && is_safe(*parsed) && value.find_first_of("?#") == value.npos);
}
bool file_path(const std::string& value) {
    return value.empty() || value.starts_with('/');
}
/// A path, or the name of a credential.
bool key_place(const std::string& value) {
    return file_path(value) || (value.find('/') == value.npos && value.front() != '.');
}
bool word(const std::string& value) {
    return one_line(value) && value.find(' ') == value.npos;
}
bool schedule(const std::string& value) {
    constexpr std::string_view type = "Schedule/";
    return value.starts_with(type) && fhir_id(value.substr(type.size()));
}
/// Search parameters, encoded, without those that the kiosk adds.
bool search_template(const std::string& value) {
    if (value.empty()) return true;
    return word(value) && value.find_first_of("?#") == value.npos &&
           !value.starts_with('&') && !value.starts_with("date") &&
           value.find("&date") == value.npos;
}

std::optional<ServerSettings::Auth> server_auth(const toml::node& node) {
    using enum ServerSettings::Auth;
    const auto name = node.value_exact<std::string>();
    if (!name) return std::nullopt;
    if (*name == "none") return none;
    if (*name == "token") return token;
    if (*name == "smart") return smart;
    return std::nullopt;
}

/// What no single key shows.
Result<void> check_server(const Section& section, const ServerSettings& server) {
    using enum ServerSettings::Auth;
    if (server.certificate_file.empty() != server.key_file.empty())
        return section.refuse("write certificate_file and key_file, or neither");
    if (server.base.empty()) return {};
    if (server.auth == smart && (server.client_id.empty() || server.key_id.empty()))
        return section.refuse(R"(auth = "smart": write client_id and key_id)");
    if (server.auth == none && server.certificate_file.empty() &&
        !is_loopback(*address(server.base)))
        return section.refuse(
            R"(write auth = "smart" or "token", or a certificate_file: this server is )"
            "not on this machine");
    return {};
}

Result<void> read_server(Section section, Site& into) {
    ServerSettings& server = into.server;
    const std::string file = R"(a file from the root, "/etc/foyer/ca.pem", or nothing)";
    TRY(section.take(
        "base", server.base,
        R"(the FHIR server's address, "https://server/fhir" (http only for )"
        "127.0.0.1 and localhost), or nothing",
        text(safe_address)));
    TRY(section.take("auth", server.auth, R"("smart", "token" or "none")",
                     server_auth));
    TRY(section.take("token_url", server.token_url,
                     R"(an address, "https://...", or nothing to discover it)",
                     text(safe_address)));
    TRY(section.take("client_id", server.client_id, "the id the server gave this kiosk",
                     text(one_line)));
    TRY(section.take("key_id", server.key_id, "the kid of the public key at the server",
                     text(one_line)));
    TRY(section.take("algorithm", server.algorithm, R"("ES384" or "RS384")",
                     text([](const std::string& value) {
                         return value == "ES384" || value == "RS384";
                     })));
    TRY(section.take("scopes", server.scopes,
                     R"(scopes, as ["system/Task.read"], or [] for those needed)",
                     list(text(word))));
    TRY(section.take("ca_file", server.ca_file, file, text(file_path)));
    TRY(section.take("certificate_file", server.certificate_file, file,
                     text(file_path)));
    TRY(section.take("key_file", server.key_file,
                     "a file from the root, the name of a credential, or nothing",
                     text(key_place)));
    TRY(section.take("appointments", server.appointments,
                     R"(search parameters without dates, as "location=Location/main", )"
                     "or nothing",
                     text(search_template)));
    TRY(section.take("schedules", server.schedules,
                     R"(Schedules of classes, as ["Schedule/yoga"])",
                     list(text(schedule))));
    TRY(section.take("encounters", server.encounters, "true or false", flag));
    TRY(section.take("direct_contact", server.direct_contact, "true or false", flag));
    TRY(section.finish());
    while (server.base.ends_with('/')) server.base.pop_back();
    return check_server(section, server);
}

/// "tcp://host:port".
bool lan_address(const std::string& value) {
    const std::string_view scheme = "tcp://";
    const auto colon = value.rfind(':');
    if (!value.starts_with(scheme) || colon <= scheme.size() || value.size() > 270)
        return false;
    int port = 0;
    const char* last = value.data() + value.size();
    const auto read = std::from_chars(value.data() + colon + 1, last, port);
    return read.ec == std::errc() && read.ptr == last && port > 0 && port < 65536 &&
           std::ranges::all_of(value, [](unsigned char c) { return c > 0x20; });
}
bool lan_listen(const std::string& value) {
    return value.empty() || lan_address(value);
}

/// The letters of Z85 (ZeroMQ RFC 32).
bool z85_key(const std::string& value) {
    constexpr std::string_view letters =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/"
        "*?&<>()[]{}"
        "@%$#";
    return value.size() == 40 && value.find_first_not_of(letters) == std::string::npos;
}

std::optional<LanSettings::Peer::Role> lan_role(const toml::node& node) {
    using Role = LanSettings::Peer::Role;
    const auto role = node.value_exact<std::string>();
    if (role == "kiosk") return Role::kiosk;
    if (role == "desk") return Role::desk;
    if (role == "board") return Role::board;
    return std::nullopt;
}

Result<LanSettings::Peer> read_lan_peer(Section section) {
    LanSettings::Peer peer;
    TRY(section.take("name", peer.name, "a name on one line", text(one_line)));
    TRY(section.take("role", peer.role, R"("kiosk", "desk" or "board")", lan_role));
    TRY(section.take("address", peer.address,
                     R"(where the device listens, as "tcp://10.0.0.12:7733")",
                     text(lan_address)));
    TRY(section.take("public_key", peer.public_key,
                     "the 40 characters that `foyer lan key` prints on that device",
                     text(z85_key)));
    TRY(section.finish());
    if (peer.name.empty() || peer.address.empty() || peer.public_key.empty())
        return section.refuse("write name, role, address and public_key");
    return peer;
}

Result<void> read_lan(Section section, Site& into) {
    LanSettings& lan = into.lan;
    TRY(section.take("listen", lan.listen,
                     R"(where others reach this device, as "tcp://0.0.0.0:7733", or )"
                     "nothing",
                     text(lan_listen)));
    const auto peers = TRY(section.sections("peer"));
    for (const auto& peer : peers) lan.peers.push_back(TRY(read_lan_peer(peer)));
    TRY(section.finish());
    if (lan.listen.empty() && !lan.peers.empty())
        return section.refuse("listen: the peers tell this device by that address");
    for (std::size_t i = 0; i < lan.peers.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (lan.peers[i].public_key == lan.peers[j].public_key)
                return section.refuse("peer: a public_key stands twice");
    return {};
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

Result<void> read_staff(Section staff, Site& into) {
    TRY(staff.take("pin_hash", into.staff_pin_hash,
                   R"(an Argon2id hash, "$argon2id$...", or nothing)", text(pin_hash)));
    return staff.finish();
}

Result<void> read_display(Section display, Site& into) {
    TRY(display.take("rotation", into.rotation, "0, 90, 180 or 270",
                     [](const toml::node& node) {
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

std::optional<ClassRule::Kind> class_kind(const toml::node& node) {
    using Kind = ClassRule::Kind;
    const auto kind = node.value_exact<std::string>();
    if (kind == "yoga") return Kind::yoga;
    if (kind == "mindfulness") return Kind::mindfulness;
    if (kind == "art") return Kind::art;
    if (kind == "music") return Kind::music;
    if (kind == "movement") return Kind::movement;
    if (kind == "other") return Kind::other;
    return std::nullopt;
}

Result<ClassRule> read_class(Section section) {
    constexpr int day = 24 * 60;
    ClassRule rule;
    TRY(section.take("schedule", rule.schedule,
                     R"(a Schedule's id without "Schedule/", as "yoga")",
                     text(fhir_id)));
    TRY(section.take("title", rule.title,
                     R"(the words by language, { en = "Yoga", es = "Yoga" })", words));
    TRY(section.take("kind", rule.kind,
                     R"("yoga", "mindfulness", "art", "music", "movement" or "other")",
                     class_kind));
    TRY(section.take("programs", rule.programs,
                     R"(what its patients come for, as ["php", "iop"])",
                     list(service_named)));
    TRY(section.take("hidden", rule.hidden, "true or false", flag));
    TRY(section.take("waiver", rule.waiver,
                     R"(a form's address or the last part of it, as "yoga-waiver")",
                     text(one_line)));
    TRY(section.take("waiver_days", rule.waiver_lasts, "days from 1 to 3650",
                     duration<std::chrono::days>(1, 3650)));
    TRY(section.take("opens_before", rule.opens_before, "minutes from 0 to 1440",
                     duration<minutes>(0, day)));
    TRY(section.take("late_after", rule.late_after, "minutes from 0 to 1440",
                     duration<minutes>(0, day)));
    TRY(section.take("release_after", rule.release_after,
                     "minutes from 0 (never) to 1440", duration<minutes>(0, day)));
    TRY(section.take("walk_ins", rule.walk_ins, "true or false", flag));
    TRY(section.take("offer_minutes", rule.offer_lasts, "minutes from 15 to 10080",
                     duration<minutes>(15, 7 * day)));
    TRY(section.finish());
    if (rule.schedule.empty()) return section.refuse(R"(write schedule = "...")");
    return rule;
}

std::optional<DayBlock::Kind> block_kind(const toml::node& node) {
    using Kind = DayBlock::Kind;
    const auto kind = node.value_exact<std::string>();
    if (kind == "service") return Kind::service;
    if (kind == "lunch") return Kind::lunch;
    if (kind == "transit") return Kind::transit;
    if (kind == "recreation") return Kind::recreation;
    if (kind == "wellness") return Kind::wellness;
    return std::nullopt;
}

std::optional<minutes> wall_clock(const toml::node& node) {
    const auto time = node.value_exact<std::string>();
    return time ? time_of_day(*time) : std::nullopt;
}

Result<DayBlock> read_block(Section section) {
    DayBlock block;
    const std::string time = R"(a time of the day, as "12:00")";
    TRY(section.take("from", block.from, time, wall_clock));
    TRY(section.take("to", block.to, time, wall_clock));
    TRY(section.take("kind", block.kind,
                     R"("service", "lunch", "transit", "recreation" or "wellness")",
                     block_kind));
    TRY(section.finish());
    if (block.from >= block.to)
        return section.refuse("write from and to, the earlier one first");
    return block;
}

/// What no single key shows.
Result<void> check_program(const Section& section, const ProgramRule& rule) {
    if (rule.hours_max > 0 && rule.hours_max < rule.hours_min)
        return section.refuse("hours_max: write no less than hours_min, or 0");
    for (std::size_t i = 1; i < rule.blocks.size(); ++i)
        if (rule.blocks[i].from < rule.blocks[i - 1].to)
            return section.refuse("block: write the blocks in order and apart");
    return {};
}

Result<void> read_programs(Section programs, Site& into) {
    for (const Service program : {Service::php, Service::iop}) {
        auto section = TRY(programs.section(code(program)));
        if (!section.present()) continue;
        ProgramRule rule = default_program_rule(program);
        constexpr int week = 7 * 24, year = 366;
        TRY(section.take("hours_min", rule.hours_min, "hours a week, or 0 for none",
                         whole(0, week)));
        TRY(section.take("hours_max", rule.hours_max, "hours a week, or 0 for none",
                         whole(0, week)));
        TRY(section.take("recertified_on_day", rule.recertified_on_day,
                         "a day of the program, or 0 for none", whole(0, year)));
        TRY(section.take("recertified_every", rule.recertified_every,
                         "days from 1 to 366, or 0 for never", whole(0, year)));
        TRY(section.take("days", rule.days, "days of a course, or 0 if it varies",
                         whole(0, year)));
        const auto blocks = TRY(section.sections("block"));
        for (const auto& block : blocks) rule.blocks.push_back(TRY(read_block(block)));
        TRY(section.finish());
        TRY(check_program(section, rule));
        into.programs[program] = rule;
    }
    return programs.finish();
}

/// From the root, or one of the demo clinic's own.
bool picture(const std::string& value) {
    if (value.empty()) return true;
    const bool ours = value.starts_with("demo/") && value.find("..") == value.npos;
    return (value.starts_with('/') || ours) && value.ends_with(".png");
}

Result<PlaceRule> read_place(Section section) {
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
    return place;
}

/// [[class]] and [[place]], which stand by themselves.
Result<void> read_lists(Section& file, Site& into) {
    const auto classes = TRY(file.sections("class"));
    for (const auto& section : classes) {
        auto rule = TRY(read_class(section));
        if (std::ranges::count(into.classes, rule.schedule, &ClassRule::schedule) > 0)
            return section.refuse("schedule: write each one once");
        into.classes.push_back(std::move(rule));
    }
    const auto places = TRY(file.sections("place"));
    for (const auto& section : places) {
        auto place = TRY(read_place(section));
        if (place_of(into, place.location) != nullptr)
            return section.refuse("location: write each one once");
        into.places.push_back(std::move(place));
    }
    return {};
}

using ReadSection = Result<void> (*)(Section, Site&);
constexpr std::pair<const char*, ReadSection> sections[] = {
    {"site", read_clinic},     {"hours", read_hours},       {"device", read_device},
    {"windows", read_windows}, {"labels", read_labels},     {"policy", read_policy},
    {"time", read_times},      {"staff", read_staff},       {"display", read_display},
    {"printer", read_printer}, {"scanner", read_scanner},   {"services", read_services},
    {"forms", read_forms},     {"server", read_server},     {"part2", read_part2},
    {"lan", read_lan},         {"programs", read_programs}, {"guests", read_guests},
};

Result<Site> read_sections(Section file) {
    Site site;
    for (const auto& [name, read] : sections) {
        auto section = TRY(file.section(name));
        TRY(read(std::move(section), site));
    }
    TRY(read_lists(file, site));
    TRY(file.finish());
    return site;
}

}  // namespace

Result<Site> read_site(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return fail(Error::Code::not_found, path + ": there is no such file");
    try {
        const toml::table table = toml::parse_file(path);
        return read_sections(Section(path, "", &table));
    } catch (const toml::parse_error& fault) {
        return fail(Error::Code::bad_input,
                    path + ":" + std::to_string(fault.source().begin.line) +
                        ": not TOML: " + std::string(fault.description()));
    }
}

}  // namespace foyer
