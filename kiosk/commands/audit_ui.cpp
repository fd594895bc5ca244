#include "kiosk/commands/audit_ui.h"

#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "kiosk/audit/expected.h"
#include "kiosk/stage.h"

namespace foyer {

namespace {

constexpr int clean = 0, unclean = 3;

/// One finding, wherever it was met.
struct Met {
    AuditFinding finding;  ///< as it was met first
    std::string variant;   ///< there
    int page = 0;
    int variants = 0;  ///< in how many
};

struct Totals {
    int screens = 0, variants = 0, pages = 0;
};

/// Findings by screen, rule and node.
class Collection {
public:
    void add(const std::string& screen, const std::string& variant, int page,
             std::vector<AuditFinding> findings) {
        for (auto& finding : findings) {
            const auto place = std::tuple(screen, finding.rule, finding.node);
            auto& met = met_[place];
            if (met.variants == 0)
                met = {std::move(finding), variant, page, 1};
            else if (met_last_[place] != variant)
                ++met.variants;
            met_last_[place] = variant;
        }
    }

    using Place = std::tuple<std::string, std::string, std::string>;
    const std::map<Place, Met>& all() const { return met_; }

private:
    std::map<Place, Met> met_;
    std::map<Place, std::string> met_last_;
};

void audit_page(Stage& stage, const Sample& sample, const Variant& variant, int page,
                const Expected& expected, Collection& found) {
    stage.check();
    found.add(sample.name, variant.name(), page,
              audit(stage.tree(), stage.ui().setting(), expected));
}

/// Every sample in every comfort of one display: the text of one helps the next.
void audit_display(const std::vector<Variant>& variants, Totals& totals,
                   Collection& found) {
    Stage stage(variants.front().display);
    for (const auto& sample : samples()) {
        const auto expected = expected_of(sample.screen);
        for (const auto& variant : variants) {
            const int pages = stage.build(sample, variant.comfort).pages;
            for (int page = 0; page < pages; ++page) {
                if (page > 0) stage.build(sample, variant.comfort, page);
                audit_page(stage, sample, variant, page, expected, found);
                ++totals.pages;
            }
        }
        stage.text().next_frame();
    }
}

bool same_panel(const Display& a, const Display& b) {
    return a.width == b.width && a.height == b.height && a.ppi == b.ppi;
}

void print(const Collection& found, const Totals& totals, std::ostream& out) {
    for (const auto& [place, met] : found.all()) {
        const auto& [screen, rule, node] = place;
        out << screen << ": " << rule << ": " << node << " " << met.finding.what << " ("
            << met.variant;
        if (met.page > 0) out << ", page " << met.page + 1;
        if (met.variants > 1) out << ", and " << met.variants - 1 << " more";
        out << ")\n";
    }
    out << found.all().size() << " findings in " << totals.screens << " screens, "
        << totals.variants << " variants, " << totals.pages << " pages, "
        << rules().size() << " rules\n";
}

void print_json(const Collection& found, const Totals& totals, std::ostream& out) {
    auto findings = nlohmann::json::array();
    for (const auto& [place, met] : found.all()) {
        const auto& [screen, rule, node] = place;
        const auto& rect = met.finding.rect;
        findings.push_back({{"screen", screen},
                            {"rule", rule},
                            {"node", node},
                            {"what", met.finding.what},
                            {"rect", {rect.x, rect.y, rect.w, rect.h}},
                            {"variant", met.variant},
                            {"page", met.page + 1},
                            {"variants", met.variants}});
    }
    auto all = nlohmann::json::array();
    for (const auto& rule : rules())
        all.push_back(
            {{"name", rule.name}, {"says", rule.says}, {"source", rule.source}});
    const nlohmann::json report{{"findings", std::move(findings)},
                                {"rules", std::move(all)},
                                {"screens", totals.screens},
                                {"variants", totals.variants},
                                {"pages", totals.pages}};
    out << report.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

}  // namespace

int audit_ui(const AuditOptions& options, std::ostream& out) {
    Totals totals;
    Collection found;
    const auto all = variants(options.all_displays);
    totals.screens = int(samples().size());
    totals.variants = int(all.size());
    std::vector<bool> done(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (done[i]) continue;
        std::vector<Variant> panel;
        for (std::size_t j = i; j < all.size(); ++j) {
            if (!same_panel(all[i].display, all[j].display)) continue;
            done[j] = true;
            panel.push_back(all[j]);
        }
        audit_display(panel, totals, found);
    }
    if (options.json)
        print_json(found, totals, out);
    else
        print(found, totals, out);
    return found.all().empty() ? clean : unclean;
}

int audit_ui(const AuditOptions& options) {
    return audit_ui(options, std::cout);
}

}  // namespace foyer
