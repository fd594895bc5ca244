#include "kiosk/play/runner.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "kiosk/commands/demo.h"
#include "kiosk/play/actor.h"
#include "kiosk/play/clinic_hand.h"
#include "kiosk/play/form_filler.h"

namespace foyer {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using namespace story;

tl::unexpected<Error> wrong(std::string why) {
    return fail(Error::Code::refused, std::move(why));
}

std::string hex(std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string made;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        made += digits[byte >> 4];
        made += digits[byte & 15];
    }
    return made;
}

/// ASCII as UTF-8, UTF-16 or UTF-32, little-endian.
std::string widened(std::string_view text, std::size_t width) {
    std::string made;
    for (const char c : text) made += std::string(1, c) + std::string(width - 1, '\0');
    return made;
}

/// A token somebody changed one letter of, in the part that says which visit.
std::string tampered(std::string token) {
    const auto at = token.size() / 4;
    token[at] = token[at] == 'A' ? 'B' : 'A';
    return token;
}

Result<std::string> whole_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return wrong(path.string() + ": cannot be read");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Sanitizers keep freed memory for a while and fill only its beginning; where a story
/// asks what is left of a patient, they do as the shipped program's malloc does.
constexpr const char* forgetful =
    "free_fill_byte=90:max_free_fill_size=2147483647:quarantine_size_mb=0:"
    "thread_local_quarantine_size_kb=0";

bool asks_for_memory(const Story& story) {
    return std::ranges::any_of(story.steps, [](const auto& step) {
        return std::holds_alternative<InMemory>(step.deed);
    });
}

class Player {
public:
    Player(const Story& story, const PlaySetting& setting)
        : story_(story), setting_(setting) {}

    /// Plays it all. Fails at the first step that does; see step().
    Result<void> play() {
        for (const auto& step : story_.steps) {
            step_ = &step;
            actor_ = TRY(actor(step.actor));
            auto done =
                std::visit([&](const auto& deed) { return play(deed); }, step.deed);
            if (!done && armed_ == actor_ &&
                done.error().code == Error::Code::offline) {
                armed_ = nullptr;
                actor_->kill();
                done = actor_->start();
            }
            if (!done) return done;
        }
        if (armed_ != nullptr) return wrong("the crash it was armed for never came");
        step_ = nullptr;
        for (auto& [name, one] : actors_) {
            actor_ = &one;
            TRY(one.end());
        }
        return {};
    }

    /// What was being played; null before the first step and after the last.
    const StoryStep* step() const { return step_; }
    Actor* actor() { return actor_; }

private:
    // --- who plays -------------------------------------------------------------------

    Result<Actor*> actor(const std::string& name) {
        if (const auto there = actors_.find(name); there != actors_.end())
            return &there->second;
        const auto site = TRY(site_file(name));
        auto made = TRY(Actor::create({.program = setting_.program,
                                       .folder = setting_.folder / name,
                                       .site = site,
                                       .now = story_.now,
                                       .small = setting_.shots.empty(),
                                       .environment = environment()}));
        auto& actor = actors_.emplace(name, std::move(made)).first->second;
        actor_ = &actor;
        if (name != "kiosk") {
            const auto* first = TRY(this->actor("kiosk"));
            TRY(actor.share_site_key_of(*first));
        }
        actor_ = &actor;
        if (!std::ranges::count(story_.without_clinic, name)) {
            if (story_.file.empty())
                TRY(take_in({"demo"}));
            else
                TRY(take_in({"import", beside_the_story(story_.file).string()}));
        }
        TRY(actor.start());
        return &actor;
    }

    Result<std::string> site_file(const std::string& name) const {
        auto text = TRY(whole_file(demo_site_file()));
        // A story is about forms when it says so.
        text = override_value(text, "forms.due", "[]");
        if (name == "kiosk2") text = override_value(text, "device.index", "1");
        for (const auto& [key, value] : story_.config)
            text = override_value(text, key, value);
        return text;
    }

    std::vector<std::string> environment() const {
        if (!asks_for_memory(story_)) return {};
        const char* given = std::getenv("ASAN_OPTIONS");
        return {std::string("ASAN_OPTIONS=") + (given ? given : "") + ":" + forgetful};
    }

    fs::path beside_the_story(const std::string& file) const {
        // "$FOYER_SHARED/fhir/a.json" lies wherever the environment says.
        if (file.starts_with('$')) {
            const auto end = std::min(file.find('/'), file.size());
            const char* folder = std::getenv(file.substr(1, end - 1).c_str());
            return fs::path((folder ? folder : "") + file.substr(end));
        }
        return story_.folder / file;
    }

    /// Refused resources are a matter of the file; that it was read is ours.
    Result<void> take_in(const std::vector<std::string>& command) {
        const auto done = TRY(actor_->command(command));
        if (done.exit_code == 0 || (done.exit_code == 3 && command[0] == "import"))
            return {};
        return wrong(command[0] + " ended with exit code " +
                     std::to_string(done.exit_code) + "\n" + done.out);
    }

    Result<void> ask(const Json& command) { return actor_->ask(command.dump()); }
    const OnScreen& shown() const { return actor_->shown(); }
    Result<std::string> recalled(const std::string& text) const {
        return recall(text, remembered_);
    }

    // --- what a patient does ---------------------------------------------------------

    Result<void> play(const Scan& scan) {
        return ask({{"do", "scan"}, {"text", TRY(recalled(scan.text))}});
    }

    Result<std::string> token(const std::string& appointment,
                              const std::string& patient) {
        TRY(ask({{"do", "token"}, {"appointment", appointment}, {"patient", patient}}));
        return shown().token;
    }

    Result<void> play(const ScanSlip& scan) {
        auto text = TRY(token(scan.appointment, scan.patient));
        if (scan.fault == SlipFault::half) text.resize(text.size() / 2);
        if (scan.fault == SlipFault::tampered) text = tampered(text);
        return ask({{"do", "scan"}, {"text", text}});
    }

    Result<void> play(const KeepSlip& keep) {
        remembered_[keep.name] = TRY(token(keep.appointment, keep.patient));
        return {};
    }

    Result<void> press(const std::string& key, bool to_hold) {
        const auto spot = TRY(finger_spot(shown(), key, to_hold));
        return ask({{"do", to_hold ? "hold" : "tap"}, {"x", spot.x}, {"y", spot.y}});
    }
    Result<void> play(const Tap& tap) { return press(tap.key, false); }
    Result<void> play(const Hold& hold) { return press(hold.key, true); }

    Result<void> play(const Type& type) {
        const bool field = std::ranges::any_of(
            shown().nodes, [](const auto& node) { return node.edit && node.focused; });
        if (!field) return wrong("no field has the caret");
        return ask({{"do", "type"}, {"text", TRY(recalled(type.text))}});
    }
    Result<void> play(const Press& press) {
        return ask({{"do", "key"}, {"name", press.key}});
    }

    Result<void> play(const FillForm& fill) {
        return fill_form(*actor_, {fill.option, fill.on_screen_keyboard});
    }

    Result<void> play(const story::FinishForm&) { return finish_form(*actor_); }

    // --- what is seen ----------------------------------------------------------------

    Result<void> play(const See& see) {
        const auto what = TRY(recalled(see.what));
        const auto is = TRY(recalled(see.is));
        const bool seen = is.empty() ? shown().says(what) : TRY(stands(what, is));
        if (seen == see.wanted) return {};
        return wrong("\"" + what + (is.empty() ? "" : " is " + is) +
                     (see.wanted ? "\" is not on the screen" : "\" is on the screen"));
    }

    Result<bool> stands(const std::string& key, const std::string& is) const {
        const auto* node = shown().find(key);
        if (node == nullptr) return wrong(key + " is not on the screen");
        if (is == "disabled")
            return node->disabled || !(node->tap || node->edit || node->hold);
        if (is == "on" || is == "off") return node->checked == (is == "on");
        return node->label.find(is) != std::string::npos;
    }

    Result<void> play(const SeeScreen& see) {
        if ((shown().screen == see.name) == see.wanted) return {};
        return wrong("the screen is " + shown().screen);
    }

    Result<void> play(const Remember& remember) {
        if (remember.key == "said") {
            remembered_[remember.name] = said_.substr(0, said_.find('\n'));
            return {};
        }
        const auto& nodes = shown().nodes;
        auto node = std::ranges::find(nodes, remember.key, &SeenNode::key);
        if (node != nodes.end() && remember.after) ++node;
        if (node == nodes.end()) return wrong(remember.key + " is not on the screen");
        if (node->label.empty()) return wrong(remember.key + " says nothing");
        remembered_[remember.name] = node->label;
        return {};
    }

    Result<void> play(const Shot& shot) {
        if (setting_.shots.empty()) return {};
        const auto file = setting_.shots / (story_.name + "-" + shot.name + ".png");
        return ask({{"do", "shot"}, {"path", file.string()}});
    }

    Result<void> play(const Printed& printed) {
        if (shown().printed == printed.slips) return {};
        return wrong(std::to_string(shown().printed) + " slips were printed");
    }

    // --- the world -------------------------------------------------------------------

    Result<void> play(const Wait& wait) {
        return ask({{"do", "wait"}, {"ms", wait.time.count()}});
    }
    Result<void> play(const SetClock& clock) {
        return ask({{"do", "clock"}, {"set", clock.to}});
    }
    Result<void> play(const Network& network) {
        return ask(
            {{"do", "network"}, {"state", network.online ? "online" : "offline"}});
    }
    Result<void> play(const Internet& internet) {
        return ask({{"do", "internet"}, {"state", internet.up ? "up" : "down"}});
    }
    Result<void> play(const Sync&) { return ask({{"do", "sync"}}); }
    Result<void> play(const ClinicSets& sets) {
        ClinicHand hand(story_);
        return hand.set(sets.type, sets.id, sets.member, sets.value);
    }
    Result<void> play(const ClinicAnswers& answer) {
        return ask({{"do", "class"},
                    {"schedule", answer.schedule},
                    {"state", answer.state},
                    {"place", answer.place},
                    {"by", answer.by}});
    }
    Result<void> play(const ClinicLends& lends) {
        return ask({{"do", "lease"}, {"schedule", lends.schedule}});
    }
    Result<void> play(const ServerHas& has) {
        ClinicHand hand(story_);
        const auto count = TRY(hand.count(has.query));
        if (count == has.count) return {};
        return wrong("the server has " + std::to_string(count));
    }
    Result<void> play(const PrinterState& printer) {
        return ask({{"do", "device"}, {"name", "printer"}, {"state", printer.state}});
    }
    Result<void> play(const Disk& disk) {
        return ask({{"do", "disk"}, {"state", disk.full ? "full" : "free"}});
    }

    Result<void> play(const Crash&) {
        actor_->kill();
        return actor_->start();
    }
    Result<void> play(const CrashAfter& crash) {
        TRY(ask({{"do", "crash_after"}, {"effect", crash.effect}}));
        armed_ = actor_;
        return {};
    }

    // --- the records -----------------------------------------------------------------

    Result<void> play(const StatusCount& count) {
        const auto status = TRY(actor_->command({"--json", "status"}));
        const auto json = Json::parse(status.out, nullptr, false);
        if (status.exit_code != 0 || !json.is_object() || !json.contains(count.of))
            return wrong("foyer status does not tell");
        const auto is = json.at(count.of).get<int>();
        if (is == count.is) return {};
        return wrong(count.of + " is " + std::to_string(is));
    }

    Result<void> play(const Command& command) {
        std::istringstream typed(TRY(recalled(command.words)));
        std::vector<std::string> words;
        for (std::string word; typed >> word;) words.push_back(word);
        const auto ended = TRY(actor_->command(words));
        said_ = ended.out;
        if ((ended.exit_code == 0) == command.works) return {};
        return wrong("it ended with exit code " + std::to_string(ended.exit_code) +
                     "\n" + ended.out);
    }
    Result<void> play(const Said& said) {
        const auto what = TRY(recalled(said.what));
        if ((said_.find(what) != std::string::npos) == said.wanted) return {};
        return wrong(said_.empty() ? "nothing was said" : "said was: " + said_);
    }

    Result<void> play(const AuditLogOk&) {
        const auto verdict = TRY(actor_->command({"audit-log", "verify"}));
        if (verdict.exit_code == 0) return {};
        return wrong(verdict.out);
    }

    Result<void> play(const RosterSays& says) {
        const auto roster = TRY(actor_->command({"roster", says.appointment}));
        if (roster.exit_code == 0 && roster.out.find(says.text) != std::string::npos)
            return {};
        return wrong("the roster says\n" + roster.out);
    }

    Result<void> play(const InMemory& search) {
        const auto text = TRY(recalled(search.text));
        std::int64_t found = 0;
        // As it is stored and shown, and as ICU and Pango hold it meanwhile.
        for (const std::size_t width : {1, 2, 4}) {
            TRY(ask({{"do", "find"}, {"hex", hex(widened(text, width))}}));
            found += shown().found;
        }
        if ((found > 0) == search.wanted) return {};
        if (search.wanted) return wrong("it stands nowhere in the kiosk's memory");
        return wrong("it stands " + std::to_string(found) +
                     " times in the kiosk's memory");
    }

    Result<void> play(const Import& import) {
        return take_in({"import", beside_the_story(import.file).string()});
    }

    /// The process is ended and started again around a breakage: what it holds open
    /// would not notice.
    Result<void> play(const Break& damage) {
        if (broken_) return wrong("something is broken already");
        TRY(actor_->end());
        const auto data = actor_->data();
        const auto whole = data.parent_path() / "whole";
        std::error_code failed;
        fs::copy(data, whole, fs::copy_options::recursive, failed);
        if (damage.what == "key") {
            fs::resize_file(data / "keys/device.key", 0, failed);
            std::ofstream(data / "keys/device.key") << std::string(64, '5');
        } else if (damage.what == "database") {
            fs::remove(data / "foyer.db-wal", failed);
            fs::resize_file(data / "foyer.db", fs::file_size(data / "foyer.db") / 2,
                            failed);
        } else {
            fs::remove_all(data, failed);
            std::ofstream(data) << "not a directory\n";
        }
        if (failed) return wrong("it could not be broken");
        broken_ = true;
        return actor_->start();
    }

    /// While the kiosk runs: it is to find out by itself.
    Result<void> play(const Mend&) {
        if (!std::exchange(broken_, false)) return wrong("nothing is broken");
        const auto data = actor_->data();
        std::error_code failed;
        fs::remove_all(data, failed);
        fs::rename(data.parent_path() / "whole", data, failed);
        if (failed) return wrong("it could not be mended");
        return {};
    }

    const Story& story_;
    const PlaySetting& setting_;
    std::map<std::string, Actor> actors_;
    std::map<std::string, std::string> remembered_;
    std::string said_;  ///< by the last command
    Actor* actor_ = nullptr;
    Actor* armed_ = nullptr;
    const StoryStep* step_ = nullptr;
    bool broken_ = false;
};

std::string indented(const std::string& text) {
    std::string made = "  ";
    for (const char c : text) {
        made += c;
        if (c == '\n') made += "  ";
    }
    return made;
}

void tell_failure(const Story& story, const PlaySetting& setting, Player& player,
                  const Error& error, std::ostream& out) {
    out << story.name << ".story";
    if (const auto* step = player.step())
        out << ":" << step->line << ": " << step->text << "\n";
    else
        out << ": at its end\n";
    out << indented(error.what) << "\n";
    auto* actor = player.actor();
    if (actor == nullptr) return;
    out << indented("on the screen: " + actor->shown().described()) << "\n";
    if (actor->runs()) {
        const Json shot{{"do", "shot"}, {"path", setting.failure.string()}};
        if (actor->ask(shot.dump()))
            out << "  picture: " << setting.failure.string() << "\n";
    }
    actor->kill();
    if (const auto complaints = actor->complaints(); !complaints.empty())
        out << indented("it complained:\n" + complaints) << "\n";
}

}  // namespace

bool play_story(const Story& story, const PlaySetting& setting, std::ostream& out) {
    Player player(story, setting);
    const auto done = player.play();
    if (!done) tell_failure(story, setting, player, done.error(), out);
    return done.has_value();
}

}  // namespace foyer
