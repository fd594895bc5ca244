#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

#include "sync/clinic/site_time.h"
#include "sync/records/audit_log.h"
#include "sync/records/database.h"
#include "sync/records/store.h"

namespace foyer {

inline SecretKey test_key(std::uint8_t seed) {
    std::array<std::uint8_t, 32> bytes{};
    bytes.fill(seed);
    return secret_key(bytes);
}

inline Instant at(const std::string& text) {
    return parse_instant(text).value();
}
inline Date day(const std::string& text) {
    return parse_date(text).value();
}

/// A real store in a directory that goes with the test. The clinic is in New York and
/// it is Monday 23 November 2026, 9:45; nothing asks the machine's clock.
class Records : public testing::Test {
protected:
    Records() {
        // Memory: a test's records need not outlive the machine, and disk syncs are
        // slow.
        const bool memory = std::filesystem::is_directory("/dev/shm");
        std::string name =
            memory ? "/dev/shm/foyer-records-XXXXXX" : "/tmp/foyer-records-XXXXXX";
        directory = mkdtemp(name.data());
    }
    ~Records() override {
        store_.reset();
        std::filesystem::remove_all(directory);
    }

    std::filesystem::path directory;
    Instant now = foyer::at("2026-11-23T09:45:00-05:00");
    Date today = foyer::day("2026-11-23");
    int device_index = 0;
    /// Nobody waits for a lock in a test.
    std::chrono::milliseconds lock_wait{0};

    DeviceKeys device_keys() const { return DeviceKeys(test_key(1)); }
    SiteKeys site_keys() const { return SiteKeys(test_key(2)); }
    SiteTime new_york() const { return SiteTime::in_zone("America/New_York").value(); }

    Result<Store> open(std::uint8_t device_seed = 1, std::uint8_t site_seed = 2) const {
        return Store::open(directory, DeviceKeys(test_key(device_seed)),
                           SiteKeys(test_key(site_seed)), new_york(), device_index,
                           lock_wait);
    }
    Store& store() {
        if (!store_) store_ = must(open());
        return *store_;
    }
    /// As after a restart.
    void reopen() { store_.reset(); }
    /// The database itself, as somebody with the disk in hand sees it. Closes the
    /// store.
    Database raw() {
        store_.reset();
        return must(Database::open(directory / "foyer.db", Database::Access::read_write,
                                   std::chrono::milliseconds(0)));
    }

    /// SQL by somebody with the disk in hand.
    void tamper(const std::string& sql) { must(raw().script(sql)); }

    template <class Value>
    static Value must(Result<Value> result) {
        if (!result) ADD_FAILURE() << result.error().what;
        if constexpr (!std::is_void_v<Value>) return std::move(result).value();
    }

    // --- the clinic --------------------------------------------------------------

    static Patient person(const std::string& id, const std::string& family,
                          const std::string& given, const std::string& born) {
        Patient patient;
        patient.id = id;
        patient.family = family;
        patient.given = given;
        patient.born = foyer::day(born);
        return patient;
    }
    void given_patient(const Patient& patient) {
        auto batch = must(store().begin());
        must(batch.put(patient));
        must(batch.commit());
    }
    void given_patient(const std::string& id, const std::string& family,
                       const std::string& given, const std::string& born) {
        given_patient(person(id, family, given, born));
    }

    static Store::Batch::Appointment appointment(const std::string& id,
                                                 std::vector<std::string> patients,
                                                 const std::string& starts) {
        Store::Batch::Appointment result;
        result.id = id;
        result.patients = std::move(patients);
        result.starts = foyer::at(starts);
        result.ends = result.starts + std::chrono::minutes(50);
        result.status = AppointmentStatus::booked;
        result.service = Service::individual;
        return result;
    }
    Taken given(const Store::Batch::Appointment& wanted) {
        auto batch = must(store().begin());
        const Taken taken = must(batch.put(wanted));
        must(batch.commit());
        return taken;
    }
    /// Ada and her visit today at ten: Patient/ada, Appointment/a1.
    void given_ada() {
        given_patient("ada", "Lovelace", "Ada", "1815-12-10");
        given(appointment("a1", {"ada"}, "2026-11-23T10:00:00-05:00"));
    }
    void given_resource(const std::string& type, const std::string& id,
                        const std::string& json) {
        auto batch = must(store().begin());
        must(batch.put(type, id, json));
        must(batch.commit());
    }

    Alias patient_alias(const std::string& id) const {
        return site_keys().alias_of("Patient", id);
    }
    Visit visit(const std::string& appointment_id, const std::string& patient_id = "") {
        return must(store().visit_of(appointment_id, patient_id));
    }
    Result<std::vector<Visit>> checks_in(const std::vector<Alias>& visits,
                                         std::vector<Alias> late = {}) {
        return store().check_in({visits, std::move(late), now, ClockQuality::trusted});
    }
    std::vector<Unit> waiting() { return must(store().waiting_units(1000)); }
    AuditVerdict audit_verdict() {
        return must(verify_audit_log(directory, device_keys()));
    }

private:
    std::optional<Store> store_;
};

}  // namespace foyer
