#include "sync/server/fhir_server.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>
#include <utility>

#include "platform/address.h"
#include "sync/fhir/json_tree.h"

namespace foyer {

namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr std::string_view fhir_json = "application/fhir+json";
/// Nobody is served by a server that asks to be left alone for longer.
constexpr seconds longest_retry_after = std::chrono::days(1);

/// `W/"3"`, `"3"` or `3`, as servers write it. Apache's packing adds "-gzip", which an
/// If-Match must not say.
std::string version_of(std::string_view etag) {
    if (etag.starts_with("W/")) etag.remove_prefix(2);
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"')
        etag = etag.substr(1, etag.size() - 2);
    constexpr std::string_view packed = "-gzip";
    if (etag.ends_with(packed)) etag.remove_suffix(packed.size());
    return std::string(etag);
}

/// meta.versionId of one resource; a Bundle's says nothing.
std::string version_in(std::string_view body) {
    const auto resource = parse_json(body);
    if (!resource || text_of(*resource, "resourceType") == "Bundle") return {};
    const json* meta = object_of(*resource, "meta");
    return meta ? std::string(text_of(*meta, "versionId")) : std::string();
}

/// Seconds, or a date (RFC 9110, 10.2.3).
std::optional<seconds> retry_after(std::string_view text, Instant now) {
    if (text.empty()) return std::nullopt;
    if (const auto date = http_date(text))
        return std::clamp(std::chrono::ceil<seconds>(*date - now), seconds(0),
                          longest_retry_after);
    seconds wait{0};
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        wait = std::min(wait * 10 + seconds(c - '0'), longest_retry_after);
    }
    return wait;
}

/// What is wrong as the issue itself says it, else its code and place.
std::string issue_text(const json& issue) {
    const json* details = object_of(issue, "details");
    std::string text = details ? clean(text_of(*details, "text")) : std::string();
    const std::string diagnostics = clean(text_of(issue, "diagnostics"));
    if (text.empty())
        return diagnostics.empty() ? clean(text_of(issue, "code")) : diagnostics;
    if (!diagnostics.empty() && diagnostics != text) text += ": " + diagnostics;
    return text;
}

/// "Appointment.status"; empty if the issue names no place.
std::string issue_place(const json& issue) {
    for (const char* list : {"expression", "location"}) {
        const auto places = issue.find(list);
        if (places == issue.end() || !places->is_array()) continue;
        for (const json& place : *places)
            if (place.is_string()) return clean(place.get_ref<const std::string&>());
    }
    return {};
}

HttpRequest get(std::string url) {
    HttpRequest request;
    request.url = std::move(url);
    request.headers = {"Cache-Control: no-cache"};
    return request;
}

HttpRequest with_body(std::string_view method, std::string url, std::string_view body) {
    HttpRequest request;
    request.method = method;
    request.url = std::move(url);
    request.body = body;
    request.headers = {"Content-Type: " + std::string(fhir_json),
                       // Versions come from the resources where an entry has no etag.
                       "Prefer: return=representation"};
    return request;
}

}  // namespace

Verdict verdict_of(const Answer& answer) {
    if (answer.good()) return Verdict::done;
    switch (answer.status) {
        case 409:
        case 412:
            return Verdict::conflict;
        case 404:
        case 410:
            return Verdict::gone;
        case 401:
        case 403:
            return Verdict::unauthorized;
        case 408:
        case 425:
        case 429:
            return Verdict::later;
        default:
            // Redirects and what is no HTTP status: a proxy in the way, or an address
            // that somebody has to put right. Nothing was carried out; nothing is lost
            // by asking again.
            return answer.status >= 400 && answer.status < 500 ? Verdict::refused
                                                               : Verdict::later;
    }
}

std::string outcome_text(std::string_view body) {
    const auto outcome = parse_json(body);
    if (!outcome || text_of(*outcome, "resourceType") != "OperationOutcome") return {};
    std::string lines;
    for (const json* issue : objects_of(*outcome, "issue")) {
        const std::string text = issue_text(*issue), place = issue_place(*issue);
        if (text.empty() && place.empty()) continue;
        if (!lines.empty()) lines += '\n';
        const bool says_it = !text.empty() && text != text_of(*issue, "code");
        lines += says_it || place.empty() ? text
                 : text.empty()           ? place
                                          : text + ": " + place;
    }
    return lines;
}

FhirServer::FhirServer(Parts parts) : parts_(std::move(parts)) {
    assert(parts_.http && parts_.tokens && parts_.clock);
    while (parts_.base.ends_with('/')) parts_.base.pop_back();
}

Result<Answer> FhirServer::read(std::string_view type, std::string_view id) {
    return ask(get(parts_.base + "/" + std::string(type) + "/" + encoded(id)), Of::one);
}

Result<Answer> FhirServer::search(std::string_view query) {
    return ask(get(parts_.base + "/" + std::string(query)), Of::several);
}

Result<Answer> FhirServer::follow(std::string_view url) {
    auto within = address_within(parts_.base, url);
    if (!within)
        return fail(Error::Code::refused,
                    "a page of the server leads away from " + parts_.base +
                        ": the server must be told its own address");
    return ask(get(*std::move(within)), Of::several);
}

Result<Answer> FhirServer::transact(std::string_view bundle) {
    return ask(with_body("POST", parts_.base, bundle), Of::several);
}

Result<Answer> FhirServer::put(std::string_view type, std::string_view id,
                               std::string_view resource, std::string_view version) {
    auto request = with_body(
        "PUT", parts_.base + "/" + std::string(type) + "/" + encoded(id), resource);
    if (!version.empty())
        request.headers.push_back("If-Match: W/\"" + std::string(version) + "\"");
    return ask(std::move(request), Of::one);
}

Result<Answer> FhirServer::create(std::string_view type, std::string_view resource,
                                  std::string_view unless) {
    auto request = with_body("POST", parts_.base + "/" + std::string(type), resource);
    if (!unless.empty())
        request.headers.push_back("If-None-Exist: " + std::string(unless));
    return ask(std::move(request), Of::one);
}

Result<Answer> FhirServer::remove(std::string_view type, std::string_view id) {
    HttpRequest request;
    request.method = "DELETE";
    request.url = parts_.base + "/" + std::string(type) + "/" + encoded(id);
    return ask(std::move(request), Of::one);
}

Result<Answer> FhirServer::capabilities() {
    return ask(get(parts_.base + "/metadata"), Of::several);
}

const std::string& FhirServer::base() const {
    return parts_.base;
}

std::optional<std::chrono::milliseconds> FhirServer::drift() const {
    const auto theirs = server_time_.at(parts_.clock->elapsed());
    if (!theirs || !believes_date_) return std::nullopt;
    return *theirs - parts_.clock->now();
}

Instant FhirServer::server_time() const {
    return parts_.clock->now() + drift().value_or(std::chrono::milliseconds{0});
}

std::optional<Instant> FhirServer::last_answer() const {
    return last_answer_;
}

std::optional<Instant> FhirServer::certificate_ends() const {
    return parts_.http->certificate_ends();
}

const FhirServer::Traffic& FhirServer::traffic() const {
    return traffic_;
}

Result<Answer> FhirServer::ask(HttpRequest request, Of of) {
    request.headers.push_back("Accept: " + std::string(fhir_json));
    HttpResponse response = TRY(send(request));
    Answer answer;
    answer.status = response.status;
    answer.version = version_of(response.header("etag"));
    answer.retry_after = retry_after(response.header("retry-after"), server_time());
    answer.body = std::move(response.body);
    if (answer.version.empty() && answer.good() && of == Of::one)
        answer.version = version_in(answer.body);
    return answer;
}

/// With one more try when the server no longer takes our token: what answers 401 was
/// not carried out.
Result<HttpResponse> FhirServer::send(const HttpRequest& request) {
    auto response = TRY(send_once(request));
    if (response.status != 401) return response;
    parts_.tokens->forget();
    return send_once(request);
}

Result<HttpResponse> FhirServer::send_once(HttpRequest request) {
    auto authorization = parts_.tokens->authorization(server_time());
    if (!authorization) {
        // Whatever went wrong there, this request has not been sent.
        Error error = std::move(authorization.error());
        const bool answered =
            error.code == Error::Code::refused || error.code == Error::Code::bad_input;
        return fail(answered ? Error::Code::refused : Error::Code::offline,
                    std::move(error.what));
    }
    if (!authorization->empty())
        request.headers.push_back("Authorization: " + *authorization);

    const auto asked = parts_.clock->elapsed();
    if (end_by_) {
        if (asked >= *end_by_)
            return fail(Error::Code::offline, "there is no time left to ask");
        request.time_limit = std::min(request.time_limit, *end_by_ - asked);
    }
    ++traffic_.requests;
    auto response = parts_.http->send(request);
    if (!response) {
        traffic_.bytes_out += std::ssize(request.body);
        return tl::unexpected<Error>(std::move(response.error()));
    }
    traffic_.bytes_out +=
        response->sent > 0 ? response->sent : std::ssize(request.body);
    traffic_.bytes_in +=
        response->received > 0 ? response->received : std::ssize(response->body);
    if (const auto date = http_date(response->header("date")))
        server_time_.saw(*date, asked, parts_.clock->elapsed());
    last_answer_ = parts_.clock->now();
    return response;
}

std::string encoded(std::string_view value) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string result;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                           c == '~';
        if (plain) {
            result += c;
        } else {
            result += '%';
            result += hex[byte >> 4];
            result += hex[byte & 15];
        }
    }
    return result;
}

}  // namespace foyer
