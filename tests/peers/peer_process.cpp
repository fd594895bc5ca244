#include "tests/peers/peer_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace foyer {

PeerProcess::PeerProcess(const std::string& script,
                         const std::vector<std::string>& arguments) {
    const std::string path = FOYER_SOURCE_DIR "/tests/peers/" + script;
    std::vector<std::string> words = {path};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    int out[2];
    const int piped = pipe(out);
    assert(piped == 0);
    process_ = fork();
    assert(process_ >= 0);
    if (process_ == 0) {
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execv(path.c_str(), argv.data());
        _exit(127);
    }
    close(out[1]);
    std::FILE* lines = fdopen(out[0], "r");
    char line[300];
    if (lines && std::fgets(line, sizeof line, lines)) {
        const std::string text(line);
        if (text.starts_with("ready "))
            address_ = text.substr(6, text.find_last_not_of("\r\n") - 5);
    }
    if (lines) std::fclose(lines);
    if (!address_.empty()) return;
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    constexpr int skipped = 77;
    missing_ = WIFEXITED(status) && WEXITSTATUS(status) == skipped;
}

PeerProcess::~PeerProcess() {
    if (process_ < 0) return;
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
}

}  // namespace foyer
