#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/clock.h"
#include "platform/http.h"

namespace foyer {

/// A small FHIR R4 server in memory, behind one function. It behaves as the two servers
/// do that tests/peers runs, as far as Foyer asks; tests/peers/interop_test.cpp asks
/// all three the same questions, so that it cannot drift. It checks no profiles and
/// knows only the search parameters of fake_search.cpp; all others are refused with
/// 400.
///
/// Not in it: PATCH, chained searches, `_revinclude`, history by HTTP.
class FakeFhir {
public:
    /// Where two good servers differ.
    enum class Manner {
        /// HAPI FHIR JPA: versions 1, 2, 3; a stale If-Match is 409; transaction
        /// answers
        /// carry etag and location but no resource; references must exist; what is
        /// referred to is not deleted (409); an update that changes nothing makes no
        /// version; pages are of the result as it was at the first one.
        hapi,
        /// Medplum: UUID versions; 412; transaction answers carry the resource but no
        /// etag; at most 8 entries with a condition and 50 updates in a transaction;
        /// PUT
        /// of an unknown id is 404 (the server; its router alone takes it); a date
        /// search for one point in time finds nothing, from `ge` to `le` it does; pages
        /// are counted off anew for each request.
        medplum,
    };
    explicit FakeFhir(Manner manner = Manner::hapi, std::uint64_t seed = 1);
    ~FakeFhir();
    FakeFhir(const FakeFhir&) = delete;
    FakeFhir& operator=(const FakeFhir&) = delete;

    /// What all its addresses begin with.
    static constexpr std::string_view base = "http://clinic.test/fhir";

    HttpResponse handle(const HttpRequest& request);

    /// The server's time; for lastUpdated and the Date header. Never moves by itself.
    Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
    /// Each write happens at least a millisecond after the one before it.
    bool times_differ = true;

    /// The server as somebody broke it.
    struct Broken {
        bool atomic = true;  ///< else a transaction runs as a batch, as Medplum's may
        bool refuses_stale = true;       ///< else If-Match is ignored
        bool conditional_create = true;  ///< else If-None-Exist is ignored
        bool tag_search = true;          ///< else `_tag` is an unknown parameter
        int most_entries = 1000;         ///< in a transaction, whatever they are
        std::set<std::string> refused_types = {};  ///< nothing of these is written
        /// Broken only when it matters: whoever tries it out (`urn:foyer:probe`) finds
        /// it in order.
        bool lies = false;
        /// Answers 401 to other values of Authorization, if not empty.
        std::string authorization = {};
        /// Conditional creates are not looked for among what was written in the last
        /// so long (an index that lags, HAPI #3141).
        std::chrono::milliseconds index_lag{0};
    } broken;

    // --- what a test does behind HTTP's back ----------------------------------------

    /// Creates, or changes without a condition; answers the id. An `id` in the JSON is
    /// kept, whatever the manner; without one, one is given. Not JSON: aborts.
    std::string put(std::string_view resource);
    /// As it is now, with `meta`; none if it is not there or deleted.
    std::optional<std::string> get(std::string_view type, std::string_view id) const;
    std::vector<std::string> all(std::string_view type) const;
    /// Deletes, whoever refers to it.
    void remove(std::string_view type, std::string_view id);
    /// Sets the member at `pointer` ("/status", "/participant/0/status") to `value`, a
    /// JSON text. False if there is no such resource.
    bool set(std::string_view type, std::string_view id, std::string_view pointer,
             std::string_view value);
    /// How many versions there were; deletions count.
    int history(std::string_view type, std::string_view id) const;
    /// How often anything was written since the beginning.
    std::int64_t writes() const;
    /// The ids of a type whose identifier, or tag, is `urn:foyer:op|<value>`.
    std::vector<std::string> done(std::string_view type, std::string_view value) const;
    /// What a `next` link leads to is forgotten, as after a restart: 410.
    void forget_pages();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
