#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "sync/clinic/site.h"
#include "sync/records/outbox.h"

namespace foyer {

/// What speaks in every resource: which kiosk, of which site.
struct Speaker {
    std::string site_id;
    int device_index = 0;
    std::string device_name;
    /// "clinic/3": the value of `urn:foyer:device` identifiers.
    std::string device() const;
};
Speaker speaker_of(const Site& site);

/// What a unit is looked for by: "Provenance?_tag=urn:foyer:op|…/provenance", encoded.
/// It is what the If-None-Exist of the first thing that the Bundle creates says, and so
/// needs no record of its own.
Result<std::string> anchor_of(std::string_view bundle);

/// A resource of the server that a unit changes: its JSON as the server has it, and its
/// version.
struct Contended {
    std::string type, id, json, version;
};

/// The Bundles of the acts. Each is one transaction of at most 8 entries, every create
/// conditional on `urn:foyer:op|<unit>/<role>` (identifier, or meta.tag where R4 has no
/// identifier; sync.md decision 1). `bad_input`: the body lacks something; the unit is
/// parked.
///
/// check-in (one patient): PUT Appointment `arrived` with our participant `accepted`
/// (left out when `appointment` is none: the goal holds already), POST Provenance, and
/// an Encounter if the site wants one. check-in (several patients): POST Encounter of
/// the patient, POST Observation sign-in, POST Provenance; the Appointment is not
/// touched (decision 5).
Result<std::string> check_in_bundle(const Unit& unit, const Speaker& speaker,
                                    const Site& site,
                                    const std::optional<Contended>& appointment);
/// PUT Appointment `checked-in` (R4: all administrative work is complete).
Result<std::string> paperwork_bundle(const Unit& unit, const Speaker& speaker,
                                     const Site& site,
                                     const std::optional<Contended>& appointment);
/// A stat Task with the answer contained and the patient by id; refers to nothing that
/// is not at the server (decision 7).
Result<std::string> safety_bundle(const Unit& unit, const Speaker& speaker,
                                  const Site& site);
/// A Task for the front desk: no match, late, help, refused form, conflict, parked
/// unit.
Result<std::string> desk_bundle(const Unit& unit, const Speaker& speaker,
                                const Site& site);
/// A Task with intent `proposal` and the new values; with `[server] direct_contact` the
/// Patient changed in place.
Result<std::string> contact_bundle(const Unit& unit, const Speaker& speaker,
                                   const Site& site,
                                   const std::optional<Contended>& patient);
/// An AuditEvent that carries a segment of the log.
Result<std::string> audit_bundle(const Unit& unit, const Speaker& speaker,
                                 const Site& site);
/// This kiosk as a Device, made or changed.
Result<std::string> device_bundle(const Unit& unit, const Speaker& speaker,
                                  const Site& site);

}  // namespace foyer
