#include "sync/pull/pull_state.h"

#include <nlohmann/json.hpp>

#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

using nlohmann::json;

std::int64_t number(Instant at) {
    return at.time_since_epoch().count();
}
Instant instant(const json& value) {
    return Instant(std::chrono::milliseconds(value.get<std::int64_t>()));
}
json optional(const std::optional<Instant>& at) {
    return at ? json(number(*at)) : json();
}
json optional(const std::optional<Date>& day) {
    return day ? json(format_date(*day)) : json();
}
std::optional<Instant> optional_instant(const json& value) {
    return value.is_null() ? std::nullopt : std::optional(instant(value));
}
std::optional<Date> optional_date(const json& value) {
    if (!value.is_string()) return std::nullopt;
    const auto day = parse_date(value.get_ref<const std::string&>());
    return day ? std::optional(*day) : std::nullopt;
}

json times(const std::map<std::string, Instant>& all) {
    json object = json::object();
    for (const auto& [name, at] : all) object[name] = number(at);
    return object;
}
std::map<std::string, Instant> times_from(const json& object) {
    std::map<std::string, Instant> all;
    for (const auto& [name, at] : object.items()) all[name] = instant(at);
    return all;
}

json readings(const std::vector<Reading>& all) {
    json list = json::array();
    for (const Reading& each : all)
        list.push_back({{"type", each.type},
                        {"query", each.query},
                        {"start", optional(each.start)},
                        {"from", optional(each.from)},
                        {"next", each.next},
                        {"latest", number(each.latest)},
                        {"sorted", each.sorted},
                        {"restarts", each.restarts}});
    return list;
}
std::vector<Reading> readings_from(const json& list) {
    std::vector<Reading> all;
    for (const json& each : list)
        all.push_back({.type = each.at("type"),
                       .query = each.at("query"),
                       .start = optional_instant(each.at("start")),
                       .from = optional_instant(each.at("from")),
                       .next = each.at("next"),
                       .latest = instant(each.at("latest")),
                       .sorted = each.at("sorted"),
                       .restarts = each.at("restarts")});
    return all;
}

PullState read(const json& note) {
    PullState state;
    state.source = note.at("source");
    state.afresh = note.at("afresh");
    state.cursors = times_from(note.at("cursors"));
    state.changes_due = instant(note.at("changesDue"));
    state.changes = readings_from(note.at("changes"));
    state.changes_began = optional_instant(note.at("changesBegan"));
    state.through = optional_date(note.at("through"));
    state.reading_to = optional_date(note.at("readingTo"));
    state.window = readings_from(note.at("window"));
    state.window_began = instant(note.at("windowBegan"));
    state.window_server_time = optional_instant(note.at("windowServerTime"));
    state.window_whole = note.at("windowWhole");
    state.night = optional_date(note.at("night"));
    state.schedule_read = optional_instant(note.at("scheduleRead"));
    state.again = note.at("again");
    state.held_began = optional_instant(note.at("heldBegan"));
    state.holding = note.at("holding");
    state.deep = note.at("deep");
    state.doubtful = note.at("doubtful").get<std::vector<std::string>>();
    state.wants = note.at("wants").get<std::vector<std::string>>();
    state.missing = note.at("missing").get<std::set<std::string>>();
    state.forms = readings_from(note.at("forms"));
    state.forms_of = note.at("formsOf").get<std::set<std::string>>();
    state.forms_read = optional_instant(note.at("formsRead"));
    state.waits_due = instant(note.value("waitsDue", json(0)));
    state.device = note.at("device");
    state.unsupported = times_from(note.at("unsupported"));
    return state;
}

}  // namespace

std::string to_text(const PullState& state) {
    return json{{"source", state.source},
                {"afresh", state.afresh},
                {"cursors", times(state.cursors)},
                {"changesDue", number(state.changes_due)},
                {"changes", readings(state.changes)},
                {"changesBegan", optional(state.changes_began)},
                {"through", optional(state.through)},
                {"readingTo", optional(state.reading_to)},
                {"window", readings(state.window)},
                {"windowBegan", number(state.window_began)},
                {"windowServerTime", optional(state.window_server_time)},
                {"windowWhole", state.window_whole},
                {"night", optional(state.night)},
                {"scheduleRead", optional(state.schedule_read)},
                {"again", state.again},
                {"heldBegan", optional(state.held_began)},
                {"holding", state.holding},
                {"deep", state.deep},
                {"doubtful", state.doubtful},
                {"wants", state.wants},
                {"missing", state.missing},
                {"forms", readings(state.forms)},
                {"formsOf", state.forms_of},
                {"formsRead", optional(state.forms_read)},
                {"waitsDue", number(state.waits_due)},
                {"device", state.device},
                {"unsupported", times(state.unsupported)}}
        .dump();
}

PullState pull_state_from(std::string_view text) {
    try {
        return read(json::parse(text));
    } catch (const json::exception&) {
        return {};
    }
}

}  // namespace foyer
