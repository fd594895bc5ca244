#include "tests/support/synthea_clinic.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <random>

namespace foyer {

namespace {

using nlohmann::json;
using std::chrono::days;
using std::chrono::minutes;

constexpr std::array families = {
    "Abbott", "Nguyễn",  "García",   "O'Brien", "Kowalski",  "Haddad",   "Kim",
    "Okafor", "Petrov",  "Silva",    "Yılmaz",  "Johansson", "Tanaka",   "Begay",
    "Mensah", "Rossi",   "Dubois",   "Novák",   "Popescu",   "Iyer",     "Hassan",
    "Cohen",  "Kealoha", "Andersen", "Müller",  "Lopez",     "Williams", "Chen",
};
constexpr std::array givens = {
    "Ada",  "Binh",  "Carlos", "Deirdre", "Ewa",    "Farid",   "Grace", "Hana",
    "Ivan", "Joana", "Kemal",  "Lena",    "Mei",    "Nizhoni", "Osei",  "Paola",
    "Rémi", "Sofia", "Tomás",  "Uma",     "Viktor", "Wanda",   "Yuki",  "Zainab",
};
constexpr std::array services = {"individual", "medication", "family",
                                 "case-management", "aftercare"};
constexpr std::array rooms = {"room-1", "room-2", "room-3", "room-4"};

class Writer {
public:
    Writer(std::ostream& out, const SyntheaClinic& clinic, const SiteTime& time)
        : out_(out), clinic_(clinic), time_(time), random_(clinic.seed) {}

    void write();

private:
    /// Below `count`. Not std::uniform_int_distribution: its numbers differ by library.
    std::size_t below(std::size_t count) { return std::size_t(random_() % count); }
    template <class List>
    const auto& any(const List& list) {
        return list[below(list.size())];
    }
    void put(const std::string& resource);
    std::string patient(std::size_t number);
    void visit(const std::string& id, Date day, int from, int length,
               const char* service, const std::vector<std::string>& patients);

    std::ostream& out_;
    const SyntheaClinic& clinic_;
    const SiteTime& time_;
    std::mt19937_64 random_;
    bool first_ = true;
    std::vector<std::string> patient_ids_, practitioner_ids_;
};

void Writer::put(const std::string& resource) {
    if (clinic_.lines) {
        out_ << resource << '\n';
        return;
    }
    out_ << (first_ ? "" : ",") << "\n{\"resource\":" << resource << '}';
    first_ = false;
}

/// Answers the id and writes the patient.
std::string Writer::patient(std::size_t number) {
    if (number < clinic_.patient_lines.size()) {
        const auto& line = clinic_.patient_lines[number];
        put(line);
        return json::parse(line).at("id").get<std::string>();
    }
    const auto id = "made-up-" + std::to_string(number);
    // Numbers keep names apart, as Synthea's own do.
    const auto family = any(families) + std::to_string(below(1000));
    char born[16];
    std::snprintf(born, sizeof born, "%04d-%02d-%02d", int(1935 + below(72)),
                  int(1 + below(12)), int(1 + below(28)));
    char phone[16];
    std::snprintf(phone, sizeof phone, "555-%03d-%04d", int(below(1000)),
                  int(below(10000)));
    put(R"({"resourceType":"Patient","id":")" + id +
        R"(","name":[{"use":"official","family":")" + family + R"(","given":[")" +
        any(givens) + R"("]}],"telecom":[{"system":"phone","use":"mobile","value":")" +
        phone + R"("}],"birthDate":")" + born + "\"}");
    return id;
}

void Writer::visit(const std::string& id, Date day, int from, int length,
                   const char* service, const std::vector<std::string>& patients) {
    std::string participants;
    const auto add = [&](const std::string& type, const std::string& who) {
        participants += (participants.empty() ? "" : ",") +
                        std::string(R"({"actor":{"reference":")") + type + "/" + who +
                        R"("},"status":"accepted"})";
    };
    for (const auto& each : patients) add("Patient", each);
    add("Practitioner", any(practitioner_ids_));
    add("Location", any(rooms));
    put(R"({"resourceType":"Appointment","id":")" + id +
        R"(","status":"booked","serviceType":[{"coding":[{"system":"urn:foyer:service",)"
        R"("code":")" +
        service + R"("}]}],"start":")" + format_instant(time_.at(day, minutes(from))) +
        R"(","end":")" + format_instant(time_.at(day, minutes(from + length))) +
        R"(","participant":[)" + participants + "]}");
}

void Writer::write() {
    if (!clinic_.lines)
        out_ << R"({"resourceType":"Bundle","type":"collection","entry":[)";
    for (const char* room : rooms)
        put(R"({"resourceType":"Location","id":")" + std::string(room) +
            R"(","name":"Room )" + room[5] + "\"}");
    for (const auto& line : clinic_.practitioner_lines) {
        put(line);
        practitioner_ids_.push_back(json::parse(line).at("id").get<std::string>());
    }
    if (practitioner_ids_.empty()) {
        practitioner_ids_.emplace_back("dana");
        put(R"({"resourceType":"Practitioner","id":"dana","name":[{"given":["Dana"]}]})");
    }
    for (std::size_t i = 0; i < clinic_.patients; ++i)
        patient_ids_.push_back(patient(i));
    if (patient_ids_.empty()) return;

    visit("first-today", clinic_.today, 10 * 60, 50, "individual", {patient_ids_[0]});
    const auto first_day = std::chrono::sys_days(clinic_.today) - days(1);
    constexpr std::size_t window = 16;
    for (std::size_t day = 0; day < window; ++day) {
        std::vector<std::string> group;
        for (std::size_t i = 0; i < 12 && i < patient_ids_.size(); ++i) {
            const auto& id = patient_ids_[(day + i * 7) % patient_ids_.size()];
            if (std::find(group.begin(), group.end(), id) == group.end())
                group.push_back(id);
        }
        visit("program-" + std::to_string(day), first_day + days(int(day)), 11 * 60,
              180, "php", group);
    }
    const auto visits = std::size_t(clinic_.visits_each * double(clinic_.patients));
    for (std::size_t i = 0; i < visits; ++i) {
        std::chrono::sys_days day;
        do day = first_day + days(int(below(window)));
        while (std::chrono::weekday(day) == std::chrono::Saturday ||
               std::chrono::weekday(day) == std::chrono::Sunday);
        const int from = 8 * 60 + int(below(36)) * 15;
        visit("visit-" + std::to_string(i), day, from, 50, any(services),
              {patient_ids_[i % patient_ids_.size()]});
    }
    if (!clinic_.lines) out_ << "\n]}\n";
}

Result<std::vector<std::string>> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    if (!in) return fail(Error::Code::not_found, file.string() + " cannot be opened");
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) lines.push_back(line);
    return lines;
}

}  // namespace

Result<void> read_synthea(const std::filesystem::path& folder, SyntheaClinic& clinic) {
    clinic.patient_lines = TRY(lines_of(folder / "synthea-Patient.ndjson"));
    clinic.practitioner_lines = TRY(lines_of(folder / "synthea-Practitioner.ndjson"));
    return {};
}

void write_clinic(std::ostream& out, const SyntheaClinic& clinic,
                  const SiteTime& time) {
    Writer(out, clinic, time).write();
}

}  // namespace foyer
