#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/http.h"
#include "sync/server/fhir_server.h"
#include "sync/server/tokens.h"
#include "tests/support/fake_fhir.h"

namespace foyer {

/// The other side of the interop tests: the server that FOYER_PEER_BASE names, of the
/// manner in FOYER_PEER_MANNER ("hapi" or "medplum"); without them a FakeFhir.
///
/// A real server keeps what earlier tests left: each Peer has a `run` of its own, which
/// is part of every identifier a test makes up.
class Peer {
public:
    explicit Peer(FakeFhir::Manner manner);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    FakeFhir::Manner manner() const { return manner_; }
    bool hapi() const { return manner_ == FakeFhir::Manner::hapi; }
    /// Null when a real server is meant.
    FakeFhir* fake() { return fake_.get(); }
    FhirServer& server() { return *server_; }
    Http& http() { return *http_; }
    const std::string& base() const { return server_->base(); }
    const Clock& clock() const { return *clock_; }
    const std::string& run() const { return run_; }
    /// A value for an identifier, of this run.
    std::string name(std::string_view what) const;

    // Each fails the test when the server does not answer, or not with 2xx.
    nlohmann::json create(const nlohmann::json& resource);
    nlohmann::json read(std::string_view type, std::string_view id);
    nlohmann::json put(const nlohmann::json& resource);
    /// All resources of all pages, included ones too.
    std::vector<nlohmann::json> search(const std::string& query);
    /// Whatever its status; fails the test only when none came.
    Answer transact(const nlohmann::json& bundle);

    // Small resources, created.
    nlohmann::json patient();
    nlohmann::json appointment(const nlohmann::json& patient, std::string_view status,
                               Instant start);
    nlohmann::json slot(const nlohmann::json& schedule, Instant start);
    nlohmann::json schedule();

private:
    FakeFhir::Manner manner_;
    std::string run_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<FakeFhir> fake_;
    std::unique_ptr<Http> http_;
    FixedToken token_;
    std::unique_ptr<FhirServer> server_;
};

/// "Patient/17"
std::string reference_to(const nlohmann::json& resource);
/// "2026-11-24T08:00:00.000Z"
std::string fhir_time(Instant at);
/// A transaction Bundle of entries.
nlohmann::json transaction_of(std::vector<nlohmann::json> entries);
nlohmann::json post_entry(const nlohmann::json& resource,
                          const std::string& unless = "",
                          const std::string& full_url = "");
nlohmann::json put_entry(const nlohmann::json& resource, const std::string& version);
std::string version_in(const nlohmann::json& resource);

/// One test suite for the server of the environment, or for both manners of the fake.
std::vector<FakeFhir::Manner> manners_to_test();
std::string name_of(FakeFhir::Manner manner);

}  // namespace foyer
