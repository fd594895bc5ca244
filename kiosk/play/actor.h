#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/play/child.h"
#include "kiosk/play/on_screen.h"
#include "kiosk/play/story.h"
#include "platform/result.h"

namespace foyer {

/// One kiosk of a story: a throw-away data directory, a site file of its own, and the
/// process that runs on them.
class Actor {
public:
    struct Setting {
        std::filesystem::path program;  ///< foyer itself
        std::filesystem::path folder;   ///< made and owned by the actor
        std::string site;               ///< text of its foyer.toml
        std::string now;                ///< when its day begins
        /// Half the pixels at half the density: the same screen, drawn in a quarter of
        /// the time. Pictures to look at are drawn in full.
        bool small = true;
        std::vector<std::string> environment;  ///< "NAME=value", for its processes
    };
    /// Writes the directories and the site file; starts nothing.
    static Result<Actor> create(Setting setting);

    /// Runs another subcommand on this actor's records.
    Result<Ended> command(const std::vector<std::string>& words) const;
    /// A second kiosk of the same clinic has the same site key.
    Result<void> share_site_key_of(const Actor& first);

    Result<void> start();
    /// SIGKILL; the records stay as they are.
    void kill();
    bool runs() const { return child_.has_value(); }
    /// Ends it as its owner would. Fails with `refused` when it ends with a complaint.
    Result<void> end();

    /// One command of kiosk/control.h, as a JSON object. Keeps the answer. Fails with
    /// `offline` when the process has gone, `refused` when the kiosk says no.
    Result<void> ask(const std::string& command);
    const OnScreen& shown() const { return shown_; }

    std::filesystem::path data() const { return setting_.folder / "data"; }
    /// What its processes complained of.
    std::string complaints() const;

private:
    explicit Actor(Setting setting) : setting_(std::move(setting)) {}
    std::vector<std::string> arguments() const;
    std::filesystem::path errors() const { return setting_.folder / "errors.txt"; }

    Setting setting_;
    std::optional<Child> child_;
    OnScreen shown_;
};

}  // namespace foyer
