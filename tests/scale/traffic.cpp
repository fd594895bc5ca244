#include "tests/scale/traffic.h"

#include <algorithm>
#include <numeric>

#include "tests/support/fake_fhir.h"

namespace foyer::scale {

namespace {

bool has(const std::string& text, const char* part) {
    return text.find(part) != text.npos;
}

/// Check-in or paperwork: of a visit, and no form, Task, log or Device.
bool of_visit(const HttpRequest& request) {
    if (request.method == "GET")
        return has(request.url, "/Appointment/");  // before it is changed
    return has(request.body, "Check-in at a kiosk") ||
           has(request.body, "Paperwork is complete");
}

std::int64_t size_of(const HttpRequest& request) {
    std::size_t bytes = request.method.size() + request.url.size() + 12;
    for (const auto& header : request.headers) bytes += header.size() + 2;
    return std::int64_t(bytes + request.body.size());
}
std::int64_t size_of(const HttpResponse& response) {
    std::size_t bytes = 15;
    for (const auto& [key, value] : response.headers)
        bytes += key.size() + value.size() + 4;
    return std::int64_t(bytes + response.body.size());
}

}  // namespace

const char* name(Purpose purpose) {
    switch (purpose) {
        case Purpose::push:
            return "push";
        case Purpose::changes:
            return "changes";
        case Purpose::held:
            return "held";
        case Purpose::seats:
            return "seats";
        case Purpose::rest:
            return "rest";
        case Purpose::in_vain:
            return "in vain";
    }
    return "";
}

Purpose purpose_of(const HttpRequest& request) {
    if (request.method != "GET" || has(request.url, "/Appointment/"))
        return Purpose::push;
    if (has(request.url, "_lastUpdated"))
        for (const char* type : {"/Appointment?", "/Slot?", "/Provenance?"})
            if (has(request.url, type)) return Purpose::changes;
    if (has(request.url, "_id=")) {
        // Several units' Appointments at once: as many as a round has.
        return has(request.url, "_count=50") ? Purpose::held : Purpose::push;
    }
    if (has(request.url, "_tag=")) return Purpose::push;
    if (has(request.url, "/Slot") || has(request.url, "/Schedule"))
        return Purpose::seats;
    return Purpose::rest;
}

Traffic::Traffic(std::chrono::seconds length) : seconds_(std::size_t(length.count())) {}

void Traffic::count(std::chrono::milliseconds at, const HttpRequest& request,
                    const HttpResponse* answer) {
    const auto second = std::size_t(at / std::chrono::seconds(1));
    if (second >= seconds_.size()) return;
    const Purpose purpose = answer ? purpose_of(request) : Purpose::in_vain;
    ++seconds_[second].requests[std::size_t(purpose)];
    if (!answer) return;
    const auto bytes = size_of(request) + size_of(*answer);
    seconds_[second].bytes += bytes;
    if (!of_visit(request)) return;
    ++visit_requests;
    visit_bytes += bytes;
    check_ins += has(request.body, "Check-in at a kiosk");
}

void Traffic::add(const Traffic& other) {
    for (std::size_t i = 0; i < std::min(seconds_.size(), other.seconds_.size()); ++i) {
        for (std::size_t k = 0; k < purposes.size(); ++k)
            seconds_[i].requests[k] += other.seconds_[i].requests[k];
        seconds_[i].bytes += other.seconds_[i].bytes;
    }
    visit_requests += other.visit_requests;
    visit_bytes += other.visit_bytes;
    check_ins += other.check_ins;
    units += other.units;
}

std::int64_t Traffic::Second::answered() const {
    return std::accumulate(requests.begin(), requests.end(), std::int64_t{0}) -
           requests[std::size_t(Purpose::in_vain)];
}

}  // namespace foyer::scale
