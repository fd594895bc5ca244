#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "kiosk/forms/model.h"

namespace foyer {

/// The option that an answerOption (or any element with a value[x]) stands for.
FormOption option_of(const Element& holder);

/// The option of one bare value.
FormOption option_of(const FormValue& value);

/// The value sets that come with a form, and the few common ones that are known here.
/// Keeps elements it makes in the form.
class ValueSets {
public:
    explicit ValueSets(FormModel& form) : form_(form) {}

    /// Learns what the form contains.
    void read(const Element& root);

    /// The options of a value set: "#contained", or a canonical whose set or code
    /// system is contained or known. None if it is not here.
    std::optional<std::vector<FormOption>> expand(std::string_view canonical);

private:
    const Element* contained(std::string_view type, std::string_view id_or_url) const;
    void add_concepts(const Element& holder, std::string_view list,
                      std::string_view system, std::vector<FormOption>& options,
                      int depth);
    bool add_set(const Element& set, std::vector<FormOption>& options, int depth);
    bool add_include(const Element& include, std::vector<FormOption>& options,
                     int depth);
    FormOption concept_option(const Element& concept_, std::string_view system);

    FormModel& form_;
    std::vector<const Element*> resources_;
    std::set<const Element*> seen_;  ///< sets that expand() took in
};

}  // namespace foyer
