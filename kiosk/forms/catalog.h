#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/forms/questionnaire.h"
#include "sync/clinic/site.h"

namespace foyer {

class Scores;

/// The forms of a site: those Foyer ships, and the clinic's own, of which one with the
/// same url takes a shipped one's place. Immutable once read.
class FormCatalog {
public:
    struct Entry {
        std::shared_ptr<const Questionnaire> form;
        bool own = false;     ///< the clinic's
        bool safety = false;  ///< asks for answers that cannot wait (domain.md W4)
        int minutes = 1;      ///< about how long it takes
    };
    /// A file that could not be used; its name is the clinic's, not a patient's.
    struct Refused {
        std::filesystem::path file;
        std::string why;
    };

    FormCatalog();
    FormCatalog(FormCatalog&&) noexcept;
    FormCatalog& operator=(FormCatalog&&) noexcept;
    ~FormCatalog();

    /// Reads `*.json` of both folders in the order of their names, and `scores.json` of
    /// `shipped`. An empty or missing folder has none. A file that cannot be used is
    /// left out and told; nothing else fails because of it.
    static FormCatalog read(const std::filesystem::path& shipped,
                            const std::filesystem::path& own,
                            const std::vector<ClinicSafetyRule>& safety);

    const std::vector<Entry>& all() const { return entries_; }
    const std::vector<Refused>& refused() const { return refused_; }
    const Entry* find(std::string_view url) const;
    /// Null if scores.json could not be read: then no form is offered either, since
    /// nobody knows which answers cannot wait.
    const Scores* scores() const { return scores_.get(); }

    /// Urls of the forms that can be filled in at a kiosk in `language`: whole and
    /// approved in it (urn:foyer:form-language; a clinic's own without that mark: in
    /// its Questionnaire.language), about the patient, and without safety items while
    /// nobody would hear of them.
    std::vector<std::string> offered(const std::string& language,
                                     bool alerts_heard) const;

private:
    void take_in(const std::filesystem::path& folder, bool own);
    void find_safety(const std::vector<ClinicSafetyRule>& rules);

    std::vector<Entry> entries_;
    std::vector<Refused> refused_;
    std::unique_ptr<Scores> scores_;
};

}  // namespace foyer
