#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/result.h"
#include "sync/fhir/bundle_reader.h"

namespace foyer {

/// A resource on a page, as the server wrote it.
struct PageResource {
    std::string type, id;  ///< as far as it says them
    std::string version;   ///< meta.versionId
    std::optional<Instant> updated;
    std::string full_url;
    std::string json;
    FilePlace place;
    std::string label() const { return id.empty() ? type : type + "/" + id; }
};

/// A searchset, or a single resource that was read by its address.
struct Page {
    std::vector<PageResource> resources;
    std::vector<std::string> refused;  ///< entries that cannot be read, and why
    std::string next;                  ///< empty: this is the last
};

/// Reads the body of an answer. `bad_input` when it is no FHIR JSON or is cut off: a
/// proxy's page, a broken connection. A single resource counts only where one was asked
/// for.
Result<Page> read_page(const std::string& body, bool single = false);

}  // namespace foyer
