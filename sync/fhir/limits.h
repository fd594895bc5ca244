#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace foyer::import_limits {

// How much of a file may be in memory at once. The largest resource of the types a
// kiosk uses is a Questionnaire; the largest published one seen is 0.9 MB. Photos
// inlined in a Patient reach some MB and are of no use here.
inline constexpr std::size_t resource_bytes = 4u << 20;
/// Base64 attachments and narratives are the only strings that come near this.
inline constexpr std::size_t string_bytes = 1u << 20;
/// FHIR's own types nest about 20 deep; Questionnaire groups add 2 a level.
inline constexpr int depth = 64;
/// One read of the file: large enough that system calls do not show, small beside the
/// rest.
inline constexpr std::size_t chunk_bytes = 256u << 10;
/// A reference or fullUrl; servers write about 100 characters.
inline constexpr std::size_t reference_bytes = 2048;
/// A Bundle's link; a server that repeats a search for 50 ids in it writes 3,000.
inline constexpr std::size_t link_bytes = 32u << 10;
/// A person's name; longer ones are cut. 300 characters must pass whole.
inline constexpr std::size_t name_bytes = 4000;

/// Resources in one transaction. A commit costs a disk sync (5 to 20 ms on a kiosk's
/// flash), so few are too slow; a running kiosk waits for the lock, so many are too
/// long: 500 hold it for about 50 ms.
inline constexpr int batch = 500;
/// Appointments that wait for a resource further down the same file. About 400 bytes
/// each.
inline constexpr std::size_t waiting = 100'000;
/// Addresses (`fullUrl`) remembered while a file is read. About 150 bytes each.
inline constexpr std::size_t addresses = 500'000;
/// Findings kept word for word; the rest is only counted. Nobody reads more.
inline constexpr std::size_t findings = 1000;
/// Kinds of unused resource told apart. R4 has 148.
inline constexpr std::size_t unused_kinds = 200;

/// Length of a visit whose end the clinic does not give.
inline constexpr std::chrono::minutes default_visit{60};

/// Progress is told every so many bytes.
inline constexpr std::int64_t progress_step = 1 << 20;

}  // namespace foyer::import_limits
