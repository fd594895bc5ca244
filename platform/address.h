#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer {

/// "https" and "server:8443" of an http or https address without user, both in small
/// letters and without the scheme's own port; none for anything else. `rest` begins
/// with
/// '/', '?' or '#', or is empty.
struct Address {
    std::string scheme, authority, rest;
    std::string host() const;  ///< "server"; "::1" without its brackets
};
std::optional<Address> address(std::string_view url);

/// This machine by one of its fixed names: 127.0.0.1, ::1, localhost.
bool is_loopback(const Address& address);

/// Whether secrets may travel there: https, or loopback.
bool is_safe(const Address& address);

/// A link that a server at `base` sent, made absolute: what it may lead to is below
/// `base` (same scheme, host, port, and path), so that a token goes nowhere else and
/// nobody is sent around. None if it is not. `base` has no slash at its end.
std::optional<std::string> address_within(std::string_view base, std::string_view link);

}  // namespace foyer
