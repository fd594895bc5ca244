#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace foyer {

/// One of the servers beside this file, started by its start.sh and ended with this
/// object. Make it in a thread that stays: the server ends with the thread.
class PeerProcess {
public:
    /// `script` as "oidc/start.sh". Waits for the ready line (minutes, when it has to
    /// fetch and build first).
    PeerProcess(const std::string& script, const std::vector<std::string>& arguments);
    ~PeerProcess();
    PeerProcess(const PeerProcess&) = delete;
    PeerProcess& operator=(const PeerProcess&) = delete;

    /// What follows "ready": its address. Empty if it did not start; it has then said
    /// why on standard error.
    const std::string& address() const { return address_; }
    /// It cannot be had on this machine (no Node, no network to fetch it).
    bool missing() const { return missing_; }

private:
    pid_t process_ = -1;
    std::string address_;
    bool missing_ = false;
};

}  // namespace foyer
