#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "platform/secrets.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

class Secrets : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "/secrets-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        data = pattern;
        unsetenv("CREDENTIALS_DIRECTORY");
    }
    void TearDown() override {
        unsetenv("CREDENTIALS_DIRECTORY");
        fs::remove_all(data);
    }

    void write(const fs::path& path, const std::string& content, mode_t mode = 0600) {
        fs::create_directories(path.parent_path());
        std::ofstream(path) << content;
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
    }
    fs::path key() const { return data / "keys" / "store"; }

    Error::Code failure() const {
        const auto result = secret("store", data);
        EXPECT_FALSE(result);
        return result ? Error::Code::offline : result.error().code;
    }
    static std::string text(const SecretBytes& secret) {
        return {secret.bytes().begin(), secret.bytes().end()};
    }

    fs::path data;
};

TEST_F(Secrets, AreMadeOnTheFirstRunAndStayTheSame) {
    const auto first = secret("store", data);
    ASSERT_TRUE(first);
    const auto again = secret("store", data);
    ASSERT_TRUE(again);
    EXPECT_EQ(text(*first), text(*again));
    EXPECT_NE(text(*first), std::string(32, '\0'));
}

TEST_F(Secrets, AreMadeSoThatOnlyWeCanReadThem) {
    ASSERT_TRUE(secret("store", data));
    struct stat info {};
    ASSERT_EQ(stat(key().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
    ASSERT_EQ(stat(key().parent_path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700U);
}

TEST_F(Secrets, LeaveNoUnfinishedFileBehind) {
    ASSERT_TRUE(secret("store", data));
    const fs::directory_iterator files(data / "keys");
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(Secrets, DifferByName) {
    EXPECT_NE(text(secret("store", data).value()), text(secret("site", data).value()));
}

TEST_F(Secrets, ComeFromSystemdBeforeTheFile) {
    write(key(), std::string(32, 'f'));
    write(data / "credentials" / "store", std::string(32, 'c'), 0440);
    setenv("CREDENTIALS_DIRECTORY", (data / "credentials").c_str(), 1);
    EXPECT_EQ(text(secret("store", data).value()), std::string(32, 'c'));
}

TEST_F(Secrets, ComeFromTheFileWhenSystemdHasNone) {
    write(key(), std::string(32, 'f'));
    setenv("CREDENTIALS_DIRECTORY", (data / "credentials").c_str(), 1);
    EXPECT_EQ(text(secret("store", data).value()), std::string(32, 'f'));
}

TEST_F(Secrets, MayBeWrittenInHex) {
    std::string hex;
    for (int i = 0; i < 32; ++i) hex += "6f";
    write(key(), hex + "\n", 0400);
    EXPECT_EQ(text(secret("store", data).value()), std::string(32, 'o'));
}

TEST_F(Secrets, AreRefusedWhenOthersCanReadThem) {
    for (const mode_t mode : {0640U, 0604U, 0660U, 0644U}) {
        write(key(), std::string(32, 'f'), mode);
        EXPECT_EQ(failure(), Error::Code::refused);
    }
}

TEST_F(Secrets, AreRefusedWhenTheFileIsALink) {
    write(data / "elsewhere", std::string(32, 'f'));
    fs::create_directories(data / "keys");
    fs::create_symlink(data / "elsewhere", key());
    EXPECT_EQ(failure(), Error::Code::refused);
}

TEST_F(Secrets, AreRefusedWhenTheFileIsAFolder) {
    fs::create_directories(key());
    EXPECT_EQ(failure(), Error::Code::refused);
}

TEST_F(Secrets, OfAWrongLengthAreBadInputAndStayUntouched) {
    for (const std::size_t length : {0U, 16U, 31U, 33U, 64U, 65U, 66U, 4096U}) {
        write(key(), std::string(length, 'z'));
        EXPECT_EQ(failure(), Error::Code::bad_input) << length;
        EXPECT_EQ(fs::file_size(key()), length);
    }
}

TEST_F(Secrets, MayNotBeNamedOutsideTheirFolder) {
    for (const char* name : {"", "..", "../store", "a/b", ".hidden"}) {
        const auto result = secret(name, data);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Error::Code::bad_input);
    }
}

/// Nobody is kept from writing here as root, so a file stands where the folder must be.
TEST_F(Secrets, CannotBeMadeWhereNothingCanBeWritten) {
    std::ofstream(data / "keys") << "in the way";
    EXPECT_EQ(failure(), Error::Code::read_only);
}

TEST_F(Secrets, CannotBeMadeInAReadOnlyFolder) {
    if (geteuid() == 0) GTEST_SKIP() << "root writes everywhere";
    ASSERT_EQ(chmod(data.c_str(), 0500), 0);
    EXPECT_EQ(failure(), Error::Code::read_only);
    chmod(data.c_str(), 0700);
}

TEST_F(Secrets, MoveWithoutACopy) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(7);
    SecretBytes one(bytes);
    const std::uint8_t* const where = one.bytes().data();
    const SecretBytes two(std::move(one));
    EXPECT_EQ(two.bytes().data(), where);
}

TEST_F(Secrets, AsTextComeFromSystemdBeforeOurOwnFolder) {
    write(data / "keys" / "server-token", "ours\n");
    EXPECT_EQ(secret_text("server-token", data)->text(), "ours");
    write(data / "given" / "server-token", "given \r\n\n", 0440);
    setenv("CREDENTIALS_DIRECTORY", (data / "given").c_str(), 1);
    EXPECT_EQ(secret_text("server-token", data)->text(), "given");
    EXPECT_EQ(secret_file("server-token", data).value(), data / "given/server-token");
}

TEST_F(Secrets, AsTextAreNeverMade) {
    const auto missing = secret_text("server-token", data);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Error::Code::not_found);
    EXPECT_NE(missing.error().what.find("keys/server-token"), std::string::npos);
    EXPECT_FALSE(fs::exists(data / "keys"));
}

TEST_F(Secrets, AsTextAreRefusedWhenOthersCanReadThemOrTheyAreNone) {
    const auto failure_of = [&](const std::string& content, mode_t mode) {
        write(data / "keys" / "server-token", content, mode);
        const auto result = secret_text("server-token", data);
        EXPECT_FALSE(result);
        return result ? Error::Code::offline : result.error().code;
    };
    EXPECT_EQ(failure_of("token", 0640), Error::Code::refused);
    EXPECT_EQ(failure_of(" \n", 0600), Error::Code::bad_input);
    EXPECT_EQ(failure_of(std::string("a\0b", 3), 0600), Error::Code::bad_input);
    EXPECT_EQ(failure_of(std::string(16'001, 'a'), 0600), Error::Code::bad_input);
    write(data / "keys" / "server-token", std::string(16'000, 'a'));
    EXPECT_TRUE(secret_text("server-token", data));
}

}  // namespace
}  // namespace foyer
