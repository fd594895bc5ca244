#include <algorithm>
#include <charconv>

#include "platform/address.h"
#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"

namespace foyer::site_file {

namespace {

/// "https://server/fhir" without what follows a path; https unless it is this machine,
/// since names and tokens travel there.
bool safe_address(const std::string& value) {
    const auto parsed = address(value);
    return value.empty() ||
           (parsed && is_safe(*parsed) && value.find_first_of("?#") == value.npos);
}
bool file_path(const std::string& value) {
    return value.empty() || value.starts_with('/');
}
/// A path, or the name of a credential.
bool key_place(const std::string& value) {
    return file_path(value) || (value.find('/') == value.npos && value.front() != '.');
}
bool word(const std::string& value) {
    return one_line(value) && value.find(' ') == value.npos;
}
bool schedule(const std::string& value) {
    constexpr std::string_view type = "Schedule/";
    return value.starts_with(type) && fhir_id(value.substr(type.size()));
}
/// Search parameters, encoded, without those that the kiosk adds.
bool search_template(const std::string& value) {
    if (value.empty()) return true;
    return word(value) && value.find_first_of("?#") == value.npos &&
           !value.starts_with('&') && !value.starts_with("date") &&
           value.find("&date") == value.npos;
}

std::optional<ServerSettings::Auth> server_auth(const Value& node) {
    using enum ServerSettings::Auth;
    const auto name = node.as_text();
    if (!name) return std::nullopt;
    if (*name == "none") return none;
    if (*name == "token") return token;
    if (*name == "smart") return smart;
    return std::nullopt;
}

/// What no single key shows.
Result<void> check_server(const Section& section, const ServerSettings& server) {
    using enum ServerSettings::Auth;
    if (server.certificate_file.empty() != server.key_file.empty())
        return section.refuse("write certificate_file and key_file, or neither");
    if (server.base.empty()) return {};
    if (server.auth == smart && (server.client_id.empty() || server.key_id.empty()))
        return section.refuse(R"(auth = "smart": write client_id and key_id)");
    if (server.auth == none && server.certificate_file.empty() &&
        !is_loopback(*address(server.base)))
        return section.refuse(
            R"(write auth = "smart" or "token", or a certificate_file: this server is )"
            "not on this machine");
    return {};
}

}  // namespace

Result<void> read_server(Section section, Site& into) {
    ServerSettings& server = into.server;
    const std::string file = R"(a file from the root, "/etc/foyer/ca.pem", or nothing)";
    TRY(section.take(
        "base", server.base,
        R"(the FHIR server's address, "https://server/fhir" (http only for )"
        "127.0.0.1 and localhost), or nothing",
        text(safe_address)));
    TRY(section.take("auth", server.auth, R"("smart", "token" or "none")",
                     server_auth));
    TRY(section.take("token_url", server.token_url,
                     R"(an address, "https://...", or nothing to discover it)",
                     text(safe_address)));
    TRY(section.take("client_id", server.client_id, "the id the server gave this kiosk",
                     text(one_line)));
    TRY(section.take("key_id", server.key_id, "the kid of the public key at the server",
                     text(one_line)));
    TRY(section.take("algorithm", server.algorithm, R"("ES384" or "RS384")",
                     text([](const std::string& value) {
                         return value == "ES384" || value == "RS384";
                     })));
    TRY(section.take("scopes", server.scopes,
                     R"(scopes, as ["system/Task.read"], or [] for those needed)",
                     list(text(word))));
    TRY(section.take("ca_file", server.ca_file, file, text(file_path)));
    TRY(section.take("certificate_file", server.certificate_file, file,
                     text(file_path)));
    TRY(section.take("key_file", server.key_file,
                     "a file from the root, the name of a credential, or nothing",
                     text(key_place)));
    TRY(section.take("appointments", server.appointments,
                     R"(search parameters without dates, as "location=Location/main", )"
                     "or nothing",
                     text(search_template)));
    TRY(section.take("schedules", server.schedules,
                     R"(Schedules of classes, as ["Schedule/yoga"])",
                     list(text(schedule))));
    TRY(section.take("encounters", server.encounters, "true or false", flag));
    TRY(section.take("direct_contact", server.direct_contact, "true or false", flag));
    TRY(section.finish());
    while (server.base.ends_with('/')) server.base.pop_back();
    return check_server(section, server);
}

namespace {

/// "tcp://host:port".
bool lan_address(const std::string& value) {
    const std::string_view scheme = "tcp://";
    const auto colon = value.rfind(':');
    if (!value.starts_with(scheme) || colon <= scheme.size() || value.size() > 270)
        return false;
    int port = 0;
    const char* last = value.data() + value.size();
    const auto read = std::from_chars(value.data() + colon + 1, last, port);
    return read.ec == std::errc() && read.ptr == last && port > 0 && port < 65536 &&
           std::ranges::all_of(value, [](unsigned char c) { return c > 0x20; });
}
bool lan_listen(const std::string& value) {
    return value.empty() || lan_address(value);
}

/// The letters of Z85 (ZeroMQ RFC 32).
bool z85_key(const std::string& value) {
    constexpr std::string_view letters =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/"
        "*?&<>()[]{}"
        "@%$#";
    return value.size() == 40 && value.find_first_not_of(letters) == std::string::npos;
}

std::optional<LanSettings::Peer::Role> lan_role(const Value& node) {
    using Role = LanSettings::Peer::Role;
    const auto role = node.as_text();
    if (role == "kiosk") return Role::kiosk;
    if (role == "desk") return Role::desk;
    if (role == "board") return Role::board;
    return std::nullopt;
}

Result<LanSettings::Peer> read_lan_peer(Section section) {
    LanSettings::Peer peer;
    TRY(section.take("name", peer.name, "a name on one line", text(one_line)));
    TRY(section.take("role", peer.role, R"("kiosk", "desk" or "board")", lan_role));
    TRY(section.take("address", peer.address,
                     R"(where the device listens, as "tcp://10.0.0.12:7733")",
                     text(lan_address)));
    TRY(section.take("public_key", peer.public_key,
                     "the 40 characters that `foyer lan key` prints on that device",
                     text(z85_key)));
    TRY(section.finish());
    if (peer.name.empty() || peer.address.empty() || peer.public_key.empty())
        return section.refuse("write name, role, address and public_key");
    return peer;
}

}  // namespace

Result<void> read_lan(Section section, Site& into) {
    LanSettings& lan = into.lan;
    TRY(section.take("listen", lan.listen,
                     R"(where others reach this device, as "tcp://0.0.0.0:7733", or )"
                     "nothing",
                     text(lan_listen)));
    const auto peers = TRY(section.sections("peer"));
    for (const auto& peer : peers) lan.peers.push_back(TRY(read_lan_peer(peer)));
    TRY(section.finish());
    if (lan.listen.empty() && !lan.peers.empty())
        return section.refuse("listen: the peers tell this device by that address");
    for (std::size_t i = 0; i < lan.peers.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (lan.peers[i].public_key == lan.peers[j].public_key)
                return section.refuse("peer: a public_key stands twice");
    return {};
}

}  // namespace foyer::site_file
