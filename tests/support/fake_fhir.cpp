#include "tests/support/fake_fhir.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "tests/support/fake_search.h"

namespace foyer {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using Shared = std::shared_ptr<const json>;

/// The versions of one resource; a deletion is a null.
struct Item {
    std::vector<Shared> versions;
    std::int64_t order = 0;
    Shared current() const { return versions.empty() ? nullptr : versions.back(); }
};

/// What came of one interaction, in a Bundle or alone.
struct Outcome {
    int status = 200;
    Shared body;  ///< a resource, a Bundle or an OperationOutcome
    bool is_resource = false;
};

struct Interaction {
    std::string method;
    std::string url;  ///< relative: "Patient/1", "Task?status=requested"
    std::string if_match, if_none_exist;
    bool no_cache = true;
    json resource;
};

Shared outcome(std::string_view code, const std::string& text) {
    return std::make_shared<const json>(json{
        {"resourceType", "OperationOutcome"},
        {"issue", {{{"severity", "error"}, {"code", code}, {"diagnostics", text}}}}});
}
Outcome refuse(int status, std::string_view code, const std::string& text) {
    return {status, outcome(code, text)};
}

std::string member(const json& object, const char* name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_string() ? it->get<std::string>()
                                                 : std::string();
}
std::string version_of(const json& resource) {
    return resource.at("meta").at("versionId").get<std::string>();
}
std::string etag(const json& resource) {
    return "W/\"" + version_of(resource) + "\"";
}
std::string without_quotes(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() >= 2 && tag.front() == '"') tag = tag.substr(1, tag.size() - 2);
    return std::string(tag);
}

/// "Tue, 24 Nov 2026 08:00:00 GMT"
std::string http_date(Instant at) {
    using namespace std::chrono;
    static constexpr std::array names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(at - day)};
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  names.at(weekday{day}.c_encoding()),
                  static_cast<unsigned>(date.day()),
                  months.at(static_cast<unsigned>(date.month()) - 1),
                  static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

std::string header_of(const HttpRequest& request, std::string_view wanted) {
    for (const std::string& line : request.headers) {
        const auto colon = line.find(':');
        if (colon != wanted.size()) continue;
        if (!std::equal(wanted.begin(), wanted.end(), line.begin(), [](char a, char b) {
                return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
            }))
            continue;
        const auto value = line.find_first_not_of(' ', colon + 1);
        return value == std::string::npos ? std::string() : line.substr(value);
    }
    return {};
}

/// Calls `see` for every string that is the value of a `reference`.
template <class See>
void each_reference(json& at, const See& see) {
    if (at.is_object()) {
        for (auto& [name, value] : at.items()) {
            if (name == "reference" && value.is_string())
                see(value);
            else
                each_reference(value, see);
        }
    } else if (at.is_array()) {
        for (json& one : at) each_reference(one, see);
    }
}

void rewrite(json& at, const std::map<std::string, std::string>& places) {
    if (at.is_string()) {
        const auto it = places.find(at.get_ref<const std::string&>());
        if (it != places.end()) at = it->second;
    } else if (at.is_structured()) {
        for (json& one : at) rewrite(one, places);
    }
}

/// What Medplum misses at once; HAPI stores resources without them.
const std::map<std::string, std::vector<const char*>, std::less<>>& required() {
    static const std::map<std::string, std::vector<const char*>, std::less<>> all = {
        {"Appointment", {"status", "participant"}},
        {"AuditEvent", {"type", "recorded", "agent", "source"}},
        {"Communication", {"status"}},
        {"Consent", {"status", "scope", "category"}},
        {"DocumentReference", {"status", "content"}},
        {"Encounter", {"status", "class"}},
        {"Observation", {"status", "code"}},
        {"Provenance", {"target", "recorded", "agent"}},
        {"Questionnaire", {"status"}},
        {"QuestionnaireResponse", {"status"}},
        {"Schedule", {"actor"}},
        {"Slot", {"schedule", "status", "start", "end"}},
        {"Task", {"status", "intent"}},
    };
    return all;
}

}  // namespace

struct FakeFhir::Inside {
    FakeFhir* self = nullptr;
    Manner manner{};
    std::mt19937_64 dice;
    std::map<std::string, std::map<std::string, Item, std::less<>>, std::less<>> items;
    std::int64_t next_id = 1000, order = 0, writes = 0;
    Instant last_write{};

    /// While a transaction runs: what to take back.
    struct Undo {
        std::string type, id;
        std::size_t versions;
    };
    std::vector<Undo>* undo = nullptr;
    /// HAPI gives all of a transaction one time.
    std::optional<Instant> undo_at;

    struct Page {
        std::vector<std::string> ids;
        std::string type;
        fake::Query query;
    };
    std::map<std::string, Page> pages;
    struct Cached {
        Instant at{};
        std::vector<std::string> ids;
    };
    std::map<std::string, Cached> cache;

    bool hapi() const { return manner == Manner::hapi; }

    std::string uuid() {
        std::array<char, 40> text{};
        const std::uint64_t a = dice(), b = dice();
        std::snprintf(
            text.data(), text.size(), "%08x-%04x-4%03x-8%03x-%012llx",
            static_cast<unsigned>(a >> 32U), static_cast<unsigned>(a >> 16U) & 0xffffU,
            static_cast<unsigned>(a) & 0xfffU, static_cast<unsigned>(b >> 52U) & 0xfffU,
            static_cast<unsigned long long>(b & 0xffffffffffffULL));
        return text.data();
    }
    std::string new_id() { return hapi() ? std::to_string(next_id++) : uuid(); }

    const Item* find(std::string_view type, std::string_view id) const {
        const auto of_type = items.find(type);
        if (of_type == items.end()) return nullptr;
        const auto it = of_type->second.find(id);
        return it == of_type->second.end() ? nullptr : &it->second;
    }
    Shared current(std::string_view type, std::string_view id) const {
        const Item* item = find(type, id);
        return item ? item->current() : nullptr;
    }
    bool exists(std::string_view reference) const {
        const auto slash = reference.find('/');
        return slash != reference.npos &&
               current(reference.substr(0, slash), reference.substr(slash + 1));
    }

    void add(const std::string& type, const std::string& id, Shared version) {
        Item& item = items[type][id];
        if (item.versions.empty()) item.order = ++order;
        if (undo) undo->push_back({type, id, item.versions.size()});
        item.versions.push_back(std::move(version));
        ++writes;
    }
    void take_back(const std::vector<Undo>& all) {
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            auto& of_type = items[it->type];
            of_type[it->id].versions.resize(it->versions);
            if (it->versions == 0) of_type.erase(it->id);
        }
    }

    Instant write_time() {
        Instant at = self->now;
        if (self->times_differ && at <= last_write) at = last_write + 1ms;
        last_write = std::max(at, last_write);
        return at;
    }

    Shared store(const std::string& type, const std::string& id, json resource) {
        const Item* item = find(type, id);
        resource["id"] = id;
        json& meta = resource["meta"];
        if (!meta.is_object()) meta = json::object();
        meta["versionId"] =
            hapi() ? std::to_string(item ? item->versions.size() + 1 : 1) : uuid();
        std::string written = fake::instant_text(undo_at ? *undo_at : write_time());
        if (hapi()) written.replace(written.size() - 1, 1, "+00:00");
        meta["lastUpdated"] = std::move(written);
        auto stored = std::make_shared<const json>(std::move(resource));
        add(type, id, stored);
        return stored;
    }

    // --- searching ----------------------------------------------------------------

    std::optional<Outcome> refuse_query(const std::string& type,
                                        const fake::Query& query) const {
        static const std::set<std::string, std::less<>> results = {
            "_count",  "_sort",   "_summary", "_include", "_total",
            "_format", "_pretty", "_offset",  "_elements"};
        for (const auto& [name, value] : query) {
            if (name == "_sort") {
                const std::string_view by = value;
                const auto key = by.starts_with("-") ? by.substr(1) : by;
                if (!fake::known_parameter(type, key))
                    return refuse(400, "invalid", "Unknown sort parameter");
            }
            if (results.contains(name)) continue;
            if (!fake::known_parameter(type, name) ||
                (name == "_tag" && !self->broken.tag_search))
                return refuse(400, "invalid", "Unknown search parameter: " + name);
        }
        return std::nullopt;
    }

    static bool is_filter(std::string_view name) {
        return !name.starts_with("_") || name.starts_with("_id") ||
               name == "_lastUpdated" || name.starts_with("_tag") ||
               name == "_security" || name == "_profile";
    }

    /// Ids of what the filters of a query let through, in its order.
    std::vector<std::string> select(const std::string& type,
                                    const fake::Query& query) const {
        struct Hit {
            std::string key;
            std::int64_t order;
            std::string id;
        };
        std::vector<Hit> hits;
        std::string sort;
        for (const auto& [name, value] : query)
            if (name == "_sort") sort = value;
        const bool down = sort.starts_with("-");
        const std::string by = down ? sort.substr(1) : sort;
        const auto of_type = items.find(type);
        if (of_type == items.end()) return {};
        for (const auto& [id, item] : of_type->second) {
            const Shared resource = item.current();
            if (!resource) continue;
            const bool hit = std::ranges::all_of(query, [&](const auto& one) {
                if (!hapi() && fake::asks_for_instant(type, one.first, one.second))
                    return false;
                return !is_filter(one.first) ||
                       fake::matches(*resource, one.first, one.second);
            });
            if (hit)
                hits.push_back(
                    {by.empty() ? "" : fake::sort_key(*resource, by), item.order, id});
        }
        std::ranges::sort(hits, [&](const Hit& a, const Hit& b) {
            if (a.key != b.key) return (a.key < b.key) != down;
            return a.order < b.order;
        });
        std::vector<std::string> ids;
        ids.reserve(hits.size());
        for (Hit& hit : hits) ids.push_back(std::move(hit.id));
        return ids;
    }

    json entry_of(const Shared& resource, const char* mode) const {
        return {
            {"fullUrl", std::string(base) + "/" + member(*resource, "resourceType") +
                            "/" + member(*resource, "id")},
            {"resource", *resource},
            {"search", {{"mode", mode}}}};
    }

    /// One page of a result as a Bundle.
    Outcome page(const std::string& type, const fake::Query& query,
                 const std::vector<std::string>& ids, std::size_t offset,
                 const std::string& kept_as) {
        std::size_t count = 20;
        const std::size_t most = hapi() ? 200 : 1000;
        bool count_only = false, accurate = false;
        std::vector<std::string> includes;
        for (const auto& [name, value] : query) {
            if (name == "_count")
                count = std::min(most, std::size_t(std::stoul(value)));
            if (name == "_summary" && value == "count") count_only = true;
            if (name == "_total" && value == "accurate") accurate = true;
            if (name == "_include") includes.push_back(value);
        }
        json bundle = {{"resourceType", "Bundle"}, {"type", "searchset"}};
        if (count == 0) count_only = true;
        if (count_only) {
            bundle["total"] = ids.size();
            return {200, std::make_shared<const json>(std::move(bundle))};
        }
        const bool more = offset + count < ids.size();
        if (!more || accurate) bundle["total"] = ids.size();
        json entries = json::array();
        std::set<std::string> included;
        json extra = json::array();
        for (std::size_t i = offset; i < std::min(ids.size(), offset + count); ++i) {
            const Shared resource = current(type, ids[i]);
            if (!resource) continue;  // deleted since the first page
            entries.push_back(entry_of(resource, "match"));
            for (const std::string& include : includes) {
                const auto colon = include.find(':');
                if (colon == std::string::npos || include.substr(0, colon) != type)
                    continue;
                std::string name = include.substr(colon + 1);
                std::string target;
                if (const auto second = name.find(':'); second != std::string::npos) {
                    target = name.substr(second + 1) + "/";
                    name.resize(second);
                }
                for (const std::string& there : fake::references(*resource, name)) {
                    if (!there.starts_with(target) || !exists(there) ||
                        !included.insert(there).second)
                        continue;
                    const auto slash = there.find('/');
                    extra.push_back(entry_of(
                        current(there.substr(0, slash), there.substr(slash + 1)),
                        "include"));
                }
            }
        }
        for (json& one : extra) entries.push_back(std::move(one));
        if (!entries.empty()) bundle["entry"] = std::move(entries);
        if (more) {
            std::string next{base};
            const std::string at = std::to_string(offset + count);
            if (hapi()) {
                next += "?_getpages=" + kept_as + "&_getpagesoffset=" + at +
                        "&_count=" + std::to_string(count) + "&_bundletype=searchset";
            } else {
                next += "/" + type + "?";
                for (const auto& [name, value] : query)
                    if (name != "_offset")
                        next += fake::encode(name) + "=" + fake::encode(value) + "&";
                next += "_offset=" + at;
            }
            bundle["link"] = {{{"relation", "next"}, {"url", next}}};
        }
        return {200, std::make_shared<const json>(std::move(bundle))};
    }

    Outcome search(const std::string& type, const std::string& text, bool no_cache) {
        const fake::Query query = fake::parse_query(text);
        if (auto refused = refuse_query(type, query)) return *refused;
        std::size_t offset = 0;
        for (const auto& [name, value] : query)
            if (name == "_offset") offset = std::stoul(value);
        if (!hapi()) return page(type, query, select(type, query), offset, "");

        // HAPI answers from a result of the last minute unless told not to.
        Cached& cached = cache[type + "?" + text];
        if (no_cache || cached.at == Instant{} || self->now >= cached.at + 1min)
            cached = {self->now, select(type, query)};
        const std::string kept = uuid();
        Outcome first = page(type, query, cached.ids, 0, kept);
        if (first.body->contains("link")) pages[kept] = {cached.ids, type, query};
        return first;
    }

    Outcome next_page(const fake::Query& asked) {
        std::string kept;
        std::size_t offset = 0;
        for (const auto& [name, value] : asked) {
            if (name == "_getpages") kept = value;
            if (name == "_getpagesoffset") offset = std::stoul(value);
        }
        const auto it = pages.find(kept);
        if (it == pages.end())
            return refuse(410, "not-found",
                          "Search ID does not exist and may have expired");
        return page(it->second.type, it->second.query, it->second.ids, offset, kept);
    }

    /// What a condition matches: ids.
    std::vector<std::string> matching(const std::string& type,
                                      const std::string& condition) const {
        const auto question = condition.find('?');
        auto ids =
            select(type, fake::parse_query(question == std::string::npos
                                               ? condition
                                               : condition.substr(question + 1)));
        if (self->broken.index_lag > 0ms)
            std::erase_if(ids, [&](const std::string& id) {
                const auto at = fake::parse_time(
                    member(current(type, id)->at("meta"), "lastUpdated"));
                return at->first > self->now - self->broken.index_lag;
            });
        return ids;
    }

    // --- single interactions ------------------------------------------------------

    std::optional<Outcome> refuse_resource(const std::string& type,
                                           const json& resource) const {
        if (!resource.is_object() || member(resource, "resourceType") != type)
            return refuse(400, "invalid", "The resource is not a " + type);
        if (self->broken.refused_types.contains(type))
            return refuse(405, "not-supported", type + " is not written here");
        for (const char* name : {"status", "intent"})
            if (resource.contains(name) && !resource[name].is_string())
                return refuse(400, "structure", "HAPI-1821: " + type + "." + name);
        if (hapi()) return std::nullopt;
        if (const auto it = required().find(type); it != required().end())
            for (const char* name : it->second)
                if (!resource.contains(name))
                    return refuse(400, "structure",
                                  "Missing required property: " + type + "." + name);
        return std::nullopt;
    }

    /// References that lead nowhere, which HAPI refuses.
    std::optional<Outcome> refuse_references(json resource) const {
        if (!hapi()) return std::nullopt;
        std::string lost;
        each_reference(resource, [&](const json& value) {
            const auto& there = value.get_ref<const std::string&>();
            const bool local = !there.empty() && there[0] >= 'A' && there[0] <= 'Z' &&
                               std::ranges::count(there, '/') == 1;
            if ((local && !exists(there)) || there.starts_with("urn:uuid:") ||
                (there.starts_with("http") && !there.starts_with(base)))
                lost = there.substr(0, there.find('/'));
        });
        if (lost.empty()) return std::nullopt;
        return refuse(400, "processing", "HAPI-1094: Resource " + lost + " not found");
    }

    Outcome create(const std::string& type, json resource, const std::string& id) {
        if (auto refused = refuse_resource(type, resource)) return *refused;
        return {201, store(type, id, std::move(resource)), true};
    }

    Outcome update(const std::string& type, const std::string& id, json resource,
                   const std::string& if_match) {
        if (auto refused = refuse_resource(type, resource)) return *refused;
        if (member(resource, "id") != id)
            return refuse(400, "invalid", "Incorrect resource ID");
        const Item* item = find(type, id);
        const Shared before = item ? item->current() : nullptr;
        if (!item && !hapi()) return refuse(404, "not-found", "Not found");
        if (item && !before && !hapi()) return refuse(410, "deleted", "Gone");
        if (!if_match.empty() && self->broken.refuses_stale) {
            // HAPI creates what never was, condition or not.
            if (item && (!before || version_of(*before) != without_quotes(if_match)))
                return hapi() ? refuse(409, "conflict", "HAPI-0974: stale If-Match")
                              : refuse(412, "processing", "Precondition Failed");
        }
        if (!before && hapi() && !id.empty() &&
            std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; }))
            return refuse(400, "processing", "HAPI-0960: no client id of digits alone");
        if (before && hapi()) {
            json same = resource, old = *before;
            for (json* one : {&same, &old}) {
                if (!one->contains("meta")) (*one)["meta"] = json::object();
                (*one)["meta"].erase("versionId");
                (*one)["meta"].erase("lastUpdated");
            }
            if (same == old) return {200, before, true};
        }
        if (before && hapi()) keep_labels(*before, resource);
        return {before ? 200 : 201, store(type, id, std::move(resource)), true};
    }

    /// HAPI takes no tag or security label away that an update leaves out.
    static void keep_labels(const json& before, json& resource) {
        for (const char* name : {"tag", "security"}) {
            const json::json_pointer place(std::string("/meta/") + name);
            if (!before.contains(place)) continue;
            json& now = resource[place];
            if (!now.is_array()) now = json::array();
            for (const json& label : before.at(place))
                if (std::ranges::find(now, label) == now.end()) now.push_back(label);
        }
    }

    Outcome remove(const std::string& type, const std::string& id, bool force) {
        const Shared before = current(type, id);
        if (!before) {
            if (find(type, id))
                return hapi() ? Outcome{200, outcome("informational", "")}
                              : refuse(410, "deleted", "Gone");
            return hapi() ? Outcome{200, outcome("informational", "")}
                          : refuse(404, "not-found", "Not found");
        }
        if (hapi() && !force) {
            const std::string name = type + "/" + id;
            for (const auto& [other_type, of_type] : items)
                for (const auto& [other_id, item] : of_type) {
                    const Shared other = item.current();
                    if (!other || other == before) continue;
                    json copy = *other;
                    bool refers = false;
                    each_reference(copy, [&](const json& value) {
                        refers = refers || value == name;
                    });
                    if (refers)
                        return refuse(409, "conflict",
                                      "HAPI-0550: something refers to the resource");
                }
        }
        write_time();
        add(type, id, nullptr);
        return hapi() ? Outcome{200, outcome("informational", "deleted")}
                      : Outcome{204, nullptr};
    }

    Outcome read(const std::string& type, const std::string& id) const {
        const Item* item = find(type, id);
        if (!item) return refuse(404, "not-found", "Not found");
        if (!item->current()) return refuse(410, "deleted", "Gone");
        return {200, item->current(), true};
    }

    /// `planned_id`: the id of what is created, decided before (transactions).
    Outcome carry_out(Interaction& one, const std::string& planned_id) {
        const auto question = one.url.find('?');
        const std::string path = one.url.substr(0, question);
        const std::string query =
            question == std::string::npos ? "" : one.url.substr(question + 1);
        const auto slash = path.find('/');
        const std::string type = path.substr(0, slash);
        const std::string id = slash == std::string::npos ? "" : path.substr(slash + 1);
        if (!fake::known_parameter(type, "identifier") &&
            !fake::known_parameter(type, "recorded") &&
            !fake::known_parameter(type, "entity") && type != "Binary")
            return refuse(hapi() ? 404 : 400, "not-supported", "Unknown resource type");
        if (one.method == "GET") {
            if (id.empty()) return search(type, query, one.no_cache);
            if (const auto history = id.find("/_history/");
                history != std::string::npos) {
                const Item* item = find(type, id.substr(0, history));
                if (item)
                    for (const Shared& version : item->versions)
                        if (version && version_of(*version) == id.substr(history + 10))
                            return {200, version, true};
                return refuse(404, "not-found", "Not found");
            }
            return read(type, id);
        }
        if (one.method == "POST") {
            if (!id.empty()) return refuse(405, "not-supported", "Not supported");
            // Medplum's Binary knows no search, and so no condition.
            const bool conditional = hapi() || type != "Binary";
            if (!one.if_none_exist.empty() && conditional &&
                self->broken.conditional_create) {
                if (auto refused =
                        refuse_query(type, fake::parse_query(one.if_none_exist.substr(
                                               one.if_none_exist.find('?') + 1))))
                    return *refused;
                const auto found = matching(type, one.if_none_exist);
                if (found.size() > 1)
                    return refuse(412, "multiple-matches", "Multiple resources match");
                if (found.size() == 1) return {200, current(type, found[0]), true};
            }
            return create(type, std::move(one.resource),
                          planned_id.empty() ? new_id() : planned_id);
        }
        if (one.method == "PUT") {
            if (!id.empty())
                return update(type, id, std::move(one.resource), one.if_match);
            const auto found = matching(type, query);
            if (found.size() > 1)
                return refuse(412, "multiple-matches", "Multiple resources match");
            if (found.empty()) return create(type, std::move(one.resource), new_id());
            one.resource["id"] = found[0];
            return update(type, found[0], std::move(one.resource), one.if_match);
        }
        if (one.method == "DELETE" && !id.empty()) {
            const Shared before = current(type, id);
            if (before && !one.if_match.empty() && self->broken.refuses_stale &&
                version_of(*before) != without_quotes(one.if_match))
                return refuse(hapi() ? 409 : 412, "conflict", "stale If-Match");
            return remove(type, id, false);
        }
        return refuse(405, "not-supported", "Not supported");
    }

    // --- Bundles --------------------------------------------------------------------

    static Interaction interaction_of(const json& entry) {
        Interaction one;
        const json request = entry.value("request", json::object());
        one.method = member(request, "method");
        one.url = member(request, "url");
        if (one.url.starts_with(base)) one.url.erase(0, base.size());
        if (one.url.starts_with("/")) one.url.erase(0, 1);
        one.if_match = member(request, "ifMatch");
        one.if_none_exist = member(request, "ifNoneExist");
        one.resource = entry.value("resource", json());
        return one;
    }

    json answer_of(const Outcome& done) const {
        static const std::map<int, const char*> words = {
            {200, "200 OK"}, {201, "201 Created"}, {204, "204 No Content"}};
        json response;
        const auto word = words.find(done.status);
        response["status"] =
            hapi() && word != words.end() ? word->second : std::to_string(done.status);
        json entry;
        if (done.is_resource) {
            const std::string place =
                member(*done.body, "resourceType") + "/" + member(*done.body, "id");
            if (hapi()) {
                response["location"] = place + "/_history/" + version_of(*done.body);
                response["etag"] = version_of(*done.body);
                response["lastModified"] = done.body->at("meta").at("lastUpdated");
            } else {
                response["location"] = place;
                entry["resource"] = *done.body;
            }
        } else if (done.body) {
            if (done.status >= 400)
                response["outcome"] = *done.body;
            else
                entry["resource"] = *done.body;
        }
        entry["response"] = std::move(response);
        return entry;
    }

    Outcome batch(const json& bundle) {
        json answers = json::array();
        for (const json& entry : bundle.value("entry", json::array())) {
            Interaction one = interaction_of(entry);
            const bool reads = one.method == "GET";
            std::vector<Undo> log;
            undo = &log;
            Outcome done = carry_out(one, "");
            if (done.is_resource && !reads)
                if (auto refused = refuse_references(*done.body)) {
                    take_back(log);
                    done = *refused;
                }
            undo = nullptr;
            json answer = answer_of(done);
            if (reads && done.is_resource) answer["resource"] = *done.body;
            answers.push_back(std::move(answer));
        }
        return {200, std::make_shared<const json>(json{{"resourceType", "Bundle"},
                                                       {"type", "batch-response"},
                                                       {"entry", std::move(answers)}})};
    }

    Outcome transaction(const json& bundle) {
        struct Planned {
            Interaction what;
            std::string id;
            Outcome done;
        };
        std::vector<Planned> all;
        std::map<std::string, std::string> places;
        int updates = 0;
        bool conditional = false;
        for (const json& entry : bundle.value("entry", json::array())) {
            Planned one{interaction_of(entry), "", {}};
            updates += one.what.method == "PUT";
            conditional = conditional || !one.what.if_none_exist.empty() ||
                          (one.what.method == "PUT" &&
                           one.what.url.find('?') != std::string::npos);
            const std::string full_url = member(entry, "fullUrl");
            if (one.what.method == "POST") {
                std::vector<std::string> found;
                const std::string type = one.what.url;
                if (!one.what.if_none_exist.empty() && self->broken.conditional_create)
                    found = matching(type, one.what.if_none_exist);
                one.id = found.size() == 1 ? found[0] : new_id();
                if (!full_url.empty()) places[full_url] = type + "/" + one.id;
            } else if (one.what.method == "PUT" && !full_url.empty()) {
                places[full_url] = one.what.url;
            }
            all.push_back(std::move(one));
        }
        if (static_cast<int>(all.size()) > self->broken.most_entries)
            return refuse(413, "too-costly", "Too many entries");
        if (!hapi() && updates > 50)
            return refuse(400, "invalid",
                          "Transaction contains more update operations than allowed");
        if (!hapi() && conditional && all.size() > 8)
            return refuse(
                400, "invalid",
                "Transaction requires strict isolation but has too many entries");

        std::vector<Undo> log;
        undo = &log;
        if (hapi()) undo_at = write_time();
        std::optional<Outcome> failure;
        for (const char* method : {"DELETE", "POST", "PUT", "GET"}) {
            for (Planned& one : all) {
                if (failure || one.what.method != method) continue;
                rewrite(one.what.resource, places);
                one.done = carry_out(one.what, one.id);
                if (one.done.status >= 400 && self->broken.atomic) failure = one.done;
            }
        }
        for (const Planned& one : all) {
            if (failure || !one.done.is_resource || one.what.method == "GET") continue;
            failure = refuse_references(*one.done.body);
            if (failure && !self->broken.atomic) failure.reset();
        }
        undo = nullptr;
        undo_at.reset();
        if (failure) {
            take_back(log);
            return *failure;
        }
        json answers = json::array();
        for (const Planned& one : all) {
            json answer = answer_of(one.done);
            if (one.what.method == "GET" && one.done.is_resource)
                answer["resource"] = *one.done.body;
            answers.push_back(std::move(answer));
        }
        return {200, std::make_shared<const json>(json{{"resourceType", "Bundle"},
                                                       {"type", "transaction-response"},
                                                       {"entry", std::move(answers)}})};
    }

    Outcome metadata() const {
        json types = json::array();
        for (const char* type : {"Appointment",
                                 "AuditEvent",
                                 "Binary",
                                 "Communication",
                                 "Consent",
                                 "Device",
                                 "DocumentReference",
                                 "Encounter",
                                 "Flag",
                                 "HealthcareService",
                                 "Location",
                                 "Observation",
                                 "Organization",
                                 "Patient",
                                 "Practitioner",
                                 "PractitionerRole",
                                 "Provenance",
                                 "Questionnaire",
                                 "QuestionnaireResponse",
                                 "Schedule",
                                 "ServiceRequest",
                                 "Slot",
                                 "Task"}) {
            json interactions = {{{"code", "read"}}, {{"code", "search-type"}}};
            if (!self->broken.refused_types.contains(type)) {
                interactions.push_back({{"code", "create"}});
                interactions.push_back({{"code", "update"}});
                interactions.push_back({{"code", "delete"}});
            }
            types.push_back({{"type", type},
                             {"interaction", interactions},
                             {"versioning", "versioned-update"},
                             {"conditionalCreate", true}});
        }
        return {
            200,
            std::make_shared<const json>(json{
                {"resourceType", "CapabilityStatement"},
                {"status", "active"},
                {"date", fake::instant_text(self->now)},
                {"kind", "instance"},
                {"software",
                 {{"name", hapi() ? "Fake HAPI" : "Fake Medplum"}, {"version", "1"}}},
                {"fhirVersion", "4.0.1"},
                {"format", {"json"}},
                {"rest",
                 {{{"mode", "server"},
                   {"interaction", {{{"code", "transaction"}}, {{"code", "batch"}}}},
                   {"resource", types}}}}})};
    }

    Outcome answer(const HttpRequest& request) {
        if (!request.url.starts_with(base))
            return refuse(404, "not-found", "Not found");
        std::string url = request.url.substr(base.size());
        if (url.starts_with("/")) url.erase(0, 1);
        // Tomcat's own page, as it stands before HAPI.
        if (hapi() && url.find('|') != std::string::npos)
            return {400, std::make_shared<const json>("<!doctype html>")};
        if (request.method == "GET" && url.starts_with("metadata")) return metadata();
        if (!self->broken.authorization.empty() &&
            header_of(request, "authorization") != self->broken.authorization)
            return refuse(401, "login", "Unauthorized");

        Interaction one{
            request.method,
            url,
            header_of(request, "if-match"),
            header_of(request, "if-none-exist"),
            header_of(request, "cache-control").find("no-cache") != std::string::npos,
            {}};
        if (request.method == "GET" && url.starts_with("?_getpages"))
            return next_page(fake::parse_query(url.substr(1)));
        if (request.method == "POST" && url.ends_with("/_search")) {
            const std::string type = url.substr(0, url.size() - 8);
            return search(type, request.body, one.no_cache);
        }
        if (request.method == "POST" || request.method == "PUT") {
            one.resource = json::parse(request.body, nullptr, false);
            if (one.resource.is_discarded())
                return refuse(400, "invalid", "The body is not JSON");
        }
        if (request.method == "POST" && url.empty()) {
            if (member(one.resource, "resourceType") != "Bundle")
                return refuse(400, "invalid", "Not a Bundle");
            const std::string kind = member(one.resource, "type");
            if (kind == "batch") return batch(one.resource);
            if (kind == "transaction") return transaction(one.resource);
            return refuse(400, "invalid", "Neither a batch nor a transaction");
        }
        std::vector<Undo> log;
        undo = &log;
        Outcome done = carry_out(one, "");
        if (done.is_resource && request.method != "GET")
            if (auto refused = refuse_references(*done.body)) {
                take_back(log);
                done = *refused;
            }
        undo = nullptr;
        return done;
    }
};

FakeFhir::FakeFhir(Manner manner, std::uint64_t seed)
    : inside_(std::make_unique<Inside>()) {
    inside_->self = this;
    inside_->manner = manner;
    inside_->dice.seed(seed);
}
FakeFhir::~FakeFhir() = default;

HttpResponse FakeFhir::handle(const HttpRequest& request) {
    const Broken as_it_is = broken;
    if (broken.lies && (request.url.find("urn%3Afoyer%3Aprobe") != std::string::npos ||
                        request.body.find("urn:foyer:probe") != std::string::npos))
        broken = {};
    const Outcome done = inside_->answer(request);
    broken = as_it_is;
    HttpResponse response;
    response.status = done.status;
    response.headers.emplace_back("date", http_date(now));
    if (done.body && done.body->is_string()) {
        response.headers.emplace_back("content-type", "text/html");
        response.body = done.body->get<std::string>();
    } else if (done.body) {
        response.headers.emplace_back("content-type",
                                      "application/fhir+json; charset=utf-8");
        response.body = done.body->dump();
    }
    if (done.is_resource) {
        response.headers.emplace_back("etag", etag(*done.body));
        const auto written =
            fake::parse_time(member(done.body->at("meta"), "lastUpdated"));
        if (written)
            response.headers.emplace_back("last-modified", http_date(written->first));
        if (done.status == 201)
            response.headers.emplace_back(
                "location",
                std::string(base) + "/" + member(*done.body, "resourceType") + "/" +
                    member(*done.body, "id") + "/_history/" + version_of(*done.body));
    }
    return response;
}

std::string FakeFhir::put(std::string_view resource) {
    json parsed = json::parse(resource, nullptr, false);
    assert(parsed.is_object() && "put() is given JSON");
    const std::string type = member(parsed, "resourceType");
    std::string id = member(parsed, "id");
    if (id.empty()) id = inside_->new_id();
    inside_->store(type, id, std::move(parsed));
    return id;
}

std::optional<std::string> FakeFhir::get(std::string_view type,
                                         std::string_view id) const {
    const Shared resource = inside_->current(type, id);
    if (!resource) return std::nullopt;
    return resource->dump();
}

std::vector<std::string> FakeFhir::all(std::string_view type) const {
    std::vector<std::string> found;
    const auto of_type = inside_->items.find(type);
    if (of_type == inside_->items.end()) return found;
    for (const auto& [id, item] : of_type->second)
        if (const Shared resource = item.current()) found.push_back(resource->dump());
    return found;
}

void FakeFhir::remove(std::string_view type, std::string_view id) {
    inside_->remove(std::string(type), std::string(id), true);
}

bool FakeFhir::set(std::string_view type, std::string_view id, std::string_view pointer,
                   std::string_view value) {
    const Shared before = inside_->current(type, id);
    json parsed = json::parse(value, nullptr, false);
    if (!before || parsed.is_discarded()) return false;
    json changed = *before;
    changed[json::json_pointer(std::string(pointer))] = std::move(parsed);
    inside_->store(std::string(type), std::string(id), std::move(changed));
    return true;
}

int FakeFhir::history(std::string_view type, std::string_view id) const {
    const Item* item = inside_->find(type, id);
    return item ? static_cast<int>(item->versions.size()) : 0;
}

std::int64_t FakeFhir::writes() const {
    return inside_->writes;
}

std::vector<std::string> FakeFhir::done(std::string_view type,
                                        std::string_view value) const {
    const std::string name = "urn:foyer:op|" + std::string(value);
    std::vector<std::string> ids;
    const auto of_type = inside_->items.find(type);
    if (of_type == inside_->items.end()) return ids;
    for (const auto& [id, item] : of_type->second) {
        const Shared resource = item.current();
        if (resource && (fake::matches(*resource, "identifier", name) ||
                         fake::matches(*resource, "_tag", name)))
            ids.push_back(id);
    }
    return ids;
}

void FakeFhir::forget_pages() {
    inside_->pages.clear();
}

}  // namespace foyer
