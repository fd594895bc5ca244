#include "kiosk/audit/audit.h"

#include <array>

#include "kiosk/audit/rule.h"

namespace foyer {

namespace {

struct Check {
    Rule rule;
    void (*run)(Subject&);
};

// design.md is the project's; [numbers] are of its domain page: ADA 707 [98], EN 301
// 549 [102], WCAG 2.2.
constexpr std::array checks{
    Check{{"target-size", "a target is at least 20 x 20 mm",
           "design.md, Physical size; above WCAG 2.5.5 (9.8 mm at 60 cm)"},
          check_target_size},
    Check{{"key-size", "a key of the keyboard is at least 12 mm wide and 15 mm high",
           "design.md, Physical size"},
          check_key_size},
    Check{{"target-gap", "targets are at least 3 mm apart, keys 2 mm",
           "design.md, Physical size"},
          check_target_gap},
    Check{{"target-overlap", "no target lies over another",
           "design.md, One tree; WCAG 2.5.8"},
          check_target_overlap},
    Check{{"cut-text", "every text is shown whole", "design.md: it never cuts"},
          check_cut_text},
    Check{{"overdrawn", "nothing is drawn outside its node", "guide.md, A screen"},
          check_overdrawn},
    Check{{"broken-word", "no line breaks inside a word",
           "design.md: nothing clumsy; WCAG 1.4.12"},
          check_broken_word},
    Check{{"capital-height", "a capital is 4.8 mm high, in the largest size 7.3 mm",
           "ADA 707.7.2 [98]; EN 301 549 5.1.4 at 60 cm [102]"},
          check_capital_height},
    Check{{"unknown-glyph", "every character has a glyph", "design.md, Tokens"},
          check_glyphs},
    Check{{"outside", "a node lies within the one it stands in, and on the screen",
           "guide.md, A screen is a function"},
          check_inside_parent},
    Check{{"does-not-fit", "every part of the body has a place on some page",
           "design.md: a screen that does not fit becomes pages"},
          check_fits},
    Check{{"reach", "with controls brought lower, all are below the reach line",
           "design.md; ADA 308: 48 in [95][96]"},
          check_reach},
    Check{{"text-contrast", "text has 7:1 against what is behind it, icons 3:1",
           "design.md; WCAG 1.4.6 and 1.4.11"},
          check_text_contrast},
    Check{{"border-contrast", "a border that carries meaning has 3:1",
           "design.md; WCAG 1.4.11"},
          check_border_contrast},
    Check{{"unnamed", "a control has a name", "WCAG 4.1.2; design.md, One tree"},
          check_named},
    Check{{"untranslated", "a text is there in the screen's language",
           "EN 301 549 5.1.3.14 [102]; domain.md d7"},
          check_translated},
    Check{{"same-key", "no two controls have the same key",
           "guide.md: every control can be found"},
          check_unique},
    Check{{"not-private", "what is the patient's own is marked private",
           "EN 301 549 5.1.3.9 [102]; ADA 707.4 [98]"},
          check_private},
    Check{{"focus-order",
           "controls follow each other from top to bottom and start to end",
           "WCAG 2.4.3; design.md, One tree"},
          check_focus_order},
    Check{{"no-help", "help can be asked for", "design.md, People first"}, check_help},
};

}  // namespace

const std::vector<Rule>& rules() {
    static const auto list = [] {
        std::vector<Rule> all;
        for (const auto& check : checks) all.push_back(check.rule);
        return all;
    }();
    return list;
}

std::vector<AuditFinding> audit(const Tree& tree, const Setting& setting,
                                const Expected& expected) {
    Subject subject(tree, setting, expected);
    for (const auto& check : checks) check.run(subject);
    return subject.take();
}

}  // namespace foyer
