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
/// needs no record of its own. `not_found` when the Bundle creates nothing under a
/// condition, `bad_input` when it is none.
Result<std::string> anchor_of(std::string_view bundle);

/// A resource of the server that a unit changes: its JSON as the server has it, and its
/// version.
struct Contended {
    std::string type, id, json, version;
};

/// Whether what a unit writes is marked as under 42 CFR Part 2 (sync.md decision 10):
/// meta.security 42CFRPart2 and R, as on the forms.
enum class Label { none, part2 };

/// How a Task names the patient and the visit.
enum class Names {
    references,   ///< "Patient/17": the usual way
    identifiers,  ///< by `urn:foyer:id|Patient/17`: where the server refuses the other
};

/// The Bundles of the acts. Each is one transaction of at most 8 entries, every create
/// conditional on `urn:foyer:op|<unit>/<role>` (identifier, or meta.tag where R4 has no
/// identifier; sync.md decision 1). `bad_input`: the body lacks something; the unit is
/// parked. docs/fhir-mapping.md lists what is written.
///
/// check-in (one patient): PUT Appointment `arrived` with our participant `accepted`
/// (left out when `appointment` is none or says so already), POST Provenance, an
/// Encounter if the site wants one or the service takes attendance, and there the
/// Observation sign-in. check-in (several patients, by the unit or by the
/// Appointment as it is now): POST Provenance, POST Encounter of the patient, POST
/// Observation sign-in; the Appointment is not touched (decision 5). The Provenance is
/// the anchor in every case: it says which kiosk and when.
Result<std::string> check_in_bundle(const Unit& unit, const Speaker& speaker,
                                    const Site& site,
                                    const std::optional<Contended>& appointment,
                                    Label label = Label::none);
/// PUT Appointment `checked-in` (R4: all administrative work is complete), POST
/// Provenance; of several patients, or when it says so already, the Provenance alone.
Result<std::string> paperwork_bundle(const Unit& unit, const Speaker& speaker,
                                     const Site& site,
                                     const std::optional<Contended>& appointment,
                                     Label label = Label::none);
/// That this kiosk knows of the same act as another one, which the server heard of
/// first, at an earlier trusted time: a Provenance `<unit>/provenance-<device>`.
Result<std::string> earlier_bundle(const Unit& unit, const Speaker& speaker,
                                   Label label = Label::none);
/// One event of attendance (sync.md decision 5): POST Observation, which is the anchor
/// and which nobody changes, and POST Provenance. It names the Encounter by identifier:
/// the check-in that makes it may come later. An amendment is another Observation, with
/// what it amends in `derivedFrom`.
Result<std::string> attendance_bundle(const Unit& unit, const Speaker& speaker,
                                      Label label = Label::none,
                                      Names names = Names::references);
/// The signature on the sheet of a sign-in: POST Provenance with `signature`, of the
/// Appointment and of the Observation that the check-in's unit makes.
Result<std::string> signature_bundle(const Unit& unit, const Speaker& speaker,
                                     Label label = Label::none,
                                     Names names = Names::references);
/// A session is over: PUT Encounter `finished` with its period and statusHistory, every
/// other byte as it was; or POST it where nobody told of a check-in; and POST
/// Provenance, the anchor, which names the facilitator.
Result<std::string> attendance_close_bundle(
    const Unit& unit, const Speaker& speaker,
    const std::optional<Contended>& encounter = {}, Label label = Label::none);
/// A stat Task with the answer in it (`input`) and the patient by id; refers to nothing
/// that is not at the server (decision 7).
Result<std::string> safety_bundle(const Unit& unit, const Speaker& speaker,
                                  const Site& site, Label label = Label::none,
                                  Names names = Names::references);
/// A Task for the front desk: no match, late, help, refused form, conflict, parked
/// unit. Its words say nothing of what a patient comes for.
Result<std::string> desk_bundle(const Unit& unit, const Speaker& speaker,
                                const Site& site, Label label = Label::none,
                                Names names = Names::references);
/// contact-confirmed: a Provenance of the Patient. contact: a Task with intent
/// `proposal` and the new values; with `[server] direct_contact` and a `patient`, the
/// Patient changed in place, and a Provenance.
Result<std::string> contact_bundle(const Unit& unit, const Speaker& speaker,
                                   const Site& site,
                                   const std::optional<Contended>& patient);
/// An AuditEvent that carries a segment of the log.
Result<std::string> audit_bundle(const Unit& unit, const Speaker& speaker,
                                 const Site& site);
/// This kiosk as a Device: made, or `known` changed; and a Provenance.
Result<std::string> device_bundle(const Unit& unit, const Speaker& speaker,
                                  const Site& site,
                                  const std::optional<Contended>& known = {});
/// The Bundle of a form unit, byte for byte. `bad_input` if it has more than 8 entries.
Result<std::string> form_bundle(const Unit& unit);

/// `bundle` for a server that does not take every type (decision 12): a resource of a
/// refused type goes as a DocumentReference with the resource attached, under the same
/// identifier; a refused Provenance or Encounter is left out, and what refers to it
/// says so no more. `not_found` when nothing is left, `refused` when what is left would
/// not say what happened, as with a Task.
Result<std::string> within_abilities(std::string_view bundle,
                                     const std::vector<std::string>& refused_types);

}  // namespace foyer
