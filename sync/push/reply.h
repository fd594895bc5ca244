#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer {

/// What a server answered to a transaction with 2xx.
struct Reply {
    bool whole = false;  ///< as many answers as there were entries, all of them 2xx
    /// The worst status of an entry that is not 2xx; 0 when that cannot be told.
    int status = 0;
    /// The first conditional create found what it would have made.
    bool was_there = false;
};
Reply reply_of(std::string_view request, std::string_view answer);

/// The resources of a search's answer, as they are written; without the server's
/// remarks on the search. Parts of `bundle`, which may be anything.
std::vector<std::string_view> resources_in(std::string_view bundle);

/// Whether a body is an OperationOutcome: a FHIR server speaks, not something between.
bool is_outcome(std::string_view body);

/// What a Provenance of ours says of the device it came from.
struct Teller {
    std::string device;  ///< "clinic/3"
    std::string at;
    bool trusted = true;
};
Teller teller_in(std::string_view provenance);

/// What a resource is looked for by, as in a search: "urn:foyer:op|<unit>/<role>", of
/// its identifiers and tags.
std::vector<std::string> keys_in(std::string_view resource);

}  // namespace foyer
