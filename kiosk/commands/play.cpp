#include "kiosk/commands/play.h"

#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "kiosk/play/runner.h"
#include "kiosk/play/story.h"

namespace foyer {

namespace {

namespace fs = std::filesystem;

enum ExitCode { all_well = 0, not_done = 1, unreadable = 2, failed = 3 };

/// A folder of our own under $TMPDIR, for one run; goes with it unless kept.
class WorkFolder {
public:
    explicit WorkFolder(bool keep) : keep_(keep) {
        std::error_code none;
        auto name = (fs::temp_directory_path(none) / "foyer-play-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~WorkFolder() {
        std::error_code none;
        if (keep_ || path_.empty()) return;
        fs::remove_all(path_ / "data", none);
        fs::remove(path_, none);  // a failure's picture stays, and this folder with it
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
    bool keep_;
};

Result<Story> read_story(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(Error::Code::not_found, path.string() + ": there is no such story");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return parse_story(text, path);
}

/// Plays one; tells what went wrong, or that all went well.
bool play_one(const Story& story, const PlayOptions& options, const fs::path& program,
              const fs::path& folder) {
    const auto pictures = options.shots.empty() ? folder : options.shots;
    const PlaySetting setting{.program = program,
                              .folder = folder / "data" / story.name,
                              .shots = options.shots,
                              .failure = pictures / ("failed-" + story.name + ".png")};
    const auto begun = std::chrono::steady_clock::now();
    std::ostringstream told;
    const bool well = play_story(story, setting, told);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << (well ? "well    " : "FAILED  ") << story.name << " (" << std::fixed;
    std::cout.precision(1);
    std::cout << took.count() << " s)\n" << told.str() << std::flush;
    return well;
}

}  // namespace

int play(const PlayOptions& options) {
    std::error_code none;
    auto program = options.program;
    if (program.empty()) program = fs::read_symlink("/proc/self/exe", none);
    const auto complain = [](const std::string& why) {
        std::cerr << "foyer: " << why << '\n';
    };
    if (!options.shots.empty()) {
        std::error_code wrong;
        fs::create_directories(options.shots, wrong);
        if (wrong) {
            complain(options.shots.string() + ": cannot be made");
            return not_done;
        }
    }
    const WorkFolder folder(options.keep);
    if (folder.path().empty()) {
        complain("no temporary folder can be made");
        return not_done;
    }
    // All are read before the first is played: a slip of the pen is told at once.
    std::vector<Story> stories;
    for (const auto& path : options.stories) {
        auto story = read_story(path);
        if (!story) {
            complain(story.error().what);
            return unreadable;
        }
        stories.push_back(std::move(*story));
    }
    std::size_t well = 0;
    for (const auto& story : stories)
        well += play_one(story, options, program, folder.path()) ? 1U : 0U;
    if (stories.size() > 1)
        std::cout << well << " of " << stories.size() << " stories went well\n";
    if (options.keep) std::cout << "kept: " << folder.path().string() << '\n';
    return well == stories.size() ? all_well : failed;
}

}  // namespace foyer
