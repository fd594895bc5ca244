#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "platform/result.h"

namespace foyer {

/// 32 secret bytes in memory that is never swapped out or dumped, is fenced by guard
/// pages, and is overwritten when let go. Moved, never copied; a moved-from one is
/// empty.
class SecretBytes {
public:
    static constexpr std::size_t kSize = 32;

    /// Takes a copy of `bytes`, which the caller should wipe. Ends the process when the
    /// system gives no memory.
    explicit SecretBytes(std::span<const std::uint8_t, kSize> bytes);
    ~SecretBytes();
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;

    /// Must not be asked of a moved-from one.
    std::span<const std::uint8_t, kSize> bytes() const;

private:
    std::uint8_t* memory_;
};

/// The secret called `name` (a plain file name), from the first of these that has it:
///   1. $CREDENTIALS_DIRECTORY/<name>, where systemd puts decrypted credentials;
///   2. <data_dir>/keys/<name>, which must be a regular file of our own user with no
///      right for anybody else (0600 or stricter);
///   3. 32 random bytes written to 2., durable before this returns: the first run.
/// A file holds exactly 32 bytes, or 64 hex digits with at most one newline.
///
/// Fails with `bad_input` for anything else in the file or a bad name, `refused` for a
/// file that others can read or own, `read_only` and `disk_full` when a new one cannot
/// be kept. A wrong file is never replaced: what it once sealed would be lost. The
/// message says which file and what to do.
Result<SecretBytes> secret(const std::string& name,
                           const std::filesystem::path& data_dir);

/// A secret that somebody gave us as text: a token, a key in PEM form. Overwritten when
/// let go; moved, never copied. Its memory can be swapped out, unlike SecretBytes.
class SecretText {
public:
    explicit SecretText(std::string text) : text_(std::move(text)) {}
    ~SecretText();
    SecretText(SecretText&& other) noexcept;
    SecretText& operator=(SecretText&& other) noexcept;

    const std::string& text() const { return text_; }
    static constexpr std::size_t kMost = 16'000;

private:
    std::string text_;
};

/// The text called `name`, from places 1. and 2. above, by their rules; space at its
/// end is left out. `not_found` when neither has it: says where to put it. `bad_input`
/// when it is empty, longer than SecretText::kMost or has a zero byte.
Result<SecretText> secret_text(const std::string& name,
                               const std::filesystem::path& data_dir);

/// The path of the file that secret_text() would read, for a library that reads files
/// itself; the same rules and failures, but that the content is not looked at.
Result<std::filesystem::path> secret_file(const std::string& name,
                                          const std::filesystem::path& data_dir);

}  // namespace foyer
