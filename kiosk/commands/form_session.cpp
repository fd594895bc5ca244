#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "kiosk/commands/form.h"
#include "kiosk/commands/read_file.h"
#include "kiosk/forms/model.h"
#include "kiosk/forms/scores.h"
#include "kiosk/forms/session.h"
#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

constexpr std::array commands = {"set",   "add",      "remove", "decline",
                                 "reset", "language", "state",  "finish"};

/// A line that is no FHIR is looked through for its id up to this size.
constexpr std::size_t longest_refused = 1u << 16;

/// One JSON object, member by member.
class Line {
public:
    Line& text(std::string_view name, std::string_view value) {
        begin(name);
        write_json_string(value, out_);
        return *this;
    }
    Line& raw(std::string_view name, std::string_view json) {
        begin(name);
        out_ += json;
        return *this;
    }
    Line& flag(std::string_view name, bool value) {
        return raw(name, value ? "true" : "false");
    }
    Line& number(std::string_view name, int value) {
        return raw(name, std::to_string(value));
    }
    std::string done() const { return out_ + '}'; }

private:
    void begin(std::string_view name) {
        if (out_.size() > 1) out_ += ',';
        write_json_string(name, out_);
        out_ += ':';
    }
    std::string out_ = "{";
};

template <class Range, class Write>
std::string list(const Range& range, const Write& write) {
    std::string out = "[";
    for (const auto& one : range) {
        if (out.size() > 1) out += ',';
        out += write(one);
    }
    return out + ']';
}

std::string in_quotes(std::string_view text) {
    std::string out;
    write_json_string(text, out);
    return out;
}

/// `repeats`: by step, whether it has several instances or answers to tell apart.
std::string path_json(const ItemPath& path, const std::vector<bool>& repeats) {
    std::string out = "[";
    for (std::size_t i = 0; i < path.size(); ++i) {
        const PathStep& step = path[i];
        if (i > 0) out += ',';
        out += in_quotes(step.nth > 1 ? step.link_id + "#" + std::to_string(step.nth)
                                      : step.link_id);
        if (step.index > 0 || (i < repeats.size() && repeats[i]))
            out += "," + std::to_string(step.index);
    }
    return out + ']';
}

class Session {
public:
    Session(FormSession session, std::istream& in, std::ostream& out)
        : session_(std::move(session)), in_(in), out_(out) {}

    void run() {
        std::string line;
        while (std::getline(in_, line)) {
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            out_ << answer(line) << '\n' << std::flush;
        }
    }

private:
    std::string answer(const std::string& line) {
        Elements home;
        const auto read = read_json(line, home);
        // JSON that is no FHIR (a list in a list) still says whose line it was.
        const auto parsed = read || line.size() < longest_refused
                                ? nlohmann::json::parse(line, nullptr, false)
                                : nlohmann::json();
        std::string id;
        if (const auto found = parsed.find("id");
            parsed.is_object() && found != parsed.end())
            id = found->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        if (!read || !parsed.is_object())
            return refusal(
                id,
                {"bad-json", {}, read ? "is not a JSON object" : read.error().what});
        const Element& command = **read;
        const auto count = std::ranges::count_if(
            commands, [&](const char* name) { return parsed.contains(name); });
        if (count != 1)
            return refusal(id, {"bad-command",
                                {},
                                "give one of set, add, remove, decline, reset, "
                                "language, state, finish"});
        if (parsed.contains("set")) return set(id, command, parsed);
        if (parsed.contains("language")) {
            const std::string_view language = command.text_of("language");
            if (!parsed["language"].is_string() || language.empty())
                return refusal(id,
                               {"bad-command", {}, "language is a tag like \"es\""});
            session_.set_language(std::string(language));
            return state(id);
        }
        if (parsed.contains("state")) return state(id);
        if (parsed.contains("finish")) return finish(id);
        return with_path(id, parsed);
    }

    std::string with_path(const std::string& id, const nlohmann::json& parsed) {
        for (const char* name : {"add", "remove", "decline", "reset"}) {
            if (!parsed.contains(name)) continue;
            const auto path = path_of(parsed, name);
            if (!path) return refusal(id, path.error());
            const std::string_view verb = name;
            if (verb == "add") {
                const auto added = session_.add(*path);
                if (!added) return refusal(id, added.error());
                return state(id, path_json(*added, repeats_of(*added)));
            }
            const auto done = verb == "remove"    ? session_.remove(*path)
                              : verb == "decline" ? session_.decline(*path)
                                                  : session_.reset(*path);
            if (!done) return refusal(id, done.error());
        }
        return state(id);
    }

    std::string set(const std::string& id, const Element& command,
                    const nlohmann::json& parsed) {
        const auto path = path_of(parsed, "set");
        if (!path) return refusal(id, path.error());
        const auto values = parsed.find("values");
        if (values == parsed.end() || !values->is_array())
            return refusal(id, {"bad-command", *path, "values is a list"});
        if (std::ranges::any_of(*values, [](const auto& v) { return v.is_null(); }))
            return refusal(id, {"wrong-type", *path, "null is no answer; [] clears"});
        // From the elements, whose numbers keep their digits.
        std::vector<std::string> texts;
        for (const Element* value : command.all("values"))
            texts.push_back(write_json(*value));
        if (texts.size() != values->size())
            return refusal(id, {"wrong-type", *path, "a value is not a list"});
        const auto done = session_.set(*path, texts);
        return done ? state(id) : refusal(id, done.error());
    }

    /// A list of linkIds, each with an index if need be, or a lone linkId.
    FormResult<ItemPath> path_of(const nlohmann::json& parsed, const char* name) {
        const auto& given = parsed.at(name);
        if (given.is_string())
            return std::string_view(name) == "add"
                       ? session_.find_group(given.get<std::string>())
                       : session_.find(given.get<std::string>());
        const auto wrong = [] {
            return tl::unexpected(FormFault{
                "bad-path", {}, "a path is a linkId or a list of linkIds and indexes"});
        };
        if (!given.is_array() || given.empty() || !given.front().is_string())
            return wrong();
        ItemPath path;
        bool may_be_index = false;
        for (const auto& step : given) {
            if (step.is_string()) {
                path.push_back(step_of(step.get<std::string>()));
                may_be_index = true;
            } else if (may_be_index && step.is_number_unsigned() &&
                       step.get<std::uint64_t>() < 1'000'000) {
                path.back().index = step.get<int>();
                may_be_index = false;
            } else {
                return wrong();
            }
        }
        return path;
    }

    /// "meds#2" is the second of siblings that share a linkId, unless an item is called
    /// just that.
    PathStep step_of(const std::string& text) {
        if (known_.empty())
            for (const ItemState& item : session_.items())
                known_.insert(item.path.back().link_id);
        const std::size_t hash = text.rfind('#');
        if (known_.contains(text) || hash == std::string::npos) return {text, 0, 1};
        int nth = 0;
        const char* end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data() + hash + 1, end, nth);
        if (error != std::errc() || stop != end || nth < 1) return {text, 0, 1};
        return {text.substr(0, hash), 0, nth};
    }

    std::string refusal(const std::string& id, const FormFault& fault) {
        Line error;
        error.text("code", fault.code);
        error.raw("path", path_json(fault.path, repeats_of(fault.path)));
        error.text("message", fault.message);
        Line line;
        line.flag("ok", false);
        if (!id.empty()) line.raw("id", id);
        return line.raw("error", error.done()).done();
    }

    std::string finish(const std::string& id) {
        const auto done = session_.finish();
        if (!done) {
            if (done.error().code == "finished") return refusal(id, done.error());
            Line error;
            error.text("code", done.error().code);
            error.raw("path",
                      path_json(done.error().path, repeats_of(done.error().path)));
            error.text("message", done.error().message);
            Line line;
            line.flag("ok", false);
            if (!id.empty()) line.raw("id", id);
            line.raw("error", error.done());
            line.raw("issues", list(session_.issues(), [&](const FormIssue& issue) {
                         return issue_json(issue);
                     }));
            put_state(line);
            return line.done();
        }
        Line line;
        line.flag("ok", true);
        if (!id.empty()) line.raw("id", id);
        put_state(line);
        line.raw("response", done->response);
        line.raw("observations",
                 list(done->observations, [](const std::string& one) { return one; }));
        line.raw("safety", list(done->safety, [&](const SafetyAnswer& one) {
                     return safety_json(one);
                 }));
        return line.done();
    }

    std::string state(const std::string& id, const std::string& path = {}) {
        Line line;
        line.flag("ok", true);
        if (!id.empty()) line.raw("id", id);
        if (!path.empty()) line.raw("path", path);
        put_state(line);
        const auto events = session_.take_safety();
        if (!events.empty())
            line.raw("safetyEvents", list(events, [&](const SafetyAnswer& one) {
                         return safety_json(one);
                     }));
        return line.done();
    }

    void put_state(Line& line) {
        const auto items = session_.items();
        std::string all = "[";
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0) all += ',';
            all += item_json(items, i);
        }
        line.raw("items", all + ']');
        std::vector<FormIssue> general;
        for (const FormIssue& issue : session_.issues())
            if (issue.path.empty()) general.push_back(issue);
        if (!general.empty())
            line.raw("formIssues", list(general, [&](const FormIssue& issue) {
                         return issue_json(issue);
                     }));
        line.raw("scores", list(session_.scores(), [](const ScoreState& score) {
                     Line one;
                     one.text("code", score.code);
                     one.raw("value", score.value.value_or("null"));
                     one.number("answered", score.answered);
                     one.number("of", score.of);
                     one.flag("complete", score.complete);
                     one.raw("band", score.band ? in_quotes(*score.band) : "null");
                     return one.done();
                 }));
        line.text("status", session_.finished() ? "completed" : "in-progress");
    }

    static std::vector<bool> repeats_at(const std::vector<ItemState>& items,
                                        std::size_t index) {
        std::vector<bool> repeats;
        for (int at = static_cast<int>(index); at >= 0;
             at = items[static_cast<std::size_t>(at)].parent) {
            const ItemState& item = items[static_cast<std::size_t>(at)];
            const bool group = item.type == ItemType::group;
            const bool last = repeats.empty();
            repeats.push_back(item.repeats && (group || !last));
        }
        std::reverse(repeats.begin(), repeats.end());
        return repeats;
    }
    std::vector<bool> repeats_of(const ItemPath& path) const {
        const FormModel& form = session_.form().model();
        std::vector<bool> repeats;
        const std::vector<int>* level = &form.roots;
        for (const PathStep& step : path) {
            const auto found = std::ranges::find_if(*level, [&](int index) {
                const FormItem& item = form.items[static_cast<std::size_t>(index)];
                return item.link_id == step.link_id && item.nth == step.nth;
            });
            if (found == level->end()) break;
            const FormItem& item = form.items[static_cast<std::size_t>(*found)];
            const bool last = repeats.size() + 1 == path.size();
            repeats.push_back(item.repeats && (item.is_group() || !last));
            level = &item.children;
        }
        return repeats;
    }

    std::string issue_json(const FormIssue& issue) const {
        Line line;
        line.text("severity", name(issue.severity));
        line.text("code", issue.code);
        line.raw("path", path_json(issue.path, repeats_of(issue.path)));
        return line.text("message", issue.message).done();
    }

    std::string safety_json(const SafetyAnswer& one) const {
        constexpr std::array what = {"given", "changed", "declined", "abandoned"};
        Line line;
        line.text("rule", one.rule);
        line.raw("path", path_json(one.path, repeats_of(one.path)));
        line.text("level", one.level);
        line.text("what", what[static_cast<std::size_t>(one.what)]);
        line.raw("answer", one.answer.empty() ? "null" : one.answer);
        return line.done();
    }

    std::string item_json(const std::vector<ItemState>& items, std::size_t index) {
        const ItemState& item = items[index];
        Line line;
        line.text("linkId", item.path.back().link_id);
        const std::string path = path_json(item.path, repeats_at(items, index));
        line.raw("path", path);
        line.text("type", name(item.type));
        line.text("text", item.text);
        if (!item.rich.empty()) line.text("rich", item.rich);
        line.text("prefix", item.prefix);
        line.flag("enabled", item.enabled);
        line.flag("hidden", item.hidden);
        line.flag("required", item.required);
        line.flag("readOnly", item.read_only);
        line.flag("userEdited", item.user_edited);
        line.flag("declined", item.declined);
        line.raw("values",
                 list(item.answers, [](const AnswerState& one) { return one.json; }));
        line.raw("options", list(item.options, [](const OptionState& one) {
                     if (one.extensions.empty()) return one.json;
                     return R"({"extension":)" + one.extensions + "," +
                            one.json.substr(1);
                 }));
        line.raw("issues", list(item.issues, [&](const FormIssue& issue) {
                     Line one;
                     one.text("severity", name(issue.severity));
                     one.text("code", issue.code);
                     one.raw("path", path);
                     return one.text("message", issue.message).done();
                 }));
        return line.done();
    }

    FormSession session_;
    std::istream& in_;
    std::ostream& out_;
    std::set<std::string> known_;
};

Result<FormSession> start(const FormSessionOptions& options, const Scores& scores,
                          std::chrono::minutes offset) {
    const auto form = TRY(read_form_file(options.form));
    FormSession::Options how;
    how.language = options.language;
    how.now = options.now;
    how.words = options.words;
    how.offset_from_utc = offset;
    if (!options.subject.empty()) how.subject = TRY(read_file(options.subject));
    if (!options.bundle.empty()) how.bundle = TRY(read_file(options.bundle));
    if (!options.response.empty()) how.response = TRY(read_file(options.response));
    for (const std::string& context : options.contexts) {
        const std::size_t equals = context.find('=');
        how.contexts[context.substr(0, equals)] =
            TRY(read_file(context.substr(equals + 1)));
    }
    return FormSession::start(form, &scores, std::move(how));
}

/// The offset that the zone has at `now`.
Result<std::chrono::minutes> offset_in(const std::string& zone, Instant now) {
    if (zone.empty() || zone == "UTC" || zone == "Z") return std::chrono::minutes(0);
    const SiteTime time = TRY(SiteTime::in_zone(zone));
    const LocalTime local = time.local(now);
    const auto as_if_utc =
        std::chrono::sys_days(local.day).time_since_epoch() + local.minutes;
    return std::chrono::floor<std::chrono::minutes>(
        as_if_utc - std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()));
}

}  // namespace

int form_session_command(const FormSessionOptions& options, std::istream& in,
                         std::ostream& out, std::ostream& err) {
    for (const std::string& context : options.contexts)
        if (context.find('=') == std::string::npos) {
            err << "foyer: --context is name=FILE\n";
            return 2;
        }
    const auto offset = offset_in(options.time_zone, options.now);
    if (!offset) {
        err << "foyer: " << offset.error().what << '\n';
        return 2;
    }
    const auto text = read_file(options.scores);
    const auto scores =
        text ? Scores::read(*text) : Result<Scores>(tl::unexpected(text.error()));
    if (!scores) {
        err << "foyer: " << scores.error().what << '\n';
        return 1;
    }
    auto session = start(options, *scores, *offset);
    if (!session) {
        err << "foyer: " << session.error().what << '\n';
        return 1;
    }
    Session(std::move(*session), in, out).run();
    return 0;
}

}  // namespace foyer
