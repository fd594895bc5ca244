#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/forms/page.h"

// From a session's items to pages and a review: what a patient walks through. Pure.
//
// One question a page, unless
// - its group is a page, a grid or a table (itemControl),
// - its group repeats and is short: "another one" is then one page more, or
// - the patient wants whole pages: then a section is one page.
//
// A display leads into the question after it. One that ends like the beginning of a
// sentence ("... have you been bothered by:", "...?") leads into all that follow in its
// group, as does the long text of a group; a group's short text names the section.
// Texts too long to stand above a question have pages of their own, as have those that
// no question follows. What is hidden, disabled or calculated is left out: a score is
// not for the patient's screen (domain.md W3). Only a calculated answer that is
// required and could not be calculated is asked for.

namespace foyer {

/// What a walk knows beside the items.
struct WalkOptions {
    std::string title{};  ///< of the form
    bool whole = false;   ///< the patient wants whole pages
    int form_number = 1, forms = 1;
    int utc_offset = 0;  ///< minutes, see FormPage
};

/// The pages of a form as it is now; an answer can make pages come and go, so they are
/// made anew after each. None if nothing is shown.
std::vector<FormPage> pages_of(const std::vector<ItemState>& items,
                               const WalkOptions& options);

/// The page an item stands on, from 0; if it stands on none any more, the page of the
/// item before it in the form (`items` as they are now); 0 at worst.
int page_with(const std::vector<FormPage>& pages, const std::vector<ItemState>& items,
              const ItemPath& path);

/// The first item of a page that asks something, else its first: where the patient is,
/// for page_with() after an answer. Empty for a page without items.
ItemPath place_of(const FormPage& page);

/// The first page, from 0, on which something is wrong that keeps the form from being
/// finished; none if nothing is.
std::optional<int> first_problem(const std::vector<FormPage>& pages);
bool has_problem(const FormPage& page);

/// Whether the kiosk changes hands between a page and the one before it, and to whom.
std::optional<bool> hand_over_to_teen(const std::vector<FormPage>& pages, int page);

/// A line for every question there is. `part`: what belongs to the other of guardian
/// and teen is left out; empty: of a form that is not split.
std::vector<FormReviewLine> review_of(const std::vector<FormPage>& pages,
                                      const std::string& part);

/// About how long a form takes, at least 1: for the offer.
int minutes_of(const std::vector<ItemState>& items);

/// Whether an item asks the patient something: no group, no display, not read-only.
bool is_asked(const ItemState& item);

}  // namespace foyer
