#include "sync/clinic/ledger_csv.h"

#include <algorithm>
#include <initializer_list>

namespace foyer {

namespace {

void add_line(std::string& csv, std::initializer_list<std::string_view> cells) {
    for (const auto& cell : cells) {
        if (&cell != cells.begin()) csv += ',';
        csv += csv_cell(cell);
    }
    csv += "\r\n";
}

const char* yes_or_no(bool yes) {
    return yes ? "yes" : "no";
}

}  // namespace

bool is_part2(const Part2Settings& part2, Service service) {
    return std::ranges::count(part2.services, service) > 0;
}

std::string csv_cell(std::string_view value) {
    std::string cell;
    if (!value.empty() &&
        std::string_view("=+-@\t\r\n").find(value.front()) != std::string_view::npos)
        cell = "'";
    cell += value;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string ledger_csv(const std::vector<LedgerOf>& ledgers,
                       const Part2Settings& part2) {
    std::string csv;
    add_line(csv, {"patient", "program", "day", "counted_minutes", "excluded_minutes",
                   "services", "two_levels", "sign_out_missing", "doubtful", "notice"});
    for (const LedgerOf& ledger : ledgers)
        for (const LedgerDay& day : ledger.days)
            add_line(csv, {ledger.patient, code(ledger.program), format_date(day.day),
                           std::to_string(day.counted.count()),
                           std::to_string(day.excluded.count()),
                           std::to_string(day.services), yes_or_no(day.two_levels),
                           yes_or_no(day.open), yes_or_no(day.doubtful),
                           is_part2(part2, ledger.program) ? part2_notice : ""});
    return csv;
}

}  // namespace foyer
