#include "kiosk/play/story.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace foyer {

namespace {

using namespace story;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// The first word, taken off `text`.
std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    const auto word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, failed] =
        std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

/// What a step's parser works on: the line after the verb.
struct Line {
    std::string_view rest;

    std::string word() { return std::string(take_word(rest)); }
    std::string all() { return std::string(std::exchange(rest, {})); }
    bool next_is(std::string_view wanted) {
        auto ahead = rest;
        if (take_word(ahead) != wanted) return false;
        rest = ahead;
        return true;
    }
};

using Parsed = std::optional<Deed>;

struct Verb {
    std::string_view name;
    std::string_view usage;
    Parsed (*parse)(Line&);
};

template <class One>
Parsed of_text(Line& line) {
    if (line.rest.empty()) return {};
    return One{line.all()};
}

template <class One>
Parsed of_word(Line& line) {
    auto word = line.word();
    if (word.empty()) return {};
    return One{std::move(word)};
}

template <class One>
Parsed of_nothing(Line&) {
    return One{};
}

Parsed of_slip(Line& line, SlipFault fault) {
    ScanSlip scan{line.word(), {}, fault};
    if (scan.appointment.empty()) return {};
    if (line.next_is("patient")) scan.patient = line.word();
    return scan;
}

Parsed parse_scan(Line& line) {
    if (line.next_is("slip")) return of_slip(line, SlipFault::none);
    if (line.next_is("half")) {
        if (!line.next_is("slip")) return {};
        return of_slip(line, SlipFault::half);
    }
    if (line.next_is("tampered")) {
        if (!line.next_is("slip")) return {};
        return of_slip(line, SlipFault::tampered);
    }
    return of_text<Scan>(line);
}

Parsed parse_keep(Line& line) {
    if (!line.next_is("slip")) return {};
    KeepSlip keep{line.word(), {}, {}};
    if (line.next_is("patient")) keep.patient = line.word();
    if (keep.appointment.empty() || !line.next_is("as")) return {};
    keep.name = line.word();
    if (keep.name.empty()) return {};
    return keep;
}

Parsed of_see(Line& line, bool wanted) {
    if (line.next_is("screen")) {
        auto screen = line.word();
        if (screen.empty()) return {};
        return SeeScreen{std::move(screen), wanted};
    }
    const auto what = line.all();
    if (what.empty()) return {};
    // "KEY is STATE"; a text may hold " is " too, a key has no blanks.
    const auto is = what.find(" is ");
    if (is != std::string::npos && what.find(' ') == is &&
        what.substr(0, is).find('.') != std::string::npos)
        return See{what.substr(0, is), what.substr(is + 4), wanted};
    return See{what, {}, wanted};
}

Parsed parse_wait(Line& line) {
    const auto text = line.word();
    const auto unit =
        std::ranges::find_if_not(text, [](char c) { return c >= '0' && c <= '9'; });
    const auto count = number(std::string_view(text.begin(), unit));
    const std::string name(unit, text.end());
    if (!count) return {};
    if (name == "ms") return Wait{std::chrono::milliseconds(*count)};
    if (name == "s") return Wait{std::chrono::seconds(*count)};
    if (name == "m") return Wait{std::chrono::minutes(*count)};
    if (name == "h") return Wait{std::chrono::hours(*count)};
    return {};
}

Parsed of_printer(Line& line, const char* state) {
    if (!line.next_is("printer")) return {};
    return PrinterState{state};
}

template <class One>
Parsed of_number(Line& line, One one) {
    const auto count = number(line.word());
    if (!count || *count < 0) return {};
    one.is = *count;
    return one;
}

Parsed parse_fill(Line& line) {
    if (!line.next_is("form")) return of_printer(line, "full");
    FillForm fill;
    if (line.next_is("choosing")) {
        const auto option = number(line.word());
        if (!option || *option < 1) return {};
        fill.option = *option;
    }
    if (line.next_is("by")) {
        if (!line.next_is("keys")) return {};
        fill.on_screen_keyboard = true;
    }
    return fill;
}

Parsed parse_crash(Line& line) {
    if (line.rest.empty()) return Crash{};
    if (!line.next_is("after")) return {};
    return of_word<CrashAfter>(line);
}

Parsed parse_remember(Line& line) {
    Remember remember{line.word(), {}, false};
    if (line.next_is("after"))
        remember.after = true;
    else if (!line.next_is("from"))
        return {};
    remember.key = line.word();
    if (remember.name.empty() || remember.key.empty()) return {};
    return remember;
}

Parsed parse_clinic_sets(Line& line) {
    const auto reference = line.word();
    const auto slash = reference.find('/');
    if (slash == std::string::npos) return {};
    ClinicSets sets{
        reference.substr(0, slash), reference.substr(slash + 1), line.word(), {}};
    sets.value = line.all();
    if (sets.member.empty() || sets.value.empty()) return {};
    return sets;
}

Parsed parse_server_has(Line& line) {
    const auto count = number(line.word());
    if (!count) return {};
    ServerHas has{*count, line.word()};
    if (has.query.empty()) return {};
    return has;
}

Parsed parse_clinic_answers(Line& line) {
    ClinicAnswers answer{line.word(), line.word(), 0, {}};
    if (answer.schedule.empty() || answer.state.empty()) return {};
    while (!line.rest.empty()) {
        if (line.next_is("place")) {
            const auto place = number(line.word());
            if (!place) return {};
            answer.place = *place;
        } else if (line.next_is("by")) {
            answer.by = line.word();
            if (answer.by.empty()) return {};
        } else {
            return {};
        }
    }
    return answer;
}

Parsed parse_break(Line& line) {
    auto what = line.word();
    if (what != "key" && what != "database" && what != "directory") return {};
    return Break{std::move(what)};
}

const std::vector<Verb>& verbs() {
    static const std::vector<Verb> list = {
        {"scan", "scan TEXT, or scan [half|tampered] slip APPOINTMENT [patient ID]",
         parse_scan},
        {"keep", "keep slip APPOINTMENT [patient ID] as NAME", parse_keep},
        {"tap", "tap KEY", of_word<Tap>},
        {"hold", "hold KEY", of_word<Hold>},
        {"type", "type TEXT", of_text<Type>},
        {"key", "key back|del|left|right|home|end|enter|tab", of_word<Press>},
        {"see", "see TEXT, see KEY [is on|off|disabled|TEXT] or see screen NAME",
         [](Line& line) { return of_see(line, true); }},
        {"not-see", "not-see TEXT, not-see KEY or not-see screen NAME",
         [](Line& line) { return of_see(line, false); }},
        {"wait", "wait 500ms, 10s, 2m or 1h", parse_wait},
        {"clock", "clock 2026-11-23T09:00:00-05:00", of_word<SetClock>},
        {"offline", "offline", [](Line&) -> Parsed { return Network{false}; }},
        {"internet", "internet down or internet up",
         [](Line& line) -> Parsed {
             if (line.next_is("down")) return Internet{false};
             if (line.next_is("up")) return Internet{true};
             return {};
         }},
        {"online", "online", [](Line&) -> Parsed { return Network{true}; }},
        {"unplug", "unplug printer",
         [](Line& line) { return of_printer(line, "unplugged"); }},
        {"plug", "plug printer",
         [](Line& line) { return of_printer(line, "plugged"); }},
        {"empty", "empty printer",
         [](Line& line) { return of_printer(line, "empty"); }},
        {"fill", "fill printer, or fill form [choosing NUMBER] [by keys]", parse_fill},
        {"finish", "finish form",
         [](Line& line) -> Parsed {
             if (!line.next_is("form")) return {};
             return FinishForm{};
         }},
        {"sync", "sync", [](Line&) -> Parsed { return Sync{}; }},
        {"clinic-sets", "clinic-sets TYPE/ID MEMBER VALUE", parse_clinic_sets},
        {"clinic-answers",
         "clinic-answers SCHEDULE asked|confirmed|waiting|offered|missed|released|"
         "called-off|refused [place NUMBER] [by TIME]",
         parse_clinic_answers},
        {"clinic-lends", "clinic-lends SCHEDULE", of_word<ClinicLends>},
        {"server-has", "server-has NUMBER SEARCH", parse_server_has},
        {"disk", "disk full or disk free",
         [](Line& line) -> Parsed {
             if (line.next_is("full")) return Disk{true};
             if (line.next_is("free")) return Disk{false};
             return {};
         }},
        {"printed", "printed NUMBER",
         [](Line& line) -> Parsed {
             const auto count = number(line.word());
             if (!count) return {};
             return Printed{*count};
         }},
        {"shot", "shot NAME", of_word<Shot>},
        {"crash", "crash, or crash after EFFECT", parse_crash},
        {"remember", "remember NAME from KEY, or remember NAME after KEY",
         parse_remember},
        {"check-ins", "check-ins NUMBER",
         [](Line& line) { return of_number(line, StatusCount{"check_ins_today"}); }},
        {"drafts", "drafts NUMBER",
         [](Line& line) { return of_number(line, StatusCount{"drafts"}); }},
        {"safety-events", "safety-events NUMBER",
         [](Line& line) { return of_number(line, StatusCount{"safety_events"}); }},
        {"conflicts", "conflicts NUMBER, for staff to decide",
         [](Line& line) { return of_number(line, StatusCount{"open_conflicts"}); }},
        {"refused", "refused NUMBER",
         [](Line& line) { return of_number(line, StatusCount{"parked_units"}); }},
        {"waiting", "waiting NUMBER",
         [](Line& line) { return of_number(line, StatusCount{"waiting_units"}); }},
        {"roster", "roster APPOINTMENT TEXT",
         [](Line& line) -> Parsed {
             auto appointment = line.word();
             if (appointment.empty() || line.rest.empty()) return {};
             return RosterSays{std::move(appointment), line.all()};
         }},
        {"audit-log", "audit-log ok",
         [](Line& line) -> Parsed {
             if (!line.next_is("ok")) return {};
             return AuditLogOk{};
         }},
        {"forgotten", "forgotten TEXT",
         [](Line& line) -> Parsed {
             if (line.rest.empty()) return {};
             return InMemory{line.all(), false};
         }},
        {"not-forgotten", "not-forgotten TEXT",
         [](Line& line) -> Parsed {
             if (line.rest.empty()) return {};
             return InMemory{line.all(), true};
         }},
        {"foyer", "foyer COMMAND WORDS", of_text<Command>},
        {"foyer-fails", "foyer-fails COMMAND WORDS",
         [](Line& line) -> Parsed {
             if (line.rest.empty()) return {};
             return Command{line.all(), false};
         }},
        {"said", "said TEXT", of_text<Said>},
        {"not-said", "not-said TEXT",
         [](Line& line) -> Parsed {
             if (line.rest.empty()) return {};
             return Said{line.all(), false};
         }},
        {"import", "import FILE", of_word<Import>},
        {"break", "break key, break database or break directory", parse_break},
        {"mend", "mend", of_nothing<Mend>},
    };
    return list;
}

/// What can stand in {}: small letters and underscores.
bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
}

class Parser {
public:
    Parser(std::string_view text, const std::filesystem::path& path) : text_(text) {
        story_.name = path.stem().string();
        story_.folder = path.parent_path();
        shown_ = path.filename().string();
    }

    Result<Story> parse() && {
        while (!text_.empty()) {
            const auto end = std::min(text_.find('\n'), text_.size());
            const auto line = trimmed(text_.substr(0, end));
            text_.remove_prefix(std::min(end + 1, text_.size()));
            ++line_;
            if (line.empty() || line.front() == '#') continue;
            TRY(take(line));
        }
        if (story_.steps.empty()) return refuse("a story needs at least one step");
        return std::move(story_);
    }

private:
    tl::unexpected<Error> refuse(const std::string& why) const {
        return fail(Error::Code::bad_input,
                    shown_ + ":" + std::to_string(line_) + ": " + why);
    }

    Result<void> take(std::string_view line) {
        auto rest = line;
        const auto first = take_word(rest);
        if (first.ends_with(':') && first != "kiosk:" && !is_actor(first))
            return take_header(first, rest);
        StoryStep step{line_, "kiosk", std::string(line), {}};
        auto body = line;
        if (is_actor(first)) {
            step.actor = std::string(first.substr(0, first.size() - 1));
            body = rest;
        }
        step.deed = TRY(deed(body));
        story_.steps.push_back(std::move(step));
        return {};
    }

    static bool is_actor(std::string_view word) {
        return word == "kiosk:" || word == "kiosk2:";
    }

    Result<void> take_header(std::string_view name, std::string_view value) {
        if (!story_.steps.empty())
            return refuse(std::string(name) + " belongs before the first step");
        if (value.empty()) return refuse(std::string(name) + " says nothing");
        if (name == "now:") {
            story_.now = value;
        } else if (name == "import:") {
            story_.file = value;
        } else if (name == "clinic:") {
            if (value == "demo") return {};
            const auto actor = take_word(value);
            if ((actor != "kiosk" && actor != "kiosk2") || value != "none")
                return refuse(
                    "write clinic: demo, clinic: kiosk none or clinic: kiosk2 none");
            story_.without_clinic.emplace_back(actor);
        } else if (name == "config:") {
            const auto equals = value.find('=');
            if (equals == std::string_view::npos ||
                value.substr(0, equals).find('.') == std::string_view::npos)
                return refuse("write config: SECTION.KEY = VALUE");
            story_.config.emplace_back(trimmed(value.substr(0, equals)),
                                       trimmed(value.substr(equals + 1)));
        } else {
            return refuse("unknown header \"" + std::string(name) +
                          "\": write now:, import:, clinic: or config:");
        }
        return {};
    }

    Result<Deed> deed(std::string_view body) const {
        const auto name = take_word(body);
        const auto verb = std::ranges::find(verbs(), name, &Verb::name);
        if (verb == verbs().end()) {
            std::string known;
            for (const auto& one : verbs())
                known += (known.empty() ? "" : ", ") + std::string(one.name);
            return refuse("unknown step \"" + std::string(name) + "\": write one of " +
                          known);
        }
        Line line{body};
        auto parsed = verb->parse(line);
        if (!parsed || !line.rest.empty())
            return refuse("write " + std::string(verb->usage));
        return std::move(*parsed);
    }

    std::string_view text_;
    std::string shown_;
    int line_ = 0;
    Story story_;
};

}  // namespace

Result<Story> parse_story(std::string_view text, const std::filesystem::path& path) {
    return Parser(text, path).parse();
}

Result<std::string> recall(const std::string& text,
                           const std::map<std::string, std::string>& remembered) {
    std::string said;
    for (std::size_t i = 0; i < text.size();) {
        const auto end = text[i] == '{' ? text.find('}', i) : std::string::npos;
        if (end == std::string::npos) {
            said += text[i++];
            continue;
        }
        const auto name = text.substr(i + 1, end - i - 1);
        if (!is_name(name)) {
            said += text[i++];
            continue;
        }
        const auto known = remembered.find(name);
        if (known == remembered.end())
            return fail(Error::Code::bad_input, "nothing was remembered as " + name);
        said += known->second;
        i = end + 1;
    }
    return said;
}

std::string override_value(const std::string& toml, const std::string& key,
                           const std::string& value) {
    const auto dot = key.rfind('.');
    const auto section = "[" + key.substr(0, dot) + "]";
    const auto name = key.substr(dot + 1);
    const auto setting = name + " = " + value + "\n";
    std::string made;
    bool inside = false, written = false;
    for (std::size_t i = 0; i < toml.size();) {
        const auto end = std::min(toml.find('\n', i), toml.size() - 1) + 1;
        const auto line = toml.substr(i, end - i);
        i = end;
        const auto text = trimmed(std::string_view(line).substr(0, line.find('\n')));
        if (text.starts_with('[')) inside = text == section;
        auto rest = text;
        const auto first = take_word(rest);
        if (inside && first == name && rest.starts_with('=')) continue;
        made += line;
        if (inside && !written && text == section) {
            if (!made.ends_with('\n')) made += '\n';
            made += setting;
            written = true;
        }
    }
    if (!written) {
        if (!made.empty() && !made.ends_with('\n')) made += '\n';
        made += section + "\n" + setting;
    }
    return made;
}

}  // namespace foyer
