#include "kiosk/play/actor.h"

#include <fstream>
#include <iterator>

namespace foyer {

namespace fs = std::filesystem;

Result<Actor> Actor::create(Setting setting) {
    std::error_code failed;
    fs::create_directories(setting.folder / "data", failed);
    std::ofstream file(setting.folder / "foyer.toml", std::ios::binary);
    file << setting.site;
    file.close();
    if (failed || !file)
        return fail(Error::Code::read_only,
                    setting.folder.string() + ": cannot be written");
    return Actor(std::move(setting));
}

std::vector<std::string> Actor::arguments() const {
    // Time goes on over a restart.
    const auto& now = shown_.now.empty() ? setting_.now : shown_.now;
    return {setting_.program.string(),
            "--data",
            data().string(),
            "--config",
            (setting_.folder / "foyer.toml").string(),
            "--now",
            now,
            "--log-level",
            "warning"};
}

Result<Ended> Actor::command(const std::vector<std::string>& words) const {
    auto all = arguments();
    all.insert(all.end(), words.begin(), words.end());
    return run_program(all, setting_.environment, errors());
}

Result<void> Actor::share_site_key_of(const Actor& first) {
    std::error_code failed;
    fs::create_directories(data() / "keys", failed);
    fs::permissions(data() / "keys", fs::perms(0700), failed);
    fs::copy_file(first.data() / "keys/site.key", data() / "keys/site.key", failed);
    if (failed) return fail(Error::Code::not_found, "there is no site key to share");
    return {};
}

Result<void> Actor::start() {
    auto all = arguments();
    const auto add = [&](std::initializer_list<std::string> more) {
        all.insert(all.end(), more);
    };
    add({"kiosk", "--control-fd", std::to_string(Child::socket_number)});
    if (setting_.small)
        add({"--panel-width", "540", "--panel-height", "960", "--ppi", "51.23"});
    child_.reset();
    child_.emplace(TRY(Child::start(all, setting_.environment, errors())));
    return ask(R"({"do":"look"})");
}

void Actor::kill() {
    child_.reset();
}

Result<void> Actor::end() {
    if (!child_) return {};
    const int code = child_->wait_for_end();
    child_.reset();
    if (code == 0) return {};
    return fail(Error::Code::refused,
                "the kiosk ended with exit code " + std::to_string(code));
}

Result<void> Actor::ask(const std::string& command) {
    if (!child_) return fail(Error::Code::offline, "the kiosk does not run");
    const auto line = TRY(child_->ask(command));
    auto answer = TRY(read_answer(line));
    if (!answer.ok) return fail(Error::Code::refused, answer.error);
    shown_ = std::move(answer);
    return {};
}

std::string Actor::complaints() const {
    std::ifstream file(errors(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace foyer
