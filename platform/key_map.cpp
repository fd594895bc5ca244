#include "platform/key_map.h"

#include <linux/input-event-codes.h>

#include <string_view>

namespace foyer {

namespace {

/// A row of neighbouring key codes.
struct Row {
    std::uint16_t first;
    std::string_view plain, shifted;
};

constexpr Row kRows[] = {
    {KEY_1, "1234567890-=", "!@#$%^&*()_+"},
    {KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}"},
    {KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    {KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
    {KEY_KPASTERISK, "*", "*"},
    {KEY_SPACE, " ", " "},
    {KEY_KP7, "789-456+1230.", "789-456+1230."},
    {KEY_KPSLASH, "/", "/"},
};

static_assert(KEY_EQUAL == KEY_1 + 11 && KEY_RIGHTBRACE == KEY_Q + 11);
static_assert(KEY_GRAVE == KEY_A + 11 && KEY_SLASH == KEY_BACKSLASH + 10);
static_assert(KEY_KPDOT == KEY_KP7 + 12);

}  // namespace

std::optional<char> us_character(std::uint16_t key, bool shift) {
    for (const Row& row : kRows) {
        if (key < row.first || key >= row.first + row.plain.size()) continue;
        return (shift ? row.shifted : row.plain)[key - row.first];
    }
    return std::nullopt;
}

}  // namespace foyer
