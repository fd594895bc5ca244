#include "kiosk/play/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace foyer {

namespace {

/// No step of a story takes longer, not even with sanitizers on a busy machine.
constexpr int patience_ms = 60'000;

/// The arguments or the environment as exec wants them; points into `texts`.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

/// Our environment with some of it written over.
std::vector<std::string> environment_with(const std::vector<std::string>& more) {
    std::vector<std::string> all = more;
    for (char** one = environ; *one != nullptr; ++one) {
        const std::string text = *one;
        const auto name = text.substr(0, text.find('=') + 1);
        bool ours = false;
        for (const auto& given : more) ours = ours || given.starts_with(name);
        if (!ours) all.push_back(text);
    }
    return all;
}

Result<pid_t> spawn(std::vector<std::string> arguments,
                    const std::vector<std::string>& environment,
                    const std::filesystem::path& errors, int from, int to) {
    auto everything = environment_with(environment);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, from, to);
    pid_t pid = -1;
    const auto argv = pointers(arguments);
    const auto envp = pointers(everything);
    const int failed =
        posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return fail(Error::Code::refused, arguments[0] + " cannot be started");
    return pid;
}

int ended(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Result<Ended> run_program(const std::vector<std::string>& arguments,
                          const std::vector<std::string>& environment,
                          const std::filesystem::path& errors) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(Error::Code::refused, "there is no pipe");
    const auto pid = spawn(arguments, environment, errors, ends[1], STDOUT_FILENO);
    ::close(ends[1]);
    Ended done;
    char buffer[4096];
    while (pid) {
        const auto n = ::read(ends[0], buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        done.out.append(buffer, std::size_t(n));
    }
    ::close(ends[0]);
    if (!pid) return tl::unexpected(pid.error());
    done.exit_code = ended(*pid);
    if (done.exit_code < 0 || done.exit_code > 127)
        return fail(Error::Code::refused, arguments[0] + " was killed");
    return done;
}

Result<Child> Child::start(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment,
                           const std::filesystem::path& errors) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail(Error::Code::refused, "there is no socket");
    const auto pid = spawn(arguments, environment, errors, ends[1], socket_number);
    ::close(ends[1]);
    if (!pid) {
        ::close(ends[0]);
        return tl::unexpected(pid.error());
    }
    return Child(*pid, ends[0]);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      socket_(std::exchange(other.socket_, -1)),
      pending_(std::move(other.pending_)) {}

Child::~Child() {
    kill();
}

Result<std::string> Child::ask(const std::string& line) {
    const auto gone = [] { return fail(Error::Code::offline, "the kiosk has gone"); };
    const auto text = line + "\n";
    for (std::size_t sent = 0; sent < text.size();) {
        const auto n =
            ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return gone();
        sent += std::size_t(n);
    }
    char buffer[16384];
    while (true) {
        if (const auto end = pending_.find('\n'); end != std::string::npos) {
            auto answer = pending_.substr(0, end);
            pending_.erase(0, end + 1);
            return answer;
        }
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) == 0)
            return fail(Error::Code::busy, "the kiosk does not answer");
        const auto n = ::read(socket_, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return gone();
        pending_.append(buffer, std::size_t(n));
    }
}

void Child::kill() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
    wait_for_end();
}

int Child::wait_for_end() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    if (pid_ <= 0) return 0;
    return ended(std::exchange(pid_, -1));
}

}  // namespace foyer
