#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/fhir/intake.h"
#include "sync/pull/page.h"
#include "sync/pull/reading.h"
#include "sync/records/store.h"

namespace foyer {

/// What a page came to.
struct PageResult {
    int taken = 0, unchanged = 0, refused = 0, gone = 0;
    std::set<std::string> shown;        ///< "Type/id" of all of it
    std::vector<std::string> wants;     ///< "Type/id" that it names and nobody has
    std::vector<std::string> refusals;  ///< "Type/id: why"; nothing of a patient
    std::string device;                 ///< the id of a Device on it, or empty
};

/// Takes a page of the server's into one batch of the records, which the caller
/// commits.
///
/// A version that is known is passed over. Patients are taken who have a part in an
/// Appointment of the page, who were asked for, or who are held: nobody else is kept.
/// Of QuestionnaireResponses only form, time and outcome are kept (sync.md decision
/// 11), of Provenances that a patient arrived at another kiosk, of Observations who
/// went, came back and left, of Encounters that today's visits began. Consents that are
/// no longer active and Tasks that are over go.
class PageIntake final : public IntakeListener {
public:
    struct Settings {
        const Site* site = nullptr;
        SiteTime time;
        Instant now{};
        bool asked_for = false;  ///< by id: whatever the version says
        bool afresh = false;     ///< versions known are another server's
        const std::set<std::string>* missing = nullptr;  ///< not to be wanted again
    };
    PageIntake(Store& store, Store::Batch& batch, const Settings& settings);

    Result<PageResult> take(const Page& page);

    Result<Store::Batch*> batch() override { return &batch_; }
    Result<void> on_appointment(const Subject& subject,
                                const Store::Batch::Appointment& appointment) override;
    Result<void> on_taken(const Subject& subject, Taken taken) override;
    void on_refused(const Subject& subject, std::string why) override;
    void on_remark(const Subject& subject, std::string what) override;
    void on_left_out(const Subject& subject, LeftOut why) override;

private:
    Result<void> take_one(const PageResource& resource);
    Result<bool> take_aside(const PageResource& resource);
    Result<void> take_form_done(const PageResource& resource);
    Result<void> take_arrival(const PageResource& resource);
    Result<void> take_attendance(const PageResource& resource);
    Result<void> take_begun(const PageResource& resource);
    Result<void> want(const std::string& type, const std::string& id);
    Result<void> want_practitioner_of(const PageResource& role);
    Result<void> settle_left_out();
    void refuse(const std::string& label, const std::string& why);

    Store& store_;
    Store::Batch& batch_;
    const Settings settings_;
    Intake intake_;
    PageResult result_;
    std::map<std::string, std::string> versions_;  ///< by "Type/id"
    std::set<std::string> needed_;                 ///< patients of this page
    std::set<std::string> asked_;                  ///< what want() has looked at
    std::vector<Subject> left_out_, kept_as_it_was_;
};

/// How a page ends for the reading of `type`.
PageEnd end_of(const Page& page, std::string_view type);

}  // namespace foyer
