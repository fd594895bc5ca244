#include "sync/fhir/ledger_bundle.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "sync/clinic/ledger_csv.h"
#include "sync/clinic/site_time.h"
#include "sync/records/outbox.h"

namespace foyer {

namespace {

using Json = nlohmann::ordered_json;
using std::chrono::minutes;
using Span = Attended::Span;

constexpr const char* act_code = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr const char* confidentiality =
    "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

Json part2_security() {
    return Json::array({{{"system", act_code}, {"code", "42CFRPart2"}},
                        {{"system", confidentiality}, {"code", "R"}}});
}

/// The two resources of one visit.
class VisitWriter {
public:
    VisitWriter(const LedgerVisit& visit, bool part2)
        : visit_(visit),
          part2_(part2),
          key_("Appointment/" + visit.appointment + "|Patient/" + visit.patient) {}

    bool was_there() const { return begins().has_value(); }

    Json appointment() const {
        Json json = resource("Appointment");
        json["status"] = visit_.attended.state == Attended::State::expected ? "booked"
                         : is_over() ? "fulfilled"
                                     : "arrived";
        json["serviceType"] = Json::array({service_type()});
        json["start"] = format_instant(visit_.starts);
        json["end"] = format_instant(visit_.ends);
        json["participant"] =
            Json::array({{{"actor", patient()}, {"status", "accepted"}}});
        return entry("Appointment", std::move(json));
    }

    Json encounter() const {
        Json json = resource("Encounter");
        json["status"] = is_over() ? "finished" : "in-progress";
        json["statusHistory"] = history();
        json["class"] = {
            {"system", act_code}, {"code", "AMB"}, {"display", "ambulatory"}};
        json["serviceType"] = service_type();
        json["subject"] = patient();
        json["appointment"] =
            Json::array({{{"reference", "urn:uuid:" + id_of("Appointment")},
                          {"identifier",
                           {{"system", "urn:foyer:id"},
                            {"value", "Appointment/" + visit_.appointment}}}}});
        json["period"] = period(*begins(), is_over() ? ends() : std::nullopt);
        if (is_over())
            json["length"] = {{"value", attended().count()},
                              {"unit", "min"},
                              {"system", "http://unitsofmeasure.org"},
                              {"code", "min"}};
        return entry("Encounter", std::move(json));
    }

private:
    bool is_over() const { return visit_.attended.state == Attended::State::gone; }
    std::optional<Instant> begins() const {
        const Attended& was = visit_.attended;
        if (!was.spans.empty()) return was.spans.front().from;
        return was.open ? was.open : was.in;
    }
    std::optional<Instant> ends() const {
        const auto& spans = visit_.attended.spans;
        return spans.empty() ? begins() : spans.back().until;
    }
    minutes attended() const {
        std::chrono::milliseconds sum{0};
        for (const Span& span : visit_.attended.spans) sum += span.until - span.from;
        return std::chrono::floor<minutes>(sum);
    }

    static Json period(Instant from, std::optional<Instant> until) {
        Json json = {{"start", format_instant(from)}};
        if (until) json["end"] = format_instant(*until);
        return json;
    }
    /// There, away, there: what the minutes of the ledger are made of.
    Json history() const {
        Json all = Json::array();
        const auto add = [&](const char* status, Instant from,
                             std::optional<Instant> until) {
            all.push_back({{"status", status}, {"period", period(from, until)}});
        };
        std::optional<Instant> last;
        for (const Span& span : visit_.attended.spans) {
            if (last) add("onleave", *last, span.from);
            add("in-progress", span.from, span.until);
            last = span.until;
        }
        if (const auto open = visit_.attended.open) {
            if (last) add("onleave", *last, *open);
            add("in-progress", *open, std::nullopt);
        } else if (last && visit_.attended.state == Attended::State::on_break) {
            add("onleave", *last, std::nullopt);
        } else if (!last) {
            add("in-progress", *begins(), begins());
        }
        return all;
    }

    Json patient() const { return {{"reference", "Patient/" + visit_.patient}}; }
    Json service_type() const {
        return {{"coding", Json::array({{{"system", "urn:foyer:service"},
                                         {"code", code(visit_.service)}}})}};
    }
    std::string id_of(const std::string& type) const {
        return unit_id("ledger|" + type + "|" + key_);
    }
    Json resource(const std::string& type) const {
        Json json = {{"resourceType", type}};
        Json meta = Json::object();
        if (part2_) meta["security"] = part2_security();
        if (visit_.attended.doubtful)
            meta["tag"] =
                Json::array({{{"system", "urn:foyer:clock"}, {"code", "untrusted"}}});
        if (!meta.empty()) json["meta"] = std::move(meta);
        if (part2_)
            json["extension"] = Json::array(
                {{{"url", "urn:foyer:notice"}, {"valueString", part2_notice}}});
        json["identifier"] =
            Json::array({{{"system", "urn:foyer:ledger"}, {"value", id_of(type)}}});
        if (type == "Appointment")
            json["identifier"].push_back(
                {{"system", "urn:foyer:id"},
                 {"value", "Appointment/" + visit_.appointment}});
        return json;
    }
    Json entry(const std::string& type, Json json) const {
        return {{"fullUrl", "urn:uuid:" + id_of(type)}, {"resource", std::move(json)}};
    }

    const LedgerVisit& visit_;
    const bool part2_;
    const std::string key_;
};

bool is_exported(const LedgerVisit& visit) {
    return visit.service != Service::holistic_class && !visit.appointment.empty();
}

Json copy_of(const Part2Consent& consent) {
    return {{"fullUrl", "urn:uuid:" + unit_id("ledger|Consent|" + consent.consent)},
            {"resource", Json::parse(consent.json)}};
}

}  // namespace

std::set<std::string> part2_patients(const std::vector<LedgerVisit>& visits,
                                     const Part2Settings& part2) {
    std::set<std::string> patients;
    for (const LedgerVisit& visit : visits)
        if (is_exported(visit) && is_part2(part2, visit.service))
            patients.insert(visit.patient);
    return patients;
}

std::string ledger_bundle(const std::vector<LedgerVisit>& visits,
                          const Part2Settings& part2,
                          const std::vector<Part2Consent>& consents, Instant now) {
    Json bundle = {{"resourceType", "Bundle"}};
    Json entries = Json::array();
    bool any_part2 = false;
    for (const LedgerVisit& visit : visits) {
        if (!is_exported(visit)) continue;
        const bool labelled = is_part2(part2, visit.service);
        any_part2 = any_part2 || labelled;
        const VisitWriter writer(visit, labelled);
        entries.push_back(writer.appointment());
        if (writer.was_there()) entries.push_back(writer.encounter());
    }
    for (const Part2Consent& consent : consents) entries.push_back(copy_of(consent));
    if (any_part2) bundle["meta"]["security"] = part2_security();
    bundle["type"] = "collection";
    bundle["timestamp"] = format_instant(now);
    if (!entries.empty()) bundle["entry"] = std::move(entries);
    return bundle.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace foyer
