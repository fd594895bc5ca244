#include "sync/seats/seat_resources.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/raw_json.h"
#include "sync/server/fhir_server.h"

namespace foyer {

namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;

constexpr const char* op_system = "urn:foyer:op";
constexpr const char* device_system = "urn:foyer:device";
constexpr const char* lease_url = "urn:foyer:lease";
constexpr const char* asked_url = "urn:foyer:asked";
constexpr const char* offer_url = "urn:foyer:offer";
constexpr const char* left_url = "urn:foyer:left";
constexpr const char* missed_url = "urn:foyer:missed";
constexpr const char* released_url = "urn:foyer:released";
constexpr const char* counted_url = "urn:foyer:counted";
constexpr std::string_view appointment_role = "/appointment";

Result<json> resource_in(std::string_view text, std::string_view type) {
    auto parsed = parse_json(text);
    if (!parsed || text_of(*parsed, "resourceType") != type ||
        text_of(*parsed, "id").empty())
        return fail(Error::Code::bad_input,
                    "the server's answer is no " + std::string(type));
    return std::move(*parsed);
}

/// "17" of "Slot/17" or "http://server/fhir/Slot/17"; empty for another type.
std::string id_in(std::string_view reference, std::string_view type) {
    const auto place = reference.rfind('/');
    if (place == std::string_view::npos) return {};
    const auto before = reference.substr(0, place);
    const bool same = before == type || before.ends_with("/" + std::string(type));
    return same ? std::string(reference.substr(place + 1)) : std::string();
}

std::string reference_in(const json& object, const char* name) {
    const json* reference = object_of(object, name);
    return reference ? std::string(text_of(*reference, "reference")) : std::string();
}

Instant instant_in(const json& object, const char* name) {
    return parse_instant(text_of(object, name)).value_or(Instant());
}

const json* extension_in(const json& object, std::string_view url) {
    for (const json* extension : objects_of(object, "extension"))
        if (text_of(*extension, "url") == url) return extension;
    return nullptr;
}

bool says_yes(const json& object, std::string_view url) {
    const json* extension = extension_in(object, url);
    return extension && is_true(*extension, "valueBoolean");
}

void read_meta(const json& resource, std::string& version, Instant* updated) {
    const json* meta = object_of(resource, "meta");
    if (!meta) return;
    version = text_of(*meta, "versionId");
    if (updated) *updated = instant_in(*meta, "lastUpdated");
}

std::optional<SeatHolder> holder_in(const json& slot) {
    const json* lease = extension_in(slot, lease_url);
    if (!lease) return std::nullopt;
    const json* device = extension_in(*lease, "device");
    const json* expires = extension_in(*lease, "expires");
    if (!device || !expires) return std::nullopt;
    const json* reference = object_of(*device, "valueReference");
    const json* identifier = reference ? object_of(*reference, "identifier") : nullptr;
    if (!identifier) return std::nullopt;
    return SeatHolder{std::string(text_of(*identifier, "value")),
                      instant_in(*expires, "valueInstant")};
}

std::optional<AskedAt> asked_in(const json& appointment) {
    const json* asked = extension_in(appointment, asked_url);
    if (!asked) return std::nullopt;
    const json* at = extension_in(*asked, "at");
    const json* clock = extension_in(*asked, "clock");
    const json* order = extension_in(*asked, "order");
    if (!at || !order) return std::nullopt;
    const bool trusted =
        clock && text_of(*clock, "valueCode") == code(ClockQuality::trusted);
    return AskedAt{instant_in(*at, "valueInstant"),
                   trusted ? ClockQuality::trusted : ClockQuality::untrusted,
                   instant_in(*order, "valueInstant"), says_yes(*asked, "here")};
}

std::optional<SeatOffer> offer_in(const json& appointment) {
    const json* offer = extension_in(appointment, offer_url);
    const json* until = offer ? extension_in(*offer, "until") : nullptr;
    if (!until) return std::nullopt;
    return SeatOffer{instant_in(*until, "valueInstant"), says_yes(*offer, "accepted")};
}

std::optional<Instant> time_in(const json& appointment, const char* url) {
    const json* time = extension_in(appointment, url);
    return time ? std::optional(instant_in(*time, "valueInstant")) : std::nullopt;
}

ordered extension_of(const AskedAt& asked) {
    ordered parts = {{{"url", "at"}, {"valueInstant", format_instant(asked.at)}},
                     {{"url", "clock"}, {"valueCode", code(asked.clock)}},
                     {{"url", "order"}, {"valueInstant", format_instant(asked.order)}}};
    if (asked.here) parts.push_back({{"url", "here"}, {"valueBoolean", true}});
    return {{"url", asked_url}, {"extension", std::move(parts)}};
}

ordered extension_of(const SeatOffer& offer) {
    ordered parts = ordered::array(
        {{{"url", "until"}, {"valueInstant", format_instant(offer.until)}}});
    if (offer.accepted) parts.push_back({{"url", "accepted"}, {"valueBoolean", true}});
    return {{"url", offer_url}, {"extension", std::move(parts)}};
}

ordered extension_of(const SeatHolder& holder) {
    const ordered device = {
        {"type", "Device"},
        {"identifier", {{"system", device_system}, {"value", holder.device}}}};
    return {{"url", lease_url},
            {"extension",
             {{{"url", "device"}, {"valueReference", device}},
              {{"url", "expires"}, {"valueInstant", format_instant(holder.expires)}}}}};
}

/// Without one of its members; `text` has no space between its tokens.
std::string without_member(std::string text, const char* name) {
    const auto value = raw_value(text, {name});
    if (!value) return text;
    auto from = std::size_t(value->data() - text.data()) - json_text(name).size() - 1;
    auto to = std::size_t(value->data() - text.data()) + value->size();
    if (text[to] == ',')
        ++to;
    else if (text[from - 1] == ',')
        --from;
    return text.erase(from, to - from);
}

/// The extension of that url replaced, added, or (with an empty one) taken away.
Result<std::string> with_extension(std::string_view resource, const char* url,
                                   const std::string& extension) {
    const std::string text = compact_json(resource);
    std::string list;
    if (const auto held = raw_value(text, {"extension"}))
        for (const auto each : raw_elements(*held)) {
            const auto theirs = raw_value(each, {"url"});
            if (theirs && *theirs == json_text(url)) continue;
            list += (list.empty() ? "" : ",") + std::string(each);
        }
    if (!extension.empty()) list += (list.empty() ? "" : ",") + extension;
    if (list.empty()) return without_member(text, "extension");
    return with_value(text, {"extension"}, "[" + list + "]");
}

ordered reference_to(std::string_view type, std::string_view id) {
    return {{"reference", std::string(type) + "/" + std::string(id)}};
}

ordered time_of(const char* url, Instant at) {
    return {{"url", url}, {"valueInstant", format_instant(at)}};
}

/// Nobody's any more, from then on and for that reason.
Result<std::string> ended(const Booking& booking, const char* url, Instant at,
                          std::string_view reason) {
    auto text = TRY(with_extension(booking.json, url, time_of(url, at).dump()));
    text =
        TRY(with_value(text, {"cancelationReason"}, ordered{{"text", reason}}.dump()));
    return with_value(text, {"status"}, json_text("cancelled"));
}

}  // namespace

bool before(const Booking& a, const Booking& b) {
    const auto key = [](const Booking& booking) {
        // One of unknown time comes after all others.
        const Instant order = booking.asked ? booking.asked->order : Instant::max();
        return std::tuple(order, std::string_view(booking.unit),
                          std::string_view(booking.id));
    };
    return key(a) < key(b);
}

Result<Seat> seat_from(std::string_view text) {
    const auto slot = TRY(resource_in(text, "Slot"));
    Seat seat;
    seat.id = text_of(slot, "id");
    seat.status = text_of(slot, "status");
    read_meta(slot, seat.version, &seat.updated);
    seat.session.schedule = id_in(reference_in(slot, "schedule"), "Schedule");
    seat.session.starts = instant_in(slot, "start");
    seat.session.ends = instant_in(slot, "end");
    seat.holder = holder_in(slot);
    seat.json = text;
    return seat;
}

Result<Booking> booking_from(std::string_view text) {
    const auto appointment = TRY(resource_in(text, "Appointment"));
    Booking booking;
    booking.id = text_of(appointment, "id");
    booking.status = text_of(appointment, "status");
    read_meta(appointment, booking.version, nullptr);
    for (const json* identifier : objects_of(appointment, "identifier")) {
        const auto value = text_of(*identifier, "value");
        if (text_of(*identifier, "system") == op_system &&
            value.ends_with(appointment_role))
            booking.unit = value.substr(0, value.size() - appointment_role.size());
    }
    for (const json* participant : objects_of(appointment, "participant"))
        if (booking.patient.empty())
            booking.patient = id_in(reference_in(*participant, "actor"), "Patient");
    for (const json* slot : objects_of(appointment, "slot"))
        if (booking.slot.empty())
            booking.slot = id_in(text_of(*slot, "reference"), "Slot");
    for (const json* about : objects_of(appointment, "supportingInformation"))
        if (booking.schedule.empty())
            booking.schedule = id_in(text_of(*about, "reference"), "Schedule");
    booking.starts = instant_in(appointment, "start");
    booking.ends = instant_in(appointment, "end");
    booking.asked = asked_in(appointment);
    booking.offer = offer_in(appointment);
    booking.left = time_in(appointment, left_url);
    booking.missed = time_in(appointment, missed_url);
    booking.released = time_in(appointment, released_url);
    booking.json = text;
    return booking;
}

Result<ClassSchedule> schedule_from(std::string_view text) {
    const auto resource = TRY(resource_in(text, "Schedule"));
    ClassSchedule schedule;
    schedule.json = text;
    const auto active = resource.find("active");
    schedule.active = active == resource.end() || is_true(resource, "active");
    if (const auto type = raw_value(text, {"serviceType"}))
        schedule.service_type = compact_json(*type);
    for (const json* actor : objects_of(resource, "actor")) {
        const std::string reference(text_of(*actor, "reference"));
        for (const char* type :
             {"Location", "HealthcareService", "Practitioner", "PractitionerRole"})
            if (const auto id = id_in(reference, type); !id.empty())
                schedule.actors.push_back(std::string(type) + "/" + id);
    }
    return schedule;
}

Result<FoundPage> page_from(std::string_view bundle) {
    const auto parsed = parse_json(bundle);
    if (!parsed || text_of(*parsed, "resourceType") != "Bundle")
        return fail(Error::Code::bad_input, "the server's answer is no Bundle");
    FoundPage page;
    if (const auto entries = raw_value(bundle, {"entry"}))
        for (const auto entry : raw_elements(*entries))
            if (const auto resource = raw_value(entry, {"resource"}))
                page.resources.emplace_back(*resource);
    for (const json* link : objects_of(*parsed, "link"))
        if (text_of(*link, "relation") == "next") page.next = text_of(*link, "url");
    return page;
}

Result<std::string> taken(const Seat& seat) {
    const auto text = TRY(with_extension(seat.json, lease_url, {}));
    return with_value(text, {"status"}, json_text("busy"));
}

Result<std::string> freed(const Seat& seat) {
    const auto text = TRY(with_extension(seat.json, lease_url, {}));
    return with_value(text, {"status"}, json_text("free"));
}

Result<std::string> lent(const Seat& seat, const SeatHolder& holder) {
    const auto text =
        TRY(with_extension(seat.json, lease_url, extension_of(holder).dump()));
    return with_value(text, {"status"}, json_text("busy-tentative"));
}

Result<std::string> with_seat(const Booking& booking, std::string_view slot) {
    const auto text = TRY(with_value(booking.json, {"status"}, json_text("booked")));
    return with_value(text, {"slot"}, "[" + reference_to("Slot", slot).dump() + "]");
}

Result<std::string> offered(const Booking& booking, std::string_view slot,
                            Instant until) {
    auto text = TRY(with_extension(booking.json, offer_url,
                                   extension_of(SeatOffer{.until = until}).dump()));
    text = TRY(with_value(text, {"status"}, json_text("pending")));
    return with_value(text, {"slot"}, "[" + reference_to("Slot", slot).dump() + "]");
}

Result<std::string> accepted(const Booking& booking) {
    return with_value(booking.json, {"status"}, json_text("booked"));
}

Result<std::string> given_up(const Booking& booking, Instant at) {
    return ended(booking, left_url, at, "Given up by the patient");
}

Result<std::string> missed(const Booking& booking, Instant at) {
    return ended(booking, missed_url, at, "The offer was not accepted in time");
}

Result<std::string> released(const Booking& booking, Instant at) {
    const auto text = TRY(
        with_extension(booking.json, released_url, time_of(released_url, at).dump()));
    return with_value(text, {"status"}, json_text("noshow"));
}

Result<std::string> put_back(const Booking& booking) {
    SeatOffer offer = booking.offer.value_or(SeatOffer());
    offer.accepted = true;
    auto text = TRY(with_extension(booking.json, missed_url, {}));
    text = TRY(with_extension(text, offer_url, extension_of(offer).dump()));
    for (const char* member : {"cancelationReason", "slot"})
        text = without_member(std::move(text), member);
    return with_value(text, {"status"}, json_text("waitlist"));
}

Result<std::string> moved(const Booking& booking, const ClassSession& to) {
    const auto text =
        TRY(with_value(booking.json, {"start"}, json_text(format_instant(to.starts))));
    return with_value(text, {"end"}, json_text(format_instant(to.ends)));
}

Result<std::string> asked_earlier(const Booking& booking, const AskedAt& asked) {
    return with_extension(booking.json, asked_url, extension_of(asked).dump());
}

std::string op_token(std::string_view unit, std::string_view role) {
    return encoded(std::string(op_system) + "|" + std::string(unit) + "/" +
                   std::string(role));
}

std::string resource_of(const NewBooking& booking) {
    ordered appointment = {
        {"resourceType", "Appointment"},
        {"extension",
         // Wellness: it counts towards no program's hours and is billed to nobody.
         {extension_of(booking.asked),
          {{"url", counted_url}, {"valueBoolean", false}}}},
        {"identifier",
         {{{"system", op_system},
           {"value", booking.unit + std::string(appointment_role)}}}},
        {"status", booking.status},
        {"serviceCategory",
         {{{"coding",
            {{{"system", "urn:foyer:service-category"}, {"code", "wellness"}}}},
           {"text", "Wellness"}}}},
    };
    if (booking.schedule.service_type.empty())
        appointment["serviceType"] = {{{"coding",
                                        {{{"system", "urn:foyer:service"},
                                          {"code", code(Service::holistic_class)}}}},
                                       {"text", "Class"}}};
    else
        appointment["serviceType"] = ordered::parse(booking.schedule.service_type);
    appointment["supportingInformation"] = {
        reference_to("Schedule", booking.session.schedule)};
    appointment["start"] = format_instant(booking.session.starts);
    appointment["end"] = format_instant(booking.session.ends);
    if (!booking.slot.empty())
        appointment["slot"] = {reference_to("Slot", booking.slot)};
    appointment["created"] = format_instant(booking.asked.at);
    appointment["participant"] = {{{"actor", reference_to("Patient", booking.patient)},
                                   {"required", "required"},
                                   {"status", "accepted"}}};
    for (const std::string& actor : booking.schedule.actors)
        appointment["participant"].push_back(
            {{"actor", {{"reference", actor}}}, {"status", "accepted"}});
    return appointment.dump();
}

std::string resource_of(const SeatProvenance& provenance) {
    const ordered device = {
        {"type", "Device"},
        {"identifier", {{"system", device_system}, {"value", provenance.device}}}};
    const auto agent = [](const char* type, const ordered& who) -> ordered {
        return {
            {"type",
             {{"coding",
               {{{"system",
                  "http://terminology.hl7.org/CodeSystem/provenance-participant-type"},
                 {"code", type}}}}}},
            {"who", who}};
    };
    ordered targets = ordered::array();
    for (const std::string& target : provenance.targets)
        targets.push_back({{"reference", target}});
    ordered agents = ordered::array({agent("assembler", device)});
    if (!provenance.by.empty())
        agents.push_back(agent("performer", {{"display", provenance.by}}));
    if (!provenance.patient.empty())
        agents.push_back(
            agent("performer", reference_to("Patient", provenance.patient)));
    const ordered resource = {
        {"resourceType", "Provenance"},
        {"meta",
         {{"tag",
           {{{"system", op_system}, {"code", provenance.unit + "/provenance"}}}}}},
        {"target", targets},
        {"recorded", format_instant(provenance.recorded)},
        {"activity",
         {{"coding",
           {{{"system", "http://terminology.hl7.org/CodeSystem/v3-DataOperation"},
             {"code", provenance.activity}},
            {{"system", "urn:foyer:act"}, {"code", provenance.act}}}}}},
        {"agent", agents}};
    return resource.dump();
}

Result<Change> taking(const Seat& seat) {
    return Change{.method = "PUT",
                  .url = "Slot/" + seat.id,
                  .resource = TRY(taken(seat)),
                  .if_match = seat.version};
}

Result<Change> freeing(const Seat& seat) {
    return Change{.method = "PUT",
                  .url = "Slot/" + seat.id,
                  .resource = TRY(freed(seat)),
                  .if_match = seat.version};
}

Result<Change> seating(const Booking& booking, std::string_view slot) {
    return changing(booking, with_seat(booking, slot));
}

Result<Change> changing(const Booking& booking, Result<std::string> resource) {
    return Change{.method = "PUT",
                  .url = "Appointment/" + booking.id,
                  .resource = TRY(std::move(resource)),
                  .if_match = booking.version};
}

std::string transaction_of(const std::vector<Change>& changes) {
    std::string entries;
    for (const Change& change : changes) {
        ordered request = {{"method", change.method}, {"url", change.url}};
        if (!change.if_match.empty())
            request["ifMatch"] = "W/\"" + change.if_match + "\"";
        if (!change.if_none_exist.empty())
            request["ifNoneExist"] = change.if_none_exist;
        std::string entry = "{";
        if (!change.full_url.empty())
            entry += "\"fullUrl\":" + json_text(change.full_url) + ",";
        entry +=
            "\"resource\":" + change.resource + ",\"request\":" + request.dump() + "}";
        entries += (entries.empty() ? "" : ",") + entry;
    }
    return R"({"resourceType":"Bundle","type":"transaction","entry":[)" + entries +
           "]}";
}

}  // namespace foyer
