#include "sync/server/probe.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

using nlohmann::json;

constexpr const char* probe_system = "urn:foyer:probe";
/// A unit of work has no more entries (sync.md, "size limits").
constexpr int entries_wanted = 8;

/// What kiosks write, and the interaction that it takes.
constexpr std::array<std::pair<const char*, const char*>, 12> written = {{
    {"Appointment", "create"},
    {"Appointment", "update"},
    {"AuditEvent", "create"},
    {"Consent", "create"},
    {"Device", "create"},
    {"DocumentReference", "create"},
    {"Encounter", "create"},
    {"Observation", "create"},
    {"Provenance", "create"},
    {"QuestionnaireResponse", "create"},
    {"Slot", "update"},
    {"Task", "create"},
}};

/// A Task that says what it is. Staff do not see it: its status is entered-in-error.
json task(const std::string& value, const std::string& description) {
    return {{"resourceType", "Task"},
            {"meta", {{"tag", {{{"system", probe_system}, {"code", value}}}}}},
            {"identifier", {{{"system", probe_system}, {"value", value}}}},
            {"status", "entered-in-error"},
            {"intent", "order"},
            {"description", description}};
}

std::string by_identifier(const std::string& value) {
    return "identifier=" + encoded(std::string(probe_system) + "|" + value);
}

/// The resources of a searchset that are no OperationOutcome; none if it is none.
std::optional<std::vector<json>> found_in(const Answer& answer) {
    auto bundle = parse_json(answer.body);
    if (!answer.good() || !bundle || text_of(*bundle, "resourceType") != "Bundle")
        return std::nullopt;
    std::vector<json> found;
    for (const json* entry : objects_of(*bundle, "entry")) {
        const json* resource = object_of(*entry, "resource");
        if (resource && text_of(*resource, "resourceType") == "Task")
            found.push_back(*resource);
    }
    return found;
}

std::string version_of(const json& resource) {
    const json* meta = object_of(resource, "meta");
    return meta ? std::string(text_of(*meta, "versionId")) : std::string();
}

/// Whether somebody answered an update that came too late as it deserves.
bool is_conflict(std::string_view status) {
    return status.starts_with("409") || status.starts_with("412");
}

/// One run. Each step tells one thing.
class Probe {
public:
    Probe(FhirServer& server, std::string device)
        : server_(server), device_(std::move(device)) {}

    Result<Abilities> run();

private:
    Result<Answer> answered(Result<Answer> answer) const;
    Result<std::optional<std::vector<json>>> tasks(const std::string& query);
    Result<void> remove_all(const std::vector<json>& tasks);

    Result<void> read_statement();
    Result<bool> prepare();
    Result<bool> change();
    Result<void> try_conditional_create();
    Result<void> try_roll_back();
    /// What became of a transaction with an update that came too late.
    struct Tried {
        bool late_refused = false;   ///< 409 or 412, for all of it or for that entry
        bool whole_refused = false;  ///< for all of it
        bool unchanged = false;      ///< our Task is as it was
        bool none_left = false;      ///< of what it would have created

        bool atomic() const {
            return late_refused && whole_refused && unchanged && none_left;
        }
    };
    Result<Tried> try_transaction(int entries);
    Result<void> try_tag_search();
    Result<void> try_last_updated();

    std::string passing(int number) const {
        return device_ + "/" + std::to_string(number);
    }
    std::string all_passing() const;

    FhirServer& server_;
    std::string device_;
    Abilities abilities_;
    json task_;          ///< ours, as the server has it
    std::string stale_;  ///< a version of it that is over
};

/// What says nothing about abilities ends the run: it is tried again another time.
Result<Answer> Probe::answered(Result<Answer> answer) const {
    if (!answer) return answer;
    switch (verdict_of(*answer)) {
        case Verdict::unauthorized:
            return fail(Error::Code::refused, server_.base() +
                                                  ": does not let this kiosk in (" +
                                                  std::to_string(answer->status) + ")");
        case Verdict::later:
            return fail(Error::Code::busy, server_.base() + ": is not ready (" +
                                               std::to_string(answer->status) + ")");
        default:
            return answer;
    }
}

/// The Tasks a search finds; none at all if the server refuses the search.
Result<std::optional<std::vector<json>>> Probe::tasks(const std::string& query) {
    return found_in(TRY(answered(server_.search("Task?" + query))));
}

Result<void> Probe::remove_all(const std::vector<json>& tasks) {
    for (const json& one : tasks) {
        const auto id = text_of(one, "id");
        if (!id.empty()) TRY(answered(server_.remove("Task", id)));
    }
    return {};
}

std::string Probe::all_passing() const {
    std::string values;
    for (int i = 1; i < entries_wanted; ++i)
        values +=
            (values.empty() ? "" : ",") + std::string(probe_system) + "|" + passing(i);
    return "identifier=" + encoded(values);
}

Result<void> Probe::read_statement() {
    const auto answer = TRY(answered(server_.capabilities()));
    const auto statement = parse_json(answer.body);
    if (!answer.good() || !statement) return {};
    if (const json* software = object_of(*statement, "software")) {
        abilities_.software = shown(text_of(*software, "name"));
        const auto plain = [](std::string quoted) {
            return quoted.size() >= 2 ? quoted.substr(1, quoted.size() - 2) : quoted;
        };
        abilities_.software = plain(abilities_.software);
        const std::string version = plain(shown(text_of(*software, "version")));
        if (!version.empty()) abilities_.software += " " + version;
    }
    std::vector<std::pair<std::string, std::string>> offered;
    std::vector<std::string> silent;  // types without a list of interactions
    for (const json* rest : objects_of(*statement, "rest"))
        for (const json* resource : objects_of(*rest, "resource")) {
            const std::string type(text_of(*resource, "type"));
            if (!has(*resource, "interaction")) silent.push_back(type);
            for (const json* interaction : objects_of(*resource, "interaction"))
                offered.emplace_back(type, text_of(*interaction, "code"));
        }
    if (offered.empty() && silent.empty()) return {};
    for (const auto& [type, interaction] : written) {
        const std::pair<std::string, std::string> wanted(type, interaction);
        if (std::ranges::count(offered, wanted) || std::ranges::count(silent, type) ||
            !abilities_.takes(type))
            continue;
        abilities_.refused_types.emplace_back(type);
    }
    return {};
}

/// Clears away what a run that was cut off left, and makes our Task. False if the
/// server takes no Task at all.
Result<bool> Probe::prepare() {
    if (const auto left = TRY(tasks(all_passing()))) TRY(remove_all(*left));
    const auto made = TRY(answered(
        server_.create("Task", task(device_, "Foyer tries the server out.").dump(),
                       by_identifier(device_))));
    if (verdict_of(made) == Verdict::refused || verdict_of(made) == Verdict::gone)
        return false;
    const auto ours = TRY(tasks(by_identifier(device_)));
    if (!ours || ours->empty()) return false;
    task_ = ours->front();
    return true;
}

/// A new version of our Task, so that the one before is over. False if the server says
/// no versions.
Result<bool> Probe::change() {
    stale_ = version_of(task_);
    const std::string id(text_of(task_, "id"));
    // Another text each time: a server keeps its version when nothing changes.
    json changed = task(device_, "Foyer tries the server out. Tried at " +
                                     format_instant(server_.server_time()) +
                                     ", after " + stale_ + ".");
    changed["id"] = id;
    TRY(answered(server_.put("Task", id, changed.dump(), stale_)));
    const auto now = TRY(answered(server_.read("Task", id)));
    const auto parsed = parse_json(now.body);
    if (!now.good() || !parsed) return false;
    task_ = *parsed;
    return !stale_.empty() && !version_of(task_).empty() && version_of(task_) != stale_;
}

/// The same create once more: it must find what is there. And a search by an identifier
/// that nobody has must find nothing, or all of the above means nothing.
Result<void> Probe::try_conditional_create() {
    const auto before = TRY(tasks(by_identifier(device_)));
    const auto nobody = TRY(tasks(by_identifier(device_ + "/nobody")));
    json bundle = {{"resourceType", "Bundle"},
                   {"type", "transaction"},
                   {"entry",
                    {{{"resource", task(device_, "Foyer tries the server out.")},
                      {"request",
                       {{"method", "POST"},
                        {"url", "Task"},
                        {"ifNoneExist", by_identifier(device_)}}}}}}};
    TRY(answered(server_.transact(bundle.dump())));
    const auto after = TRY(tasks(by_identifier(device_)));
    if (!before || !after || !nobody) return {};
    abilities_.conditional_create =
        nobody->empty() && !before->empty() && after->size() == before->size();
    std::vector<json> surplus;
    for (const json& one : *after)
        if (text_of(one, "id") != text_of(task_, "id")) surplus.push_back(one);
    // Ours only: an identifier that the server does not search by finds everybody's.
    if (nobody->empty()) TRY(remove_all(surplus));
    return {};
}

/// Creates and then an update of a version that is over, in one transaction: all of it
/// must be refused, and nothing left. What is left all the same is removed.
Result<Probe::Tried> Probe::try_transaction(int entries) {
    json bundle = {{"resourceType", "Bundle"}, {"type", "transaction"}};
    for (int i = 1; i < entries; ++i)
        bundle["entry"].push_back(
            {{"resource", task(passing(i), "Foyer tries the server out; not to stay.")},
             {"request",
              {{"method", "POST"},
               {"url", "Task"},
               {"ifNoneExist", by_identifier(passing(i))}}}});
    const std::string id(text_of(task_, "id"));
    json late = task(device_, "Foyer tries the server out; too late.");
    late["id"] = id;
    bundle["entry"].push_back({{"resource", late},
                               {"request",
                                {{"method", "PUT"},
                                 {"url", "Task/" + id},
                                 {"ifMatch", "W/\"" + stale_ + "\""}}}});
    const auto answer = TRY(answered(server_.transact(bundle.dump())));
    const auto now = TRY(answered(server_.read("Task", id)));
    const auto left = TRY(tasks(all_passing()));

    Tried tried;
    const auto parsed = parse_json(now.body);
    tried.unchanged = parsed && version_of(*parsed) == version_of(task_);
    if (parsed) task_ = *parsed;
    tried.none_left = left && left->empty();
    if (left) TRY(remove_all(*left));
    tried.whole_refused = !answer.good();
    tried.late_refused = is_conflict(std::to_string(answer.status));
    const auto result = parse_json(answer.body);
    if (answer.good() && result)
        for (const json* entry : objects_of(*result, "entry"))
            if (const json* response = object_of(*entry, "response"))
                tried.late_refused =
                    tried.late_refused || is_conflict(text_of(*response, "status"));
    return tried;
}

Result<void> Probe::try_roll_back() {
    const Tried two = TRY(try_transaction(2));
    abilities_.refuses_stale = two.late_refused && two.unchanged;
    abilities_.atomic = two.atomic();
    if (!abilities_.atomic) return {};
    abilities_.entries = 2;
    for (const int entries : {entries_wanted, entries_wanted / 2}) {
        const Tried more = TRY(try_transaction(entries));
        if (more.atomic()) {
            abilities_.entries = entries;
            return {};
        }
        // Too many for this server, which is no fault of fewer; but a part that stays
        // is.
        abilities_.atomic = more.unchanged && more.none_left;
        if (!abilities_.atomic) return {};
    }
    return {};
}

Result<void> Probe::try_tag_search() {
    const std::string tag =
        "_tag=" + encoded(std::string(probe_system) + "|" + device_);
    const auto ours = TRY(tasks(tag));
    const auto nobody = TRY(tasks(tag + encoded("/nobody")));
    abilities_.tag_search = ours && nobody && ours->size() == 1 && nobody->empty();
    return {};
}

Result<void> Probe::try_last_updated() {
    const json* meta = object_of(task_, "meta");
    const std::string written_at(meta ? text_of(*meta, "lastUpdated") : "");
    const auto at = parse_instant(written_at);
    if (!at) return {};
    const std::string query =
        by_identifier(device_) + "&_sort=_lastUpdated&_lastUpdated=ge";
    const auto ours = TRY(tasks(query + encoded(format_instant(*at))));
    const auto later =
        TRY(tasks(query + encoded(format_instant(*at + std::chrono::hours(1)))));
    abilities_.last_updated = ours && later && ours->size() == 1 && later->empty();
    return {};
}

Result<Abilities> Probe::run() {
    TRY(read_statement());
    if (TRY(prepare())) {
        const bool versions = TRY(change());
        TRY(try_conditional_create());
        // Without versions there is nothing stale to try with; and with creates that
        // are not conditional, nothing that could be told apart.
        if (versions && abilities_.conditional_create) TRY(try_roll_back());
        TRY(try_tag_search());
        TRY(try_last_updated());
    } else if (abilities_.takes("Task")) {
        abilities_.refused_types.emplace_back("Task");
    }
    abilities_.at = server_.server_time();
    return std::move(abilities_);
}

/// A list of names as a person says it.
std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

}  // namespace

bool Abilities::takes(std::string_view type) const {
    return std::ranges::find(refused_types, type) == refused_types.end();
}

Result<Abilities> probe(FhirServer& server, const std::string& device) {
    return Probe(server, device).run();
}

std::vector<ProbeLine> lines_of(const Abilities& abilities) {
    std::vector<ProbeLine> lines;
    const auto add = [&](bool good, std::string what, std::string follows) {
        lines.push_back({good, std::move(what), good ? "" : std::move(follows)});
    };
    const std::string asked_for =
        "Signing up for a class is asked for, never confirmed at the kiosk.";
    add(abilities.conditional_create,
        abilities.conditional_create
            ? "The same thing sent twice is kept once."
            : "The same thing sent twice is kept twice (conditional create).",
        "Before each send the kiosk looks whether it is there; two at the same moment "
        "can "
        "both stay. " +
            asked_for);
    add(abilities.refuses_stale,
        abilities.refuses_stale
            ? "A change that somebody else was faster with is refused."
            : "A change overwrites one that somebody else made meanwhile (If-Match).",
        "A change at the desk and one at the kiosk in the same second can lose one of "
        "them. " +
            asked_for);
    add(abilities.atomic,
        abilities.atomic ? "What belongs together is kept together or not at all."
                         : "Of what belongs together a part can stay (transaction).",
        "A check-in can lack its record of who did it. " + asked_for +
            " On Medplum, turn on the project's feature transaction-bundles.");
    add(abilities.entries >= entries_wanted,
        "One transaction takes " + std::to_string(abilities.entries) + " of " +
            std::to_string(entries_wanted) + " entries.",
        "Check-ins of " + std::to_string(entries_wanted) +
            " parts are refused and go to the desk's list.");
    add(abilities.tag_search,
        abilities.tag_search ? "It searches by tag."
                             : "It does not search by tag (_tag).",
        "Records of who did what (Provenance, AuditEvent) can be kept twice after a "
        "lost "
        "answer.");
    add(abilities.last_updated,
        abilities.last_updated ? "It tells what changed since a moment."
                               : "It does not tell what changed since (_lastUpdated).",
        "What the desk changes shows at the kiosk only when the day is read in full.");
    add(abilities.refused_types.empty(),
        abilities.refused_types.empty()
            ? "It takes every kind of resource that kiosks write."
            : "It does not take " + listed(abilities.refused_types) + ".",
        "What these would have said reaches the desk as a document or as an item of "
        "its "
        "list.");
    return lines;
}

std::string to_text(const Abilities& abilities) {
    return json{{"atomic", abilities.atomic},
                {"refuses_stale", abilities.refuses_stale},
                {"conditional_create", abilities.conditional_create},
                {"tag_search", abilities.tag_search},
                {"last_updated", abilities.last_updated},
                {"entries", abilities.entries},
                {"refused_types", abilities.refused_types},
                {"software", abilities.software},
                {"at", format_instant(abilities.at)}}
        .dump();
}

Result<Abilities> abilities_from(std::string_view text) {
    const auto corrupt = [] {
        return fail(Error::Code::corrupt,
                    "what is kept of the server's abilities is not "
                    "readable; it is tried again");
    };
    const auto kept = parse_json(text);
    if (!kept || !kept->is_object() || !has(*kept, "atomic")) return corrupt();
    const auto at = parse_instant(text_of(*kept, "at"));
    const auto entries = kept->find("entries");
    if (!at || entries == kept->end() || !entries->is_number_integer())
        return corrupt();
    Abilities abilities;
    abilities.atomic = is_true(*kept, "atomic");
    abilities.refuses_stale = is_true(*kept, "refuses_stale");
    abilities.conditional_create = is_true(*kept, "conditional_create");
    abilities.tag_search = is_true(*kept, "tag_search");
    abilities.last_updated = is_true(*kept, "last_updated");
    abilities.entries = entries->get<int>();
    abilities.software = text_of(*kept, "software");
    abilities.at = *at;
    if (const auto types = kept->find("refused_types");
        types != kept->end() && types->is_array())
        for (const json& type : *types)
            if (type.is_string())
                abilities.refused_types.push_back(type.get<std::string>());
    return abilities;
}

}  // namespace foyer
