#include "sync/fhir/report.h"

#include <nlohmann/json.hpp>
#include <ostream>

namespace foyer {

namespace {

const char* name_of(Finding::Kind kind) {
    switch (kind) {
        case Finding::Kind::refused:
            return "refused";
        case Finding::Kind::remark:
            return "remark";
        case Finding::Kind::unreadable:
            return "unreadable";
    }
    return "";
}

std::string count(std::int64_t number, const char* what) {
    return std::to_string(number) + " " + what;
}

std::string line_of(const std::string& type, const TypeCounts& counts) {
    std::string line;
    const auto add = [&](std::int64_t number, const char* what) {
        if (number > 0) line += (line.empty() ? " " : ", ") + count(number, what);
    };
    add(counts.added, "added");
    add(counts.changed, "changed");
    add(counts.unchanged, "unchanged");
    add(counts.refused, "refused");
    return type + ":" + (line.empty() ? " none" : line);
}

void print_findings(std::ostream& out, const ImportReport& report, Finding::Kind kind,
                    std::int64_t all, const char* heading) {
    if (all == 0) return;
    out << heading << " (" << all << ")\n";
    std::int64_t shown = 0;
    for (const auto& finding : report.findings) {
        if (finding.kind != kind) continue;
        out << "  " << describe(finding) << '\n';
        ++shown;
    }
    if (shown < all) out << "  ... and " << all - shown << " more\n";
}

}  // namespace

std::string describe(const Finding& finding) {
    std::string text;
    const auto add = [&](const std::string& part, const char* separator) {
        if (part.empty()) return;
        if (!text.empty()) text += separator;
        text += part;
    };
    add(finding.file, "");
    if (finding.place) add(describe(*finding.place), ": ");
    add(finding.resource, ", ");
    add(finding.what, ": ");
    return text;
}

std::int64_t ImportReport::taken() const {
    std::int64_t sum = 0;
    for (const auto& [type, counts] : types)
        sum += counts.added + counts.changed + counts.unchanged;
    return sum;
}

bool ImportReport::clean() const {
    return refused == 0 && unreadable == 0 && orphans.empty() && !stopped;
}

void print_report(std::ostream& out, const ImportReport& report) {
    for (const auto& [type, counts] : report.types)
        out << line_of(type, counts) << '\n';
    if (report.types.empty()) out << "nothing taken\n";
    if (report.outside_window > 0)
        out << "outside the schedule window (yesterday to 14 days ahead): "
            << report.outside_window << '\n';
    if (report.without_time > 0)
        out << "appointments without a time yet: " << report.without_time << '\n';
    if (!report.unused.empty()) {
        out << "not used by the kiosk:";
        const char* separator = " ";
        for (const auto& [type, number] : report.unused) {
            out << separator << number << ' ' << type;
            separator = ", ";
        }
        out << '\n';
    }
    print_findings(out, report, Finding::Kind::unreadable, report.unreadable,
                   "could not be read");
    print_findings(out, report, Finding::Kind::refused, report.refused, "refused");
    if (!report.orphans.empty()) {
        out << "taken back for a patient who is in no file and not in the store ("
            << report.orphans.size() << ")\n";
        for (const auto& id : report.orphans) out << "  Appointment/" << id << '\n';
    }
    print_findings(out, report, Finding::Kind::remark, report.remarks, "remarks");
    if (report.stopped)
        out << "stopped: " << report.stopped->what
            << "; what is counted above is kept, the rest was not read\n";
}

std::string report_json(const ImportReport& report) {
    using nlohmann::json;
    json types = json::object();
    for (const auto& [type, counts] : report.types)
        types[type] = {{"added", counts.added},
                       {"changed", counts.changed},
                       {"unchanged", counts.unchanged},
                       {"refused", counts.refused}};
    json findings = json::array();
    for (const auto& finding : report.findings) {
        json each = {{"kind", name_of(finding.kind)}, {"what", finding.what}};
        if (!finding.file.empty()) each["file"] = finding.file;
        if (!finding.resource.empty()) each["resource"] = finding.resource;
        if (finding.place) {
            each["line"] = finding.place->line;
            each["offset"] = finding.place->offset;
            if (finding.place->entry > 0) each["entry"] = finding.place->entry;
        }
        findings.push_back(std::move(each));
    }
    json whole = {{"types", std::move(types)},
                  {"unused", report.unused},
                  {"outsideWindow", report.outside_window},
                  {"withoutTime", report.without_time},
                  {"orphans", report.orphans},
                  {"refused", report.refused},
                  {"remarks", report.remarks},
                  {"unreadable", report.unreadable},
                  {"findings", std::move(findings)},
                  {"bytes", report.bytes},
                  {"stopped", nullptr}};
    if (report.stopped)
        whole["stopped"] = {{"code", name(report.stopped->code)},
                            {"what", report.stopped->what}};
    // A file's path may be no UTF-8; everything else here is ASCII.
    return whole.dump(2, ' ', false, json::error_handler_t::replace);
}

}  // namespace foyer
