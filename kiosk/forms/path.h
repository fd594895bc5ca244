#pragma once

#include <string>
#include <vector>

namespace foyer {

/// One step of a path: an item by its linkId, and which instance of a group, or for a
/// question which of its answers, the next step is inside of. Siblings may share a
/// linkId: `nth` counts those from 1.
struct PathStep {
    std::string link_id;
    int index = 0;
    int nth = 1;
    bool operator==(const PathStep&) const = default;
};

/// From the form's root down to one item. LinkIds hold '.' and '/', so a path is a list
/// and never a split string (forms.md).
using ItemPath = std::vector<PathStep>;

}  // namespace foyer
