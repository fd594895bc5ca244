#pragma once

#include <string>
#include <vector>

#include "kiosk/ui/layout.h"

namespace foyer {

/// What a rule found wrong with a screen.
struct AuditFinding {
    std::string rule;  ///< "target-size"
    std::string node;  ///< the node's key, else its label, else what it stands in
    std::string what;  ///< one sentence with the figures
    Rect rect;         ///< in pixels of the upright picture
};

/// What is expected of a screen, beside what every screen must keep.
struct Expected {
    /// A control that calls for help, or the Help screen itself.
    bool help = true;
    /// What only the patient may read (a name, a phone): nodes that hold it are
    /// private.
    std::vector<std::string> secrets;
};

/// A rule of the audit.
struct Rule {
    const char* name;
    const char* says;    ///< what must hold, in one sentence
    const char* source;  ///< where it comes from
};
const std::vector<Rule>& rules();

/// Checks the page shown of a placed tree. Measures text, draws nothing, changes
/// nothing; the marks of Painter::check() (cut, overdrawn) are read, so call that
/// first. Findings come in the order of rules(); none is the aim.
std::vector<AuditFinding> audit(const Tree& tree, const Setting& setting,
                                const Expected& expected);

}  // namespace foyer
