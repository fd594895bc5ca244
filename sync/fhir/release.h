#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/records/store.h"

namespace foyer {

/// A patient's release of information (an active Consent) that holds now.
struct Release {
    std::string consent;  ///< FHIR id
    /// Who may be told, as the Consent names them: "Rosa Diallo", "mother". Empty where
    /// it names nobody: then the form itself has to be looked at.
    std::vector<std::string> whom;
};

/// The releases of a patient, by FHIR id, among the Consents held here: status active,
/// a category of the site's (Site::release_codes), in force on this day of the site,
/// and permitting: by its root rule, by a policy that is no OPTOUT (R4 leaves the root
/// rule's type out), or by a nested rule.
Result<std::vector<Release>> releases_of(Store& store, std::string_view patient,
                                         Date day, const Site& site);

}  // namespace foyer
