#include "sync/records/migrations.h"

namespace foyer {

Result<void> migrate(Database& database) {
    const auto all = migrations();
    const auto applied = TRY(database.select_one(
        [](const Row& row) -> Result<std::int64_t> { return row.integer(0); },
        "pragma user_version"));
    const auto known = std::int64_t(all.size());
    if (*applied == known) return {};
    if (*applied > known)
        return fail(Error::Code::refused,
                    "the records were made by a newer version of this program");

    for (auto next = *applied; next < known; ++next)
        TRY(database.script(all[std::size_t(next)]));
    return database.script("pragma user_version = " + std::to_string(known));
}

}  // namespace foyer
