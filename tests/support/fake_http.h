#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "platform/http.h"
#include "tests/support/fake_fhir.h"

namespace foyer {

/// One client's way to a FakeFhir, with the trouble that a test wants.
class FakeHttp final : public Http {
public:
    explicit FakeHttp(FakeFhir& server) : server_(&server) {}

    bool online = true;             ///< else `offline`: nothing is carried out
    bool lose_next_answer = false;  ///< carried out, then `no_answer`; once
    /// Nothing is carried out, this status is answered; so many times.
    void fail_next(int status, std::optional<std::chrono::seconds> retry_after = {},
                   int times = 1);
    /// Called before a request is carried out, and after, with the answer.
    std::function<void(const HttpRequest&)> before = {};
    std::function<void(const HttpRequest&, const HttpResponse&)> after = {};

    struct Line {
        HttpRequest request;
        int status = 0;  ///< 0: no answer came
    };
    std::vector<Line> log = {};
    /// How many requests of a method went to an address that contains `part`.
    int asked(std::string_view method, std::string_view part = "") const;

    Result<HttpResponse> send(const HttpRequest& request) override;

private:
    struct Failure {
        int status = 0;
        std::optional<std::chrono::seconds> retry_after;
    };
    FakeFhir* server_;
    std::deque<Failure> failures_;
};

}  // namespace foyer
