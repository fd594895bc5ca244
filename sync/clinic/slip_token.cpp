#include "sync/clinic/slip_token.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>

namespace foyer {

namespace {

constexpr std::string_view prefix = "FOYER1:";
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view blanks = " \t\r\n";

constexpr std::size_t id_size = 8;
constexpr std::size_t alias_size = 16;
constexpr std::size_t expiry_size = 4;
constexpr std::size_t signed_size = id_size + alias_size + expiry_size;
constexpr std::size_t token_size = signed_size + 64;
constexpr std::size_t text_size = (token_size * 8 + 4) / 5;
using Packed = std::array<std::uint8_t, token_size>;

std::string base32(std::span<const std::uint8_t> bytes) {
    std::string text;
    unsigned pending = 0;
    int bits = 0;
    for (const auto byte : bytes) {
        pending = (pending << 8 | byte) & 0xFFFF;
        for (bits += 8; bits >= 5; bits -= 5)
            text += alphabet[(pending >> (bits - 5)) & 31];
    }
    if (bits > 0) text += alphabet[(pending << (5 - bits)) & 31];
    return text;
}

/// None unless `text` is exactly the base32 of a Packed: one spelling for one token.
std::optional<Packed> packed_from(std::string_view text) {
    if (text.size() != text_size) return std::nullopt;
    Packed bytes{};
    std::size_t written = 0;
    unsigned pending = 0;
    int bits = 0;
    for (const char letter : text) {
        const auto value =
            alphabet.find(char(std::toupper(static_cast<unsigned char>(letter))));
        if (value == alphabet.npos) return std::nullopt;
        pending = (pending << 5 | unsigned(value)) & 0xFFFF;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes[written++] = std::uint8_t(pending >> bits);
    }
    const unsigned spare = pending & ((1U << bits) - 1U);
    if (spare != 0 || written != bytes.size()) return std::nullopt;
    return bytes;
}

/// What is signed begins with its purpose, so that no other signature of the site
/// passes for a slip.
std::string message_of(const Packed& packed) {
    std::string message(prefix);
    message.append(packed.begin(), packed.begin() + signed_size);
    return message;
}

std::span<const std::uint8_t> raw(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool begins_with_prefix(std::string_view text) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
               return a == char(std::toupper(static_cast<unsigned char>(b)));
           });
}

}  // namespace

std::string sign_token(const SlipToken& token, const SiteKeys& keys) {
    Packed packed{};
    auto* end = std::copy(keys.id().begin(), keys.id().end(), packed.data());
    end = std::copy(token.visit.bytes.begin(), token.visit.bytes.end(), end);
    const auto expires = std::chrono::ceil<std::chrono::seconds>(token.expires);
    const auto seconds = std::uint32_t(expires.time_since_epoch().count());
    for (int shift = 24; shift >= 0; shift -= 8)
        *end++ = std::uint8_t(seconds >> shift);
    const auto signature = keys.sign(raw(message_of(packed)));
    std::copy(signature.begin(), signature.end(), end);
    return std::string(prefix) + base32(packed);
}

tl::expected<SlipToken, TokenFault> read_token(std::string_view text,
                                               const SiteKeys& keys) {
    text = trimmed(text);
    if (!begins_with_prefix(text)) return tl::unexpected(TokenFault::unreadable);
    const auto packed = packed_from(text.substr(prefix.size()));
    if (!packed) return tl::unexpected(TokenFault::unreadable);
    if (!std::equal(keys.id().begin(), keys.id().end(), packed->begin()))
        return tl::unexpected(TokenFault::foreign);

    SiteKeys::Signature signature{};
    std::copy(packed->begin() + signed_size, packed->end(), signature.begin());
    if (!keys.verify(raw(message_of(*packed)), signature))
        return tl::unexpected(TokenFault::unreadable);

    SlipToken token;
    const auto* at = packed->data() + id_size;
    std::copy_n(at, alias_size, token.visit.bytes.begin());
    at += alias_size;
    std::uint32_t seconds = 0;
    for (std::size_t i = 0; i < expiry_size; ++i) seconds = seconds << 8 | at[i];
    token.expires = Instant(std::chrono::seconds(seconds));
    return token;
}

const char* name(TokenFault fault) {
    return fault == TokenFault::foreign ? "foreign" : "unreadable";
}

}  // namespace foyer
