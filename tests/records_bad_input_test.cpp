#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "records_fixture.h"
#include "sync/records/database.h"

namespace foyer {
namespace {

namespace fs = std::filesystem;

/// Whatever happens to the records: the error says which kind, and nothing stored is
/// lost.
struct Misfortune : Records {
    void SetUp() override {
        given_ada();
        given(appointment("a2", {"ada"}, "2026-11-23T14:00:00-05:00"));
        must(checks_in({visit("a1").id}));
    }
    void expect_nothing_lost() {
        reopen();
        EXPECT_EQ(must(store().counts(now)).patients, 1);
        EXPECT_EQ(must(store().counts(now)).visits, 2);
        EXPECT_TRUE(visit("a1").check_in);
        EXPECT_EQ(must(store().patient(patient_alias("ada"))).family, "Lovelace");
        EXPECT_EQ(waiting().size(), 1u);
        EXPECT_EQ(audit_verdict().why, "");
    }
    template <class Value>
    static Error::Code code_of(const Result<Value>& result) {
        EXPECT_FALSE(result);
        return result ? Error::Code::offline : result.error().code;
    }
    fs::path file() const { return directory / "foyer.db"; }
};

TEST_F(Misfortune, OfAnotherDeviceKeyIsToldFromDamage) {
    reopen();
    EXPECT_EQ(code_of(open(9, 2)), Error::Code::wrong_key);
    expect_nothing_lost();
}

TEST_F(Misfortune, OfAnotherSiteKeyIsToldFromDamage) {
    reopen();
    EXPECT_EQ(code_of(open(1, 9)), Error::Code::wrong_key);
    expect_nothing_lost();
}

TEST_F(Misfortune, OfAForgedKeyCheckIsDamage) {
    tamper("update meta set sealed = randomblob(length(sealed))");
    EXPECT_EQ(code_of(open()), Error::Code::corrupt);
    tamper("delete from meta");
    EXPECT_EQ(code_of(open()), Error::Code::corrupt);
}

TEST_F(Misfortune, OfALockedDatabaseIsBusyAndPasses) {
    {
        Database other = Database::open(file(), Database::Access::read_write,
                                        std::chrono::milliseconds(0))
                             .value();
        auto writing = Transaction::begin(other).value();
        EXPECT_EQ(code_of(checks_in({visit("a2").id})), Error::Code::busy);
        EXPECT_EQ(code_of(store().begin()), Error::Code::busy);
        EXPECT_TRUE(store().visit_of("a1", ""));  // reading goes on
    }
    EXPECT_FALSE(visit("a2").check_in);
    expect_nothing_lost();
    EXPECT_TRUE(checks_in({visit("a2").id}));
}

/// As a user who may not write; root may write everywhere.
class Unprivileged {
public:
    Unprivileged() {
        if (geteuid() == 0) changed_ = seteuid(65534) == 0;
    }
    ~Unprivileged() {
        if (changed_ && seteuid(0) != 0) abort();
    }

private:
    bool changed_ = false;
};

TEST_F(Misfortune, OfAReadOnlyDirectoryIsSaid) {
    reopen();
    // Readable by all for the sake of the other user.
    fs::permissions(file(), fs::perms(0444));
    fs::permissions(directory, fs::perms(0555));
    {
        const Unprivileged user;
        EXPECT_EQ(code_of(open()), Error::Code::read_only);
    }
    fs::permissions(file(), fs::perms(0600));
    fs::permissions(directory, fs::perms(0700));
    expect_nothing_lost();
}

TEST_F(Misfortune, OfADirectoryThatCannotBeMadeIsSaid) {
    const auto inside_a_file =
        Store::open(file() / "data", device_keys(), site_keys(), new_york(), 0);
    EXPECT_EQ(code_of(inside_a_file), Error::Code::read_only);
}

/// No file may grow past its present size.
class FullDisk {
public:
    explicit FullDisk(std::uintmax_t bytes) {
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit full = before_;
        full.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

TEST_F(Misfortune, OfAFullDiskIsSaidAndUndone) {
    {
        const FullDisk full(fs::file_size(directory / "foyer.db-wal"));
        EXPECT_EQ(code_of(checks_in({visit("a2").id})), Error::Code::disk_full);
        EXPECT_FALSE(visit("a2").check_in);
    }
    expect_nothing_lost();
    EXPECT_TRUE(checks_in({visit("a2").id}));
}

TEST_F(Misfortune, OfAFullDiskInAnImportIsSaidAndUndone) {
    {
        const FullDisk full(fs::file_size(directory / "foyer.db-wal") + 4096);
        auto batch = store().begin().value();
        Result<void> done;
        for (int i = 0; i < 5000 && done; ++i) {
            const auto taken =
                batch.put(person(std::to_string(i), "Smith", "Ann", "1990-01-02"));
            if (!taken) done = tl::unexpected(taken.error());
        }
        if (done) done = batch.commit();
        EXPECT_EQ(code_of(done), Error::Code::disk_full);
    }
    expect_nothing_lost();
}

TEST_F(Misfortune, OfADiskTooFullToBeginIsSaid) {
    const fs::path fresh = directory / "fresh";
    const FullDisk full(1024);
    EXPECT_EQ(code_of(Store::open(fresh, device_keys(), site_keys(), new_york(), 0)),
              Error::Code::disk_full);
}

TEST_F(Misfortune, OfATruncatedFileIsSaidAndTheFileLeftAsItIs) {
    reopen();
    const auto whole = fs::file_size(file());
    for (const auto size :
         {whole - 4096, whole / 2, std::uintmax_t(4096), std::uintmax_t(100)}) {
        const fs::path copy = directory / ("cut-" + std::to_string(size));
        fs::create_directory(copy);
        fs::copy_file(file(), copy / "foyer.db");
        fs::resize_file(copy / "foyer.db", size);
        EXPECT_EQ(code_of(Store::open(copy, device_keys(), site_keys(), new_york(), 0)),
                  Error::Code::corrupt)
            << size;
        EXPECT_EQ(fs::file_size(copy / "foyer.db"), size);
    }
    expect_nothing_lost();
}

TEST_F(Misfortune, OfAFileThatIsNoDatabaseIsSaid) {
    const fs::path other = directory / "other";
    fs::create_directory(other);
    std::ofstream(other / "foyer.db") << std::string(8192, 'x');
    EXPECT_EQ(code_of(Store::open(other, device_keys(), site_keys(), new_york(), 0)),
              Error::Code::corrupt);
}

/// One page after another overwritten: each verb answers rightly or says `corrupt`.
TEST_F(Misfortune, OfADamagedPageIsSaidOrHarmless) {
    const Alias slip = visit("a1").id;
    reopen();
    const auto whole = fs::file_size(file());
    int said = 0;
    for (std::uintmax_t page = 0; page < whole / 4096; ++page) {
        const fs::path copy = directory / ("page-" + std::to_string(page));
        fs::create_directory(copy);
        fs::copy_file(file(), copy / "foyer.db");
        {
            std::fstream damage(copy / "foyer.db",
                                std::ios::in | std::ios::out | std::ios::binary);
            damage.seekp(std::streamoff(page * 4096));
            damage << std::string(4096, '\xA5');
        }
        auto opened = Store::open(copy, device_keys(), site_keys(), new_york(), 0);
        if (!opened) {
            EXPECT_EQ(opened.error().code, Error::Code::corrupt) << page;
            ++said;
            continue;
        }
        const auto found = opened->visit_behind(slip);
        const auto ada = opened->patient(patient_alias("ada"));
        // What is answered is right, and what is not answered is said to be damaged.
        EXPECT_TRUE(found ? !*found || (*found)->appointment == "a1"
                          : found.error().code == Error::Code::corrupt)
            << page;
        EXPECT_TRUE(ada ? ada->family == "Lovelace"
                        : ada.error().code == Error::Code::corrupt)
            << page;
        if (!found || !ada) ++said;
    }
    EXPECT_GE(said, 4);
    expect_nothing_lost();
}

TEST_F(Misfortune, OfAPowerCutLosesNothingThatWasSaid) {
    must(checks_in({visit("a2").id}));
    // What is on the disk while the program runs is all that a power cut leaves.
    const fs::path after = directory / "after";
    fs::create_directory(after);
    for (const char* name : {"foyer.db", "foyer.db-wal"})
        fs::copy_file(directory / name, after / name);
    auto survived =
        Store::open(after, device_keys(), site_keys(), new_york(), 0).value();
    EXPECT_TRUE(survived.visit_of("a2", "").value().check_in);
    EXPECT_EQ(survived.waiting_units(10).value().size(), 2u);
    EXPECT_EQ(must(verify_audit_log(after, device_keys())).why, "");
}

TEST_F(Misfortune, OfAPowerCutWithinAnImportUndoesIt) {
    auto batch = must(store().begin());
    for (int i = 0; i < 3000; ++i)
        must(batch.put(person(std::to_string(i), "Smith", "Ann", "1990-01-02")));
    const fs::path after = directory / "after";
    fs::create_directory(after);
    for (const char* name : {"foyer.db", "foyer.db-wal"})
        fs::copy_file(directory / name, after / name);
    auto survived =
        Store::open(after, device_keys(), site_keys(), new_york(), 0).value();
    EXPECT_EQ(survived.counts(now).value().patients, 1);
}

/// Whether this process holds SQLite's shared lock, as another process is told.
/// SQLite's file format: 510 bytes from 0x40000002.
bool holds_its_lock(const fs::path& file) {
    const pid_t other = fork();
    if (other == 0) {
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000002;
        lock.l_len = 510;
        const bool asked = fcntl(descriptor, F_GETLK, &lock) == 0;
        _exit(asked && lock.l_type != F_UNLCK ? 0 : 1);
    }
    int status = 0;
    return waitpid(other, &status, 0) == other && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

TEST_F(Misfortune, OfASecondLookByTheSameProgramKeepsTheLocksOfTheFirst) {
    ASSERT_TRUE(holds_its_lock(file()));
    must(open());
    EXPECT_TRUE(holds_its_lock(file()));
    must(verify_audit_log(directory, device_keys()));
    EXPECT_TRUE(holds_its_lock(file()));
}

TEST_F(Misfortune, OfTwoProgramsAtOnceIsNone) {
    auto other = open().value();
    auto batch = other.begin().value();
    must(batch.put(person("bob", "Boole", "Bob", "1815-11-02")));
    must(batch.commit());
    EXPECT_TRUE(store().patient(patient_alias("bob")));
    EXPECT_TRUE(checks_in({visit("a2").id}));
    EXPECT_TRUE(other.visit_of("a2", "").value().check_in);
    EXPECT_EQ(audit_verdict().why, "");
}

}  // namespace
}  // namespace foyer
