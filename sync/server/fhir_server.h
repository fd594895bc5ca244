#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/clock.h"
#include "platform/http.h"
#include "platform/result.h"
#include "sync/server/server_time.h"
#include "sync/server/tokens.h"

namespace foyer {

/// What a FHIR server answered, whatever its status.
struct Answer {
    int status = 0;
    std::string body = {};  ///< JSON; may be empty or, of a broken server, anything
    /// From ETag, without W/ and quotes; else meta.versionId of the body when it is one
    /// resource. Opaque. Empty if neither is there.
    std::string version = {};
    std::optional<std::chrono::seconds> retry_after = {};

    bool good() const { return status >= 200 && status < 300; }
};

/// What a sender does about an answer (sync.md, rule 3).
enum class Verdict {
    done,          ///< 2xx
    conflict,      ///< 409, 412: somebody else was faster, or we were
    gone,          ///< 404, 410
    unauthorized,  ///< 401, 403: nothing goes on until somebody looks
    later,         ///< 408, 425, 429, 5xx, and what no FHIR server says (3xx)
    refused,       ///< any other 4xx: this will never be taken as it is
};
Verdict verdict_of(const Answer& answer);

/// The texts of an OperationOutcome in `body`, one line each, codes and places only
/// where that is all there is; empty if it is none. May name a patient's data, as a
/// server's texts can: sealed when kept, never logged.
std::string outcome_text(std::string_view body);

/// One clinic's FHIR R4 server behind one address. One thread at a time; blocks for at
/// most the time limit of each request. Each call is one request, but for one more when
/// the server no longer takes our token. Fails as Http::send does; `refused` also when
/// no token can be had, `offline` when whoever gives them does not answer. An HTTP
/// status is no failure: it stands in the Answer.
///
/// Searches say `Cache-Control: no-cache`: HAPI answers from a cache of a minute
/// otherwise (sync.md).
class FhirServer {
public:
    struct Parts {
        Http* http = nullptr;
        TokenSource* tokens = nullptr;
        const Clock* clock = nullptr;
        std::string base;  ///< "https://server/fhir", without a slash at its end
    };
    explicit FhirServer(Parts parts);

    Result<Answer> read(std::string_view type, std::string_view id);
    /// `query` is what follows the base: "Task?status=requested", encoded.
    Result<Answer> search(std::string_view query);
    /// A `next` link; `refused` if it leads away from the server's address.
    Result<Answer> follow(std::string_view url);
    /// A batch or transaction Bundle.
    Result<Answer> transact(std::string_view bundle);
    /// A single PUT; `version` empty: unconditional.
    Result<Answer> put(std::string_view type, std::string_view id,
                       std::string_view resource, std::string_view version);
    /// A single conditional create: If-None-Exist `unless`, empty for an unconditional.
    Result<Answer> create(std::string_view type, std::string_view resource,
                          std::string_view unless);
    Result<Answer> remove(std::string_view type, std::string_view id);
    Result<Answer> capabilities();

    const std::string& base() const;

    /// How far the server's clock is ahead of ours by the Date headers so far; none
    /// before the first answer with one. Good to about half a second at first, better
    /// with each answer. A jump of our time of day shows in it at once.
    std::optional<std::chrono::milliseconds> drift() const;
    /// Our time put right by that.
    Instant server_time() const;
    /// When the last answer of any kind came.
    std::optional<Instant> last_answer() const;
    std::optional<Instant> certificate_ends() const;

    /// Bytes with headers and as packed where the transport counts them, else of the
    /// bodies. Token requests are not among them.
    struct Traffic {
        std::int64_t requests = 0, bytes_out = 0, bytes_in = 0;
    };
    const Traffic& traffic() const;

    /// Whether the server's Date is the time. Not where the day is chosen: in a story.
    void believe_date(bool believes) { believes_date_ = believes; }

    /// For somebody who waits: no request lasts beyond this moment of
    /// Clock::elapsed(), and from then on all fail with `offline`. None: as usual.
    void end_by(std::optional<std::chrono::milliseconds> moment) { end_by_ = moment; }

private:
    /// What comes back: one resource, whose version is worth reading it for, or
    /// several.
    enum class Of { one, several };
    Result<Answer> ask(HttpRequest request, Of of);
    Result<HttpResponse> send(const HttpRequest& request);
    Result<HttpResponse> send_once(HttpRequest request);

    Parts parts_;
    ServerTime server_time_;
    bool believes_date_ = true;
    std::optional<std::chrono::milliseconds> end_by_;
    std::optional<Instant> last_answer_;
    Traffic traffic_;
};

/// Percent-encodes one value of a query ("urn:foyer:op|17/task").
std::string encoded(std::string_view value);

}  // namespace foyer
