#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/form_copy.h"
#include "kiosk/form_desk.h"
#include "kiosk/forms/catalog.h"
#include "kiosk/forms/extract.h"
#include "kiosk/forms/model.h"
#include "kiosk/forms/session.h"
#include "kiosk/forms/walk.h"
#include "platform/log.h"

namespace foyer {

/// What a FormDesk holds and does; for form_desk*.cpp alone.
struct FormDesk::Inside {
    Parts parts;
    std::optional<FormCatalog> catalog;

    /// The form at hand.
    struct Filling {
        FormSession session;
        FormDraft draft = {};  ///< as it was saved last
        ItemPath place = {};   ///< an item of the page that is shown
        bool reviewing = false;
        bool whole = false;
        /// The page behind a hand-over that has not happened yet.
        std::optional<int> waiting = {};
        /// Told by the session and not in the store yet.
        std::vector<SafetyNote> safety = {};
    };
    /// The patient at the kiosk. On the heap, so that malloc overwrites it.
    struct Sitting {
        Alias patient;
        Patient who;
        std::vector<Service> visits, later;
        bool alone = false;            ///< one form and no other
        bool guardian_away = false;    ///< of a minor: what needs one is left out
        std::vector<std::string> due;  ///< urls, in order; the first is at hand
        int ended = 0;                 ///< how many of today's are behind them
        std::unique_ptr<Filling> filling;
        std::optional<FormCopy> copy;  ///< of what was signed last
    };
    std::unique_ptr<Sitting> sitting;

    Instant now() const { return parts.clock->now(); }
    Date today() const { return parts.time->day_of(now()); }
    bool busy() const { return sitting && sitting->filling; }

    // Which forms: form_desk_due.cpp.
    void open();
    bool alerts_heard() const;
    /// Whether a minor cannot fill it in by themselves (domain.md W8).
    bool needs_guardian(const std::string& url) const;
    Result<std::vector<std::string>> due(const With& with);
    Result<std::vector<std::string>> due_by_rules(const With& with);
    bool seat(const Alias& patient, const With& with);
    std::vector<FormOffer> welcome(const With& with);
    std::vector<FormOffer> offers(const With& with);
    Event offer(const With& with);

    // Beginning one, and its pages: form_desk_pages.cpp.
    /// How far the site's clock is ahead of UTC.
    std::chrono::minutes offset() const;
    /// The items of the form at hand, with answers as people read them.
    std::vector<ItemState> items() const;
    Result<void> begin(const With& with);
    WalkOptions walk() const;
    int shown(const std::vector<FormPage>& pages) const;
    Event review(const std::vector<FormPage>& pages,
                 const std::vector<ItemState>& items);
    Event page(const std::vector<FormPage>& pages, int index, bool issues);
    Event look(const FormMove& move, const With& with, bool issues = false);
    void speak(const With& with);

    // Keeping what was answered, and ending: form_desk_keeping.cpp.
    static Event failed(Code::Value doing, const Error& error);
    void collect_safety();
    Result<void> save(const With& with);
    /// Saves, then shows; where an answer was not taken, says so.
    Event kept(const With& with, const FormMove& then, bool taken);
    Event save_answers(const SaveAnswers& order, const With& with);
    Event take_photo(const ItemPath& path, const With& with);
    FormDelivery delivery(const With& with, std::optional<FormSignature> signature);
    std::string device_name() const;
    /// A waiver that was not agreed to.
    bool refused(const std::vector<ItemState>& items) const;
    Result<void> end(FormEnd::Status status, const FormOutput& output,
                     std::optional<FormSignature> signature, const With& with);
    Event ended(FormEnd::Status status, const FormOutput& output,
                std::optional<FormSignature> signature, const With& with);
    Event finish(std::optional<FormSignature> signature, const With& with);
    Event stop(const With& with);
    FormCopy copy_of(const FormSignature& signature) const;
    Result<void> park(Store& store, const FormDraft& draft, ClockQuality quality);
    void park_old(Store& store, ClockQuality quality);
};

}  // namespace foyer
