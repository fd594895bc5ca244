#pragma once

#include <span>

#include "sync/records/database.h"

namespace foyer {

/// The SQL of schema/*.sql, in order; built into the program.
std::span<const char* const> migrations();

/// Applies what `database` has not seen yet and notes how far it got (user_version),
/// inside the caller's transaction. `refused` when a newer program made the database.
Result<void> migrate(Database& database);

}  // namespace foyer
