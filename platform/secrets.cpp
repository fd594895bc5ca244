#include "platform/secrets.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

namespace foyer {

namespace {

using Bytes = std::array<std::uint8_t, SecretBytes::kSize>;

/// Wipes what it holds: for the moments before a secret is in its own memory.
template <class T>
struct Wiped {
    T value{};
    Wiped() = default;
    ~Wiped() { sodium_memzero(value.data(), value.size()); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
};

struct File {
    int fd;
    explicit File(int opened) : fd(opened) {}
    ~File() {
        if (fd >= 0) close(fd);
    }
    File(File&& other) noexcept : fd(std::exchange(other.fd, -1)) {}
    File& operator=(File&&) = delete;
};

tl::unexpected<Error> system_failure(const std::filesystem::path& path) {
    const int reason = errno;
    const Error::Code code = reason == ENOSPC || reason == EDQUOT
                                 ? Error::Code::disk_full
                             : reason == ENOENT ? Error::Code::not_found
                                                : Error::Code::read_only;
    return fail(code, path.string() + ": " + std::strerror(reason));
}

Result<SecretBytes> parse(int fd, const std::filesystem::path& path) {
    constexpr std::size_t kHexDigits = 2 * SecretBytes::kSize;
    // One byte more than the longest form, to notice what is longer.
    Wiped<std::array<char, kHexDigits + 2>> text;
    std::size_t length = 0;
    while (length < text.value.size()) {
        const ssize_t n =
            read(fd, text.value.data() + length, text.value.size() - length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_failure(path);
        if (n == 0) break;
        length += static_cast<std::size_t>(n);
    }
    Wiped<Bytes> bytes;
    if (length == SecretBytes::kSize) {
        std::memcpy(bytes.value.data(), text.value.data(), length);
        return SecretBytes(bytes.value);
    }
    if (length == kHexDigits + 1 && text.value[kHexDigits] == '\n') --length;
    std::size_t decoded = 0;
    if (length == kHexDigits &&
        sodium_hex2bin(bytes.value.data(), bytes.value.size(), text.value.data(),
                       kHexDigits, nullptr, &decoded, nullptr) == 0 &&
        decoded == SecretBytes::kSize)
        return SecretBytes(bytes.value);
    return fail(Error::Code::bad_input,
                path.string() +
                    ": a key is exactly 32 bytes or 64 hex digits; restore it "
                    "from its backup");
}

/// The file, open for reading; nothing if there is none.
Result<std::optional<File>> open_file(const std::filesystem::path& path,
                                      bool must_be_private) {
    File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.fd < 0 && errno == ENOENT) return std::nullopt;
    if (file.fd < 0 && errno == ELOOP)
        return fail(Error::Code::refused,
                    path.string() + ": must be a regular file, not a link");
    if (file.fd < 0 && errno == EACCES)
        return fail(
            Error::Code::refused,
            path.string() + ": this user may not read it; it must own the file");
    if (file.fd < 0) return system_failure(path);
    struct stat info {};
    if (fstat(file.fd, &info) != 0) return system_failure(path);
    if (!S_ISREG(info.st_mode))
        return fail(Error::Code::refused, path.string() + ": must be a regular file");
    if (must_be_private && info.st_uid != geteuid())
        return fail(Error::Code::refused,
                    path.string() + ": belongs to another user; chown it to this one");
    if (must_be_private && (info.st_mode & 077) != 0)
        return fail(Error::Code::refused,
                    path.string() + ": others can read it; chmod 600 it");
    return std::optional<File>(std::move(file));
}

/// The secret in `path`, nothing if there is no such file.
Result<std::optional<SecretBytes>> read_file(const std::filesystem::path& path,
                                             bool must_be_private) {
    const auto file = TRY(open_file(path, must_be_private));
    if (!file) return std::nullopt;
    return TRY(parse(file->fd, path));
}

/// A secret that somebody put there, and where.
struct Given {
    std::filesystem::path path;
    File file;
};
Result<SecretText> parse_text(const Given& given) {
    const auto refuse = [&](const char* why) {
        return fail(Error::Code::bad_input, given.path.string() + ": " + why);
    };
    // One byte more than allowed, to notice what is longer.
    Wiped<std::array<char, SecretText::kMost + 1>> text;
    std::size_t length = 0;
    while (length < text.value.size()) {
        const ssize_t n =
            read(given.file.fd, text.value.data() + length, text.value.size() - length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return system_failure(given.path);
        if (n == 0) break;
        length += static_cast<std::size_t>(n);
    }
    if (length == text.value.size()) return refuse("is longer than 16 kB");
    while (length > 0 && std::strchr(" \t\r\n", text.value[length - 1]) &&
           text.value[length - 1] != '\0')
        --length;
    if (length == 0) return refuse("is empty");
    if (std::memchr(text.value.data(), 0, length)) return refuse("is not text");
    return SecretText(std::string(text.value.data(), length));
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const File file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.fd < 0 || fsync(file.fd) != 0) return system_failure(folder);
    return {};
}

/// Makes `folder`, which only we may enter, and those it lies in, where not there yet.
Result<void> make_folder(const std::filesystem::path& folder) {
    const auto above =
        folder.has_parent_path() ? folder.parent_path() : std::filesystem::path(".");
    if (mkdir(folder.c_str(), 0700) == 0) return sync_folder(above);
    if (errno == ENOENT && folder.has_parent_path() && above != folder) {
        TRY(make_folder(above));
        if (mkdir(folder.c_str(), 0700) == 0) return sync_folder(above);
    }
    if (errno != EEXIST) return system_failure(folder);
    return {};
}

/// Writes a new file that must not exist yet. What cannot be written whole is removed.
Result<void> write_new(const std::filesystem::path& path, const Bytes& bytes) {
    const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.fd < 0) return system_failure(path);
    const bool written =
        write(file.fd, bytes.data(), bytes.size()) == std::ssize(bytes) &&
        fsync(file.fd) == 0;
    if (!written) {
        const auto failure = system_failure(path);
        unlink(path.c_str());
        return failure;
    }
    return {};
}

/// Under a name of its own first, so that a power cut leaves a whole key or none, and
/// of two processes that start at once both end with the same.
Result<void> make_secret(const std::filesystem::path& path) {
    TRY(make_folder(path.parent_path()));
    const std::filesystem::path unfinished =
        path.string() + ".new-" + std::to_string(getpid());
    Wiped<Bytes> bytes;
    randombytes_buf(bytes.value.data(), bytes.value.size());
    unlink(unfinished.c_str());
    TRY(write_new(unfinished, bytes.value));
    const bool placed = link(unfinished.c_str(), path.c_str()) == 0 || errno == EEXIST;
    const auto failure = system_failure(path);
    unlink(unfinished.c_str());
    if (!placed) return failure;
    return sync_folder(path.parent_path());
}

bool is_plain_name(const std::string& name) {
    return !name.empty() && name.front() != '.' &&
           name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

Result<Given> find_given(const std::string& name,
                         const std::filesystem::path& data_dir) {
    if (!is_plain_name(name))
        return fail(Error::Code::bad_input, "a secret's name is a plain file name");
    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) {
        auto path = std::filesystem::path(credentials) / name;
        if (auto file = TRY(open_file(path, false)))
            return Given{std::move(path), std::move(*file)};
    }
    auto path = data_dir / "keys" / name;
    if (auto file = TRY(open_file(path, true)))
        return Given{std::move(path), std::move(*file)};
    return fail(Error::Code::not_found,
                path.string() + ": put it there, or give systemd the credential \"" +
                    name + "\"");
}

}  // namespace

SecretBytes::SecretBytes(std::span<const std::uint8_t, kSize> bytes) {
    const int ready = sodium_init();
    assert(ready >= 0);
    memory_ = static_cast<std::uint8_t*>(sodium_malloc(kSize));
    assert(memory_);
    std::memcpy(memory_, bytes.data(), kSize);
    sodium_mprotect_readonly(memory_);
}

SecretBytes::~SecretBytes() {
    sodium_free(memory_);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    std::swap(memory_, other.memory_);
    return *this;
}

std::span<const std::uint8_t, SecretBytes::kSize> SecretBytes::bytes() const {
    assert(memory_);
    return std::span<const std::uint8_t, kSize>(memory_, kSize);
}

Result<SecretBytes> secret(const std::string& name,
                           const std::filesystem::path& data_dir) {
    if (!is_plain_name(name))
        return fail(Error::Code::bad_input, "a secret's name is a plain file name");
    if (sodium_init() < 0) return fail(Error::Code::busy, "no source of randomness");

    if (const char* credentials = std::getenv("CREDENTIALS_DIRECTORY")) {
        auto given = TRY(read_file(std::filesystem::path(credentials) / name, false));
        if (given) return std::move(*given);
    }
    const std::filesystem::path path = data_dir / "keys" / name;
    auto kept = TRY(read_file(path, true));
    if (!kept) {
        TRY(make_secret(path));
        kept = TRY(read_file(path, true));
    }
    if (!kept) return fail(Error::Code::not_found, path.string() + ": vanished");
    return std::move(*kept);
}

SecretText::~SecretText() {
    sodium_memzero(text_.data(), text_.size());
}

SecretText::SecretText(SecretText&& other) noexcept
    : text_(std::exchange(other.text_, {})) {}

SecretText& SecretText::operator=(SecretText&& other) noexcept {
    std::swap(text_, other.text_);
    return *this;
}

Result<SecretText> secret_text(const std::string& name,
                               const std::filesystem::path& data_dir) {
    return parse_text(TRY(find_given(name, data_dir)));
}

Result<std::filesystem::path> secret_file(const std::string& name,
                                          const std::filesystem::path& data_dir) {
    return TRY(find_given(name, data_dir)).path;
}

}  // namespace foyer
