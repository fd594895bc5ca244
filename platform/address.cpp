#include "platform/address.h"

#include <algorithm>

namespace foyer {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return result;
}

/// Printable ASCII without what browsers and proxies read in two ways.
bool is_plain(std::string_view url) {
    return std::ranges::all_of(
        url, [](char c) { return c > ' ' && c < 0x7f && c != '\\' && c != '"'; });
}

/// A part of the path that is "." or "..", also as %2e: a proxy may go up by it.
bool climbs(std::string_view path) {
    std::string plain = lower(path.substr(0, path.find_first_of("?#")));
    for (auto at = plain.find("%2e"); at != plain.npos; at = plain.find("%2e", at))
        plain.replace(at, 3, ".");
    plain += '/';
    return plain.find("/./") != plain.npos || plain.find("/../") != plain.npos ||
           plain.find("%2f") != plain.npos;
}

}  // namespace

std::string Address::host() const {
    if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
    return authority.substr(0, authority.find(':'));
}

std::optional<Address> address(std::string_view url) {
    const auto colon = url.find("://");
    if (colon == url.npos || !is_plain(url)) return std::nullopt;
    Address result;
    result.scheme = lower(url.substr(0, colon));
    if (result.scheme != "http" && result.scheme != "https") return std::nullopt;
    const auto begin = colon + 3;
    const auto end = std::min(url.find_first_of("/?#", begin), url.size());
    result.authority = lower(url.substr(begin, end - begin));
    result.rest = url.substr(end);
    if (result.authority.find('@') != std::string::npos) return std::nullopt;
    const std::string_view own_port = result.scheme == "https" ? ":443" : ":80";
    if (result.authority.ends_with(own_port))
        result.authority.resize(result.authority.size() - own_port.size());
    if (result.host().empty()) return std::nullopt;
    return result;
}

bool is_loopback(const Address& address) {
    const std::string host = address.host();
    return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

bool is_safe(const Address& address) {
    return address.scheme == "https" || is_loopback(address);
}

std::optional<std::string> address_within(std::string_view base,
                                          std::string_view link) {
    const auto ours = address(base);
    if (!ours || link.empty() || !is_plain(link)) return std::nullopt;
    Address theirs = *ours;
    if (link.find("://") < link.find_first_of("/?#")) {
        auto absolute = address(link);
        if (!absolute) return std::nullopt;
        theirs = *std::move(absolute);
    } else if (link.starts_with("//") || link.starts_with('#') ||
               link.find(':') < link.find_first_of("/?#")) {
        return std::nullopt;
    } else if (link.starts_with('/')) {
        theirs.rest = link;
    } else {
        theirs.rest += (link.starts_with('?') ? "" : "/") + std::string(link);
    }
    if (theirs.scheme != ours->scheme || theirs.authority != ours->authority ||
        !theirs.rest.starts_with(ours->rest) || climbs(theirs.rest))
        return std::nullopt;
    const char next =
        theirs.rest.size() > ours->rest.size() ? theirs.rest[ours->rest.size()] : '?';
    if (next != '/' && next != '?') return std::nullopt;
    return theirs.scheme + "://" + theirs.authority + theirs.rest;
}

}  // namespace foyer
