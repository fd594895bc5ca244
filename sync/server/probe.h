#pragma once

#include <string>
#include <vector>

#include "sync/server/fhir_server.h"

namespace foyer {

/// What the clinic's server was found to do, by trying (sync.md, "Server support"): a
/// CapabilityStatement is not enough. Kept in the records (Store::memo "probe") and
/// tried again daily, and when the address or the server's software version changes.
struct Abilities {
    bool atomic = false;              ///< a transaction that fails leaves nothing
    bool refuses_stale = false;       ///< PUT with an old If-Match: 409 or 412
    bool conditional_create = false;  ///< the second identical create makes nothing
    bool tag_search = false;          ///< `_tag`, for what has no identifier
    bool last_updated = false;        ///< `_lastUpdated` and sorting by it
    int entries =
        0;  ///< conditional entries taken in one transaction; 8 is all we need
    /// Resource types whose creation the CapabilityStatement does not offer.
    std::vector<std::string> refused_types;
    std::string software;  ///< "HAPI FHIR Server 8.4.0"; empty: it does not say
    Instant at{};

    /// Whether a booking may be called confirmed.
    bool can_confirm_seats() const {
        return atomic && refuses_stale && conditional_create;
    }
    bool takes(std::string_view type) const;
};

/// Each finding as a line for `foyer doctor`: what was tried, whether it held, and what
/// follows for the clinic if it did not.
struct ProbeLine {
    bool good = false;
    std::string what;
    std::string follows;  ///< empty if good
};
std::vector<ProbeLine> lines_of(const Abilities& abilities);

/// Tries the server out with one Task of its own, `urn:foyer:probe|<device>`, whose
/// status is entered-in-error; it leaves nothing else behind. Fails when the server
/// cannot be reached or lets nobody in.
Result<Abilities> probe(FhirServer& server, const std::string& device);

/// For Store::memo.
std::string to_text(const Abilities& abilities);
Result<Abilities> abilities_from(std::string_view text);

}  // namespace foyer
