#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace httplib {
class Server;
}

namespace foyer {

/// An HTTP or HTTPS server on a free port of loopback, by a library that is not ours,
/// for as long as this object lives.
class LocalServer {
public:
    struct Tls {
        std::string certificate, key;
        std::string client_ca = {};  ///< asks for a client's certificate of this
    };
    /// Routes are set in `prepare`, before it listens.
    explicit LocalServer(const std::function<void(httplib::Server&)>& prepare);
    LocalServer(const Tls& tls, const std::function<void(httplib::Server&)>& prepare);
    ~LocalServer();
    LocalServer(const LocalServer&) = delete;
    LocalServer& operator=(const LocalServer&) = delete;

    std::string url(const std::string& path = "") const;

private:
    void start(const std::function<void(httplib::Server&)>& prepare);
    std::unique_ptr<httplib::Server> server_;
    std::string scheme_;
    int port_ = 0;
    std::thread thread_;
};

/// Plays bytes to whoever connects, for answers that no library sends. Each connection
/// is given to `play` with its descriptor, one after the other, in one thread.
class ScriptedServer {
public:
    explicit ScriptedServer(std::function<void(int descriptor)> play);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string url(const std::string& path = "/") const;
    int connections() const { return connections_; }

private:
    std::function<void(int)> play_;
    int listener_ = -1, stop_[2] = {-1, -1};
    int port_ = 0;
    std::atomic<int> connections_{0};
    std::thread thread_;
};

/// Reads one request with its body (Content-Length) from a connection; empty when the
/// other side has closed it.
std::string read_request(int descriptor);
void write_all(int descriptor, const std::string& bytes);

/// A port of loopback where nobody listens.
int free_port();

}  // namespace foyer
