#include "tests/support/local_server.h"

#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <cassert>
#include <utility>

namespace foyer {

namespace {

std::pair<int, int> listen_somewhere() {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    void* const plain = &address;
    auto* const generic = static_cast<sockaddr*>(plain);
    const bool ready = bind(descriptor, generic, size) == 0 &&
                       listen(descriptor, 16) == 0 &&
                       getsockname(descriptor, generic, &size) == 0;
    assert(ready);
    return {descriptor, ntohs(address.sin_port)};
}

}  // namespace

LocalServer::LocalServer(const std::function<void(httplib::Server&)>& prepare)
    : server_(std::make_unique<httplib::Server>()), scheme_("http") {
    start(prepare);
}

LocalServer::LocalServer(const Tls& tls,
                         const std::function<void(httplib::Server&)>& prepare)
    : server_(std::make_unique<httplib::SSLServer>(
          tls.certificate.c_str(), tls.key.c_str(),
          tls.client_ca.empty() ? nullptr : tls.client_ca.c_str())),
      scheme_("https") {
    start(prepare);
}

LocalServer::~LocalServer() {
    // It is deaf to stop() until it runs.
    while (!server_->is_running()) std::this_thread::yield();
    server_->stop();
    thread_.join();
}

void LocalServer::start(const std::function<void(httplib::Server&)>& prepare) {
    prepare(*server_);
    server_->set_keep_alive_timeout(1);
    port_ = server_->bind_to_any_port("127.0.0.1");
    assert(port_ > 0);
    thread_ = std::thread([this] { server_->listen_after_bind(); });
}

std::string LocalServer::url(const std::string& path) const {
    return scheme_ + "://127.0.0.1:" + std::to_string(port_) + path;
}

ScriptedServer::ScriptedServer(std::function<void(int)> play) : play_(std::move(play)) {
    std::tie(listener_, port_) = listen_somewhere();
    const int piped = pipe(stop_);
    assert(piped == 0);
    thread_ = std::thread([this] {
        pollfd waits[2] = {{listener_, POLLIN, 0}, {stop_[0], POLLIN, 0}};
        while (poll(waits, 2, -1) >= 0 && !waits[1].revents) {
            const int descriptor = accept(listener_, nullptr, nullptr);
            if (descriptor < 0) continue;
            ++connections_;
            play_(descriptor);
            close(descriptor);
        }
    });
}

ScriptedServer::~ScriptedServer() {
    const char end = 0;
    const auto told = write(stop_[1], &end, 1);
    assert(told == 1);
    thread_.join();
    for (const int descriptor : {listener_, stop_[0], stop_[1]}) close(descriptor);
}

std::string ScriptedServer::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::string read_request(int descriptor) {
    std::string request;
    std::size_t wanted = std::string::npos;
    while (request.size() < wanted) {
        char piece[4096];
        const ssize_t n = recv(descriptor, piece, sizeof piece, 0);
        if (n <= 0) return {};
        request.append(piece, std::size_t(n));
        const auto end = request.find("\r\n\r\n");
        if (end == std::string::npos) continue;
        const auto length = request.find("Content-Length: ");
        wanted =
            end + 4 +
            (length < end ? std::stoul(request.substr(length + 16)) : std::size_t(0));
    }
    return request;
}

void write_all(int descriptor, const std::string& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n =
            send(descriptor, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (n <= 0) return;
        done += std::size_t(n);
    }
}

int free_port() {
    const auto [descriptor, port] = listen_somewhere();
    close(descriptor);
    return port;
}

}  // namespace foyer
