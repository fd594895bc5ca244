#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"

namespace foyer {

/// One request over HTTP.
struct HttpRequest {
    std::string method = "GET";
    std::string url;  ///< absolute, already encoded
    /// "Name: value". Host, length, encoding and connection are the transport's.
    std::vector<std::string> headers = {};
    std::string body = {};
    /// From the call to the last byte; connecting has a shorter limit beside it.
    std::chrono::milliseconds time_limit{30'000};
    /// A longer answer is cut off and fails with `bad_input`.
    std::size_t most_bytes = 32'000'000;
};

/// What came back, whatever its status. Redirects are not followed: a FHIR server has
/// one address, and a token must not travel to another.
struct HttpResponse {
    int status = 0;
    /// Names in lower case, in the order they came.
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};  ///< unpacked
    /// Bytes of the exchange with headers and as packed, without TLS and TCP. 0: not
    /// counted.
    std::int64_t sent = 0, received = 0;

    /// The first header of this lower-case name; empty if there is none.
    std::string_view header(std::string_view name) const;
};

/// The way to a server. One thread at a time. Blocks for at most the time limit.
class Http {
public:
    virtual ~Http() = default;

    /// Fails with
    /// - `offline`: the request was certainly not carried out (no route, refused
    ///   connection, name not found, TLS not agreed);
    /// - `no_answer`: it was sent or may have been, and no whole answer came: nobody
    ///   knows whether it was carried out;
    /// - `refused`: the server's certificate is not one we trust;
    /// - `bad_input`: the answer is longer than `most_bytes` or no HTTP, or the request
    ///   is none.
    virtual Result<HttpResponse> send(const HttpRequest& request) = 0;

    /// When the server's certificate ends, as last seen; none without TLS.
    virtual std::optional<Instant> certificate_ends() const { return std::nullopt; }
};

/// A moment as headers write it, "Mon, 23 Nov 2026 22:01:02 GMT" (RFC 9110, 5.6.7);
/// none for anything else, the two obsolete forms included.
std::optional<Instant> http_date(std::string_view text);

}  // namespace foyer
