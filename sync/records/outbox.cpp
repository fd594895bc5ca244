#include "sync/records/outbox.h"

#include <array>
#include <nlohmann/json.hpp>
#include <uuid/uuid.h>

#include "sync/records/database.h"
#include "sync/records/sealed.h"

namespace foyer {

namespace {

// "foyer" under the URL namespace would do as well; this one is random, made once.
// Another namespace is another id for every act.
constexpr const char* namespace_of_units = "6f0a5b0e-6a53-4c0c-9d3e-2b8f5c1f7a41";
constexpr const char* table = "outbox";

std::optional<Alias> optional_alias(const Row& row, int column) {
    return row.null(column) ? std::nullopt : std::optional<Alias>(row.alias(column));
}

}  // namespace

std::string unit_id(std::string_view act) {
    uuid_t space, id;
    uuid_parse(namespace_of_units, space);
    uuid_generate_sha1(id, space, act.data(), act.size());
    std::array<char, UUID_STR_LEN> text{};
    uuid_unparse_lower(id, text.data());
    return text.data();
}

Result<void> queue(Database& database, const Unit& unit, const DeviceKeys& device,
                   const SiteKeys& site) {
    const Alias row = site.alias_of("Unit", unit.id);
    const std::string text = nlohmann::json{
        {"id", unit.id},
        {"body", unit.body},
        {"after", unit.after}}.dump();
    const auto sealed = seal({table, row.bytes}, text, device);
    std::optional<Alias> after;
    if (!unit.after.empty()) after = site.alias_of("Unit", unit.after);
    TRY(database.execute(R"sql(
        insert into outbox (unit, lane, at, visit, patient, sealed, after)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            on conflict (unit) do nothing
    )sql",
                         row, std::int64_t(unit.lane), unit.at, unit.visit,
                         unit.patient, sealed, after));
    return {};
}

Result<Unit> unit_from(const Row& row, const DeviceKeys& device) {
    const auto text = TRY(unseal({table, row.alias(0).bytes}, row.blob(5), device));
    const auto sealed = nlohmann::json::parse(text.view(), nullptr, false);
    if (!sealed.is_object() || !sealed.contains("id") || !sealed.contains("body"))
        return fail(Error::Code::corrupt, "records: a unit lacks its id or body");
    return Unit{.id = sealed["id"],
                .lane = Lane(row.integer(1)),
                .at = row.instant(2),
                .visit = optional_alias(row, 3),
                .patient = optional_alias(row, 4),
                .body = sealed["body"],
                .after = sealed.value("after", ""),
                .attempts = int(row.integer(6))};
}

const char* name(Lane lane) {
    switch (lane) {
        case Lane::safety:
            return "safety";
        case Lane::arrivals:
            return "arrivals";
        case Lane::attendance:
            return "attendance";
        case Lane::sign_ups:
            return "sign-ups";
        case Lane::consents:
            return "consents";
        case Lane::forms:
            return "forms";
        case Lane::contact:
            return "contact";
        case Lane::desk:
            return "desk";
        case Lane::audit:
            return "audit";
    }
    return "";
}

Result<std::vector<Unit>> waiting_units(Database& database, int at_most,
                                        const DeviceKeys& device) {
    return database.select([&](const Row& row) { return unit_from(row, device); },
                           R"sql(
        select unit, lane, at, visit, patient, sealed, attempts
          from outbox
         order by lane, seq
         limit ?1
    )sql",
                           at_most);
}

}  // namespace foyer
