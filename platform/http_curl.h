#pragma once

#include <memory>
#include <string>

#include "platform/http.h"

namespace foyer {

/// HTTP by libcurl: connections kept open, TLS 1.2 or newer, gzip, proxies of the
/// environment not used (a kiosk has one way to its server, and it is configured).
class CurlHttp final : public Http {
public:
    struct Settings {
        /// PEM file of the only authorities trusted; empty: those of the system.
        std::string ca_file = {};
        /// Mutual TLS: PEM files of our certificate and its key; empty: none.
        std::string certificate_file = {}, key_file = {};
        std::chrono::milliseconds connect_limit{5'000};
        std::string user_agent = "Foyer";
    };
    /// Fails with `bad_input` when a file named in the settings cannot be used: the
    /// message says which and why.
    static Result<std::unique_ptr<CurlHttp>> create(Settings settings);
    ~CurlHttp() override;

    Result<HttpResponse> send(const HttpRequest& request) override;
    std::optional<Instant> certificate_ends() const override;

private:
    struct Inside;
    explicit CurlHttp(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
