#include "tests/peers/peer.h"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>

#include "platform/http_curl.h"
#include "tests/support/fake_http.h"
#include "tests/support/fake_search.h"

namespace foyer {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

json identifier(const std::string& value) {
    return json::array({{{"system", "urn:foyer:op"}, {"value", value}}});
}

}  // namespace

std::vector<FakeFhir::Manner> manners_to_test() {
    const std::string manner = environment("FOYER_PEER_MANNER");
    if (manner == "hapi") return {FakeFhir::Manner::hapi};
    if (manner == "medplum") return {FakeFhir::Manner::medplum};
    return {FakeFhir::Manner::hapi, FakeFhir::Manner::medplum};
}

std::string name_of(FakeFhir::Manner manner) {
    const bool real = !environment("FOYER_PEER_BASE").empty();
    return std::string(real ? "Real" : "Fake") +
           (manner == FakeFhir::Manner::hapi ? "Hapi" : "Medplum");
}

Peer::Peer(FakeFhir::Manner manner) : manner_(manner), token_("") {
    std::random_device entropy;
    run_ = std::to_string(entropy()) + "-" + std::to_string(entropy());
    std::string base = environment("FOYER_PEER_BASE");
    if (base.empty()) {
        fake_ = std::make_unique<FakeFhir>(manner);
        clock_ = std::make_unique<ManualClock>(fake_->now);
        http_ = std::make_unique<FakeHttp>(*fake_);
        base = FakeFhir::base;
    } else {
        clock_ = std::make_unique<SystemClock>();
        auto http = CurlHttp::create({});
        EXPECT_TRUE(http);
        http_ = *std::move(http);
    }
    server_ = std::make_unique<FhirServer>(
        FhirServer::Parts{http_.get(), &token_, clock_.get(), base});
}
Peer::~Peer() = default;

std::string Peer::name(std::string_view what) const {
    return run_ + "/" + std::string(what);
}

json Peer::create(const json& resource) {
    const auto answer = server().create(resource["resourceType"].get<std::string>(),
                                        resource.dump(), "");
    if (!answer || !answer->good()) {
        ADD_FAILURE() << "create: "
                      << (answer ? std::to_string(answer->status) + answer->body
                                 : answer.error().what);
        return resource;
    }
    return json::parse(answer->body);
}

json Peer::read(std::string_view type, std::string_view id) {
    const auto answer = server().read(type, id);
    if (!answer || !answer->good()) {
        ADD_FAILURE() << "read: "
                      << (answer ? std::to_string(answer->status)
                                 : answer.error().what);
        return json::object();
    }
    return json::parse(answer->body);
}

json Peer::put(const json& resource) {
    const auto answer =
        server().put(resource["resourceType"].get<std::string>(),
                     resource["id"].get<std::string>(), resource.dump(), "");
    if (!answer || !answer->good()) {
        ADD_FAILURE() << "put: "
                      << (answer ? std::to_string(answer->status) + answer->body
                                 : answer.error().what);
        return resource;
    }
    return json::parse(answer->body);
}

std::vector<json> Peer::search(const std::string& query) {
    std::vector<json> all;
    auto answer = server().search(query);
    for (int pages = 0; pages < 100; ++pages) {
        if (!answer || !answer->good()) {
            ADD_FAILURE() << query << ": "
                          << (answer ? std::to_string(answer->status) + answer->body
                                     : answer.error().what);
            return all;
        }
        const json bundle = json::parse(answer->body);
        for (const json& entry : bundle.value("entry", json::array()))
            all.push_back(entry.at("resource"));
        std::string next;
        for (const json& link : bundle.value("link", json::array()))
            if (link.at("relation") == "next") next = link.at("url");
        if (next.empty()) return all;
        answer = server().follow(next);
    }
    ADD_FAILURE() << query << ": the pages do not end";
    return all;
}

Answer Peer::transact(const json& bundle) {
    auto answer = server().transact(bundle.dump());
    if (answer) return *answer;
    ADD_FAILURE() << "transact: " << answer.error().what;
    return {};
}

json Peer::patient() {
    return create({{"resourceType", "Patient"},
                   {"identifier", identifier(name("patient"))},
                   {"name", {{{"family", "Interop"}, {"given", {"Ida"}}}}},
                   {"birthDate", "1980-02-03"}});
}

json Peer::appointment(const json& patient, std::string_view status, Instant start) {
    return create({{"resourceType", "Appointment"},
                   {"status", status},
                   {"start", fhir_time(start)},
                   {"end", fhir_time(start + 30min)},
                   {"participant",
                    {{{"actor", {{"reference", reference_to(patient)}}},
                      {"status", "accepted"}}}}});
}

json Peer::schedule() {
    const json place = create({{"resourceType", "Location"}, {"name", "Interop"}});
    return create({{"resourceType", "Schedule"},
                   {"actor", json::array({{{"reference", reference_to(place)}}})}});
}

json Peer::slot(const json& schedule, Instant start) {
    return create({{"resourceType", "Slot"},
                   {"schedule", {{"reference", reference_to(schedule)}}},
                   {"status", "free"},
                   {"start", fhir_time(start)},
                   {"end", fhir_time(start + 60min)}});
}

std::string reference_to(const json& resource) {
    return resource.at("resourceType").get<std::string>() + "/" +
           resource.at("id").get<std::string>();
}

std::string fhir_time(Instant at) {
    return fake::instant_text(at);
}

std::string version_in(const json& resource) {
    return resource.at("meta").at("versionId").get<std::string>();
}

json transaction_of(std::vector<json> entries) {
    return {{"resourceType", "Bundle"},
            {"type", "transaction"},
            {"entry", json(std::move(entries))}};
}

json post_entry(const json& resource, const std::string& unless,
                const std::string& full_url) {
    json entry = {{"resource", resource},
                  {"request", {{"method", "POST"}, {"url", resource["resourceType"]}}}};
    if (!unless.empty()) entry["request"]["ifNoneExist"] = unless;
    if (!full_url.empty()) entry["fullUrl"] = full_url;
    return entry;
}

json put_entry(const json& resource, const std::string& version) {
    json entry = {{"resource", resource},
                  {"request", {{"method", "PUT"}, {"url", reference_to(resource)}}}};
    if (!version.empty()) entry["request"]["ifMatch"] = "W/\"" + version + "\"";
    return entry;
}

}  // namespace foyer
