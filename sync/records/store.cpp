#include "sync/records/store.h"

#include <algorithm>
#include <system_error>

#include "sync/records/inside.h"
#include "sync/records/migrations.h"

namespace foyer {

namespace {

namespace fs = std::filesystem;

constexpr const char* file_name = "foyer.db";

/// The check value is the site key's id under the device's sealing key: it opens only
/// under the keys of both kinds that the database was made with.
constexpr Alias check_row{};

struct Check {
    Bytes key_id, sealed;
};

Result<void> make_directory(const fs::path& directory) {
    std::error_code error;
    if (fs::is_directory(directory, error)) return {};
    fs::create_directories(directory, error);
    if (error)
        return fail(error == std::errc::no_space_on_device ? Error::Code::disk_full
                                                           : Error::Code::read_only,
                    "records: " + directory.string() + ": " + error.message());
    fs::permissions(directory, fs::perms::owner_all, error);
    return {};
}

Result<std::optional<Check>> stored_check(Database& database) {
    return database.select_one(
        [](const Row& row) -> Result<Check> {
            const auto id = row.blob(0);
            const auto sealed = row.blob(1);
            return Check{{id.begin(), id.end()}, {sealed.begin(), sealed.end()}};
        },
        "select key_id, sealed from meta where id = 1");
}

Result<void> write_check(Database& database, const DeviceKeys& device,
                         const SiteKeys& site) {
    const std::string text(site.id().begin(), site.id().end());
    const auto sealed = seal({"meta", check_row.bytes}, text, device);
    TRY(database.execute("insert into meta (id, key_id, sealed) values (1, ?1, ?2)",
                         std::span<const std::uint8_t>(device.id()), sealed));
    return {};
}

Result<void> compare_check(const Check& check, const DeviceKeys& device,
                           const SiteKeys& site) {
    if (!std::ranges::equal(check.key_id, device.id()))
        return fail(Error::Code::wrong_key,
                    "records: they were made under another device key");
    const auto text = TRY(unseal({"meta", check_row.bytes}, check.sealed, device));
    if (!std::ranges::equal(text.view(), site.id(), [](char a, std::uint8_t b) {
            return std::uint8_t(a) == b;
        }))
        return fail(Error::Code::wrong_key,
                    "records: they were made under another site key");
    return {};
}

Result<bool> up_to_date(Database& database) {
    const auto version = TRY(database.select_one(
        [](const Row& row) -> Result<std::int64_t> { return row.integer(0); },
        "pragma user_version"));
    return *version == std::int64_t(migrations().size());
}

/// New tables, keys and log in one transaction, so that a power cut leaves nothing half
/// made.
Result<void> prepare(Database& database, const DeviceKeys& device,
                     const SiteKeys& site) {
    if (!TRY(up_to_date(database))) {
        auto transaction = TRY(Transaction::begin(database));
        TRY(migrate(database));
        if (!TRY(stored_check(database))) {
            TRY(write_check(database, device, site));
            TRY(begin_audit_log(database, device));
        }
        TRY(transaction.commit());
    }
    const auto check = TRY(stored_check(database));
    if (!check)
        return fail(Error::Code::corrupt, "records: their key check is missing");
    return compare_check(*check, device, site);
}

}  // namespace

Result<Store> Store::open(const fs::path& directory, DeviceKeys device, SiteKeys site,
                          SiteTime time, int device_index,
                          std::chrono::milliseconds wait) {
    TRY(make_directory(directory));
    const fs::path file = directory / file_name;
    auto database = TRY(Database::open(file, Database::Access::read_write, wait));
    TRY(prepare(database, device, site));
    Store store(
        std::make_unique<Inside>(Inside{file, std::move(database), std::move(device),
                                        std::move(site), time, device_index}));
    TRY(store.inside_->recall_clock());
    return Result<Store>(std::move(store));
}

Store::Store(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<std::vector<Unit>> Store::waiting_units(int at_most) {
    return foyer::waiting_units(inside_->database, at_most, inside_->device);
}

// What the parts share: inside.h.

Result<PlainText> Store::Inside::open(std::string_view table, const Alias& row,
                                      std::span<const std::uint8_t> sealed) const {
    return unseal({table, row.bytes}, sealed, device);
}

Bytes Store::Inside::seal(std::string_view table, const Alias& row,
                          std::string_view text) const {
    return foyer::seal({table, row.bytes}, text, device);
}

Alias Store::Inside::visit_row(std::string_view appointment,
                               std::string_view patient) const {
    return site.alias_of("Visit",
                         std::string(appointment) + "|" + std::string(patient));
}

Alias Store::Inside::slip_alias(const SealedVisit& visit) const {
    return site.alias_of("Appointment", visit.shared
                                            ? visit.appointment + "|" + visit.patient
                                            : visit.appointment);
}

Result<void> Store::Inside::audit(AuditAction action, Instant at,
                                  std::optional<Alias> subject) {
    return append(database, {at, action, subject, device_index}, device);
}

}  // namespace foyer
