#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "platform/result.h"

namespace foyer {

/// What a command printed and how it ended.
struct Ended {
    int exit_code = 0;
    std::string out;
};

/// Runs a program to its end. `arguments` begin with its path; `environment` is added
/// to our own ("NAME=value"). What it writes to stderr goes to the file `errors`. Fails
/// with `refused` when it cannot be started or is killed by a signal.
Result<Ended> run_program(const std::vector<std::string>& arguments,
                          const std::vector<std::string>& environment,
                          const std::filesystem::path& errors);

/// A process that talks with us in lines over a socket; it finds its end at
/// `Child::socket_number`. Ended, if need be by SIGKILL, with this object.
class Child {
public:
    static constexpr int socket_number = 3;

    static Result<Child> start(const std::vector<std::string>& arguments,
                               const std::vector<std::string>& environment,
                               const std::filesystem::path& errors);
    Child(Child&& other) noexcept;
    Child& operator=(Child&&) = delete;
    ~Child();

    /// Sends a line and answers the next line of the child. Fails with `offline` when
    /// the child has gone, `busy` when it says nothing for a minute.
    Result<std::string> ask(const std::string& line);

    /// SIGKILL, now.
    void kill();
    /// Closes the socket and waits for the end. Answers the exit code; 128 + the
    /// signal's number if one ended it.
    int wait_for_end();

private:
    Child(pid_t pid, int socket) : pid_(pid), socket_(socket) {}
    pid_t pid_;
    int socket_;
    std::string pending_;
};

}  // namespace foyer
