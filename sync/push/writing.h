#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/push/act.h"
#include "sync/push/resources.h"

namespace foyer {

/// Our own code systems and extensions; docs/fhir-mapping.md lists their codes.
namespace ours {
inline constexpr const char* operation = "urn:foyer:op";
inline constexpr const char* arrival = "urn:foyer:arrival";
inline constexpr const char* device = "urn:foyer:device";
inline constexpr const char* act = "urn:foyer:act";
inline constexpr const char* task = "urn:foyer:task";
inline constexpr const char* reason = "urn:foyer:reason";
inline constexpr const char* safety = "urn:foyer:safety";
inline constexpr const char* observation = "urn:foyer:observation";
inline constexpr const char* attendance = "urn:foyer:attendance";
inline constexpr const char* attendance_method = "urn:foyer:attendance-method";
inline constexpr const char* attested = "urn:foyer:attested";
inline constexpr const char* by_hand = "urn:foyer:by-hand";
inline constexpr const char* amends = "urn:foyer:amends";
inline constexpr const char* session = "urn:foyer:session";
inline constexpr const char* service = "urn:foyer:service";
inline constexpr const char* sign_up = "urn:foyer:sign-up";
inline constexpr const char* clock = "urn:foyer:clock";
inline constexpr const char* clock_quality = "urn:foyer:clock-quality";
inline constexpr const char* call_name = "urn:foyer:call-name";
inline constexpr const char* late = "urn:foyer:late";
inline constexpr const char* id = "urn:foyer:id";
inline constexpr const char* identity = "urn:foyer:identity";
}  // namespace ours

namespace r4 {
using Json = nlohmann::ordered_json;

Json coding(std::string_view system, std::string_view code, std::string_view display);
/// A CodeableConcept of `codings` with a text.
Json concept_of(std::vector<Json> codings, std::string_view text);
Json reference(std::string_view type, std::string_view id);
/// By `urn:foyer:id` where the server does not take a reference.
Json named(std::string_view type, std::string_view id, Names names);
/// JSON text; what is no UTF-8 is replaced.
std::string dumped(const Json& value);
}  // namespace r4

/// One entry of a transaction, its resource as JSON text.
struct Entry {
    std::string method, url;
    std::string resource;
    std::string full_url = {};
    std::string if_none_exist = {};
    std::string if_match = {};  ///< version
};
std::string transaction_of(const std::vector<Entry>& entries);

/// Writes the resources of one unit: what they have in common.
class Writing {
public:
    Writing(const Unit& unit, const Act& act, const Speaker& speaker, Label label)
        : unit_(unit), act_(act), speaker_(speaker), label_(label) {}

    /// "urn:uuid:...": the same for the same unit and role.
    std::string full_url(std::string_view role) const;
    std::string key(std::string_view role) const;
    r4::Json identifier(std::string_view role) const;
    /// The device that the act was done at, by identifier only.
    r4::Json device() const;
    r4::Json patient(Names names = Names::references) const;

    /// A resource of `type` with its meta; `tagged` with the role when it is a type
    /// without identifier.
    r4::Json resource(std::string_view type, std::string_view role, bool tagged) const;
    /// POST unless it is there.
    Entry create(const r4::Json& resource, std::string_view role) const;
    /// PUT if it is still the version that was read.
    static Entry update(const Contended& contended, std::string json);

    struct Told {
        std::string role = "provenance";
        std::vector<std::string> targets = {};  ///< references
        std::string operation;  ///< of v3-DataOperation: "CREATE", "UPDATE"
        std::string act;        ///< of urn:foyer:act
        std::string text;
        std::string by = {};  ///< staff, by name; empty: the patient did it
        Names names = Names::references;
    };
    /// Who did it, at which kiosk, and when.
    r4::Json provenance(const Told& told) const;

private:
    const Unit& unit_;
    const Act& act_;
    const Speaker& speaker_;
    Label label_;
};

}  // namespace foyer
