#pragma once

#include <vector>

#include "kiosk/audit/audit.h"

namespace foyer {

/// A screen under audit, and where findings go. Each rule is a function of it.
class Subject {
public:
    Subject(const Tree& checked, const Setting& how, const Expected& what);

    const Tree& tree;
    const Setting& setting;
    const Expected& expected;
    /// What is on the page shown, in tree order: regions in reading order, each node
    /// before its children.
    const std::vector<NodeId>& shown() const { return shown_; }
    /// Of those, what can be tapped, typed into or held, and is not under a modal.
    const std::vector<NodeId>& targets() const { return targets_; }

    /// The layout of a text or field node, as it is drawn.
    const TextBlock& block(NodeId id) const;
    /// What a person knows the node by.
    std::string name_of(NodeId id) const;

    void found(const char* rule, NodeId id, std::string what);
    std::vector<AuditFinding> take() { return std::move(findings_); }

private:
    void visit(NodeId id);

    std::vector<NodeId> shown_, targets_;
    std::vector<AuditFinding> findings_;
};

/// A length in pixels as millimetres with one decimal, for findings.
std::string as_mm(float pixels, const Display& display);

// One function a rule; its Rule in audit.cpp says what it checks and why.

void check_target_size(Subject& subject);
void check_key_size(Subject& subject);
void check_target_gap(Subject& subject);
void check_target_overlap(Subject& subject);

void check_cut_text(Subject& subject);
void check_overdrawn(Subject& subject);
void check_broken_word(Subject& subject);
void check_capital_height(Subject& subject);
void check_glyphs(Subject& subject);

void check_inside_parent(Subject& subject);
void check_fits(Subject& subject);
void check_reach(Subject& subject);

void check_text_contrast(Subject& subject);
void check_border_contrast(Subject& subject);

void check_named(Subject& subject);
void check_translated(Subject& subject);
void check_unique(Subject& subject);
void check_private(Subject& subject);

void check_focus_order(Subject& subject);
void check_help(Subject& subject);

}  // namespace foyer
