#include "kiosk/forms/walk.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace foyer {

namespace {

/// Texts up to so many bytes stand above their question; longer ones are read first.
constexpr std::size_t longest_lead = 280;
/// A group's text up to so many bytes names a section.
constexpr std::size_t longest_section = 48;
/// Texts are put together up to so many bytes a page; the screen may still turn pages
/// within.
constexpr std::size_t longest_reading = 1800;
/// A repeating group of more questions is asked one by one.
constexpr int most_in_instance = 5;

/// Seconds to read or answer (the issue: about 8 s a question, more for text).
constexpr double question_seconds = 8, string_seconds = 15, text_seconds = 30,
                 photo_seconds = 30, letters_a_second = 20;

/// Whether a text is the beginning of what follows: of each question that follows.
bool leads_into_all(const std::string& text) {
    return text.ends_with(':') || text.ends_with('?') || text.ends_with("...") ||
           text.ends_with("\u2026");
}

bool is_display(const ItemState& item) {
    return item.type == ItemType::display;
}

/// Said with what it belongs to, or not for the patient.
bool is_silent(const ItemState& item) {
    // Nobody is asked to correct a sum, unless the form cannot do without it.
    if (item.calculated && (item.read_only || !item.required || !item.answers.empty()))
        return true;
    if (item.read_only && item.type != ItemType::group && !is_display(item))
        return item.answers.empty();
    if (!is_display(item)) return false;
    return item.control == ItemControl::help || item.control == ItemControl::flyover ||
           item.control == ItemControl::unit || item.text.empty();
}

bool is_shown_whole(const ItemState& group) {
    return group.control == ItemControl::page || group.control == ItemControl::grid ||
           group.control == ItemControl::table;
}

double seconds_for(const ItemState& item) {
    const double reading = double(item.text.size()) / letters_a_second;
    if (!is_asked(item)) return reading;
    switch (item.type) {
        case ItemType::text:
            return text_seconds;
        case ItemType::string:
        case ItemType::url:
        case ItemType::reference:
            return string_seconds;
        case ItemType::attachment:
            return photo_seconds;
        default:
            // What is long to read takes longer than its answer.
            return std::max(question_seconds, reading);
    }
}

int minutes(double seconds) {
    return std::max(1, int(std::ceil(seconds / 60)));
}

/// A page in the making: items by their place in the form.
struct Draft {
    std::vector<int> items;
    int section = -1;  ///< the group that names it
    std::string lead, part;
    bool whole = false;
    int instance = 0;  ///< of a repeating group, from 1, where there are several
};

class Walker {
public:
    explicit Walker(const std::vector<ItemState>& items)
        : items_(items), children_(items.size() + 1), shown_(items.size()) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const int parent = items[i].parent;
            const bool inside = parent >= 0 && std::size_t(parent) < i;
            children_[inside ? std::size_t(parent) + 1 : 0].push_back(int(i));
            shown_[i] = items[i].enabled && !items[i].hidden && !is_silent(items[i]) &&
                        (!inside || shown_[std::size_t(parent)]);
        }
    }

    std::vector<Draft> walk() {
        Where top;
        for (const int child : children_[0]) visit(child, top);
        put_texts(top);
        return std::move(drafts_);
    }

    /// Whether a group or question is on some page, by itself or by what is in it.
    bool shown(int item) const { return shown_[std::size_t(item)]; }

private:
    /// In which section, under which lead, in whose part.
    struct Where {
        int section = -1;
        std::string lead, part;
        int instance = 0;
    };

    const ItemState& at(int item) const { return items_[std::size_t(item)]; }
    const std::vector<int>& children(int item) const {
        return children_[std::size_t(item) + 1];
    }

    void visit(int item, Where& where) {
        if (!shown(item)) return;
        const auto& state = at(item);
        Where inside = where;
        if (!state.part.empty()) inside.part = state.part;
        if (inside.part != where.part) put_texts(where);
        if (state.type == ItemType::group)
            visit_group(item, inside);
        else if (is_display(state) && leads_into_all(state.text) &&
                 state.text.size() <= longest_lead)
            where.lead = state.text;
        else if (is_display(state) || state.read_only)
            waiting_.push_back(item);
        else
            visit_question(item, inside);
    }

    void visit_group(int item, Where where) {
        const auto& group = at(item);
        if (group.repeats) {
            put_texts(where);
            where.instance = instances_of(item) > 1 ? group.path.back().index + 1 : 0;
        }
        if (is_shown_whole(group) || (group.repeats && is_short(item))) {
            if (names_section(group)) where.section = item;
            put_whole(item, where);
            return;
        }
        where.lead.clear();
        if (!group.short_text.empty() && group.short_text != group.text) {
            where.section = item;
            where.lead = group.text;
        } else if (names_section(group)) {
            where.section = item;
        } else if (!group.text.empty()) {
            where.lead = group.text;
        }
        const auto before = drafts_.size();
        for (const int child : children(item)) visit(child, where);
        // What no question follows in its group does not lead into the next group.
        put_texts(where);
        // "Add another" stands where an instance ends.
        if (group.repeats && drafts_.size() > before)
            drafts_.back().items.push_back(item);
    }

    static bool names_section(const ItemState& group) {
        return !group.short_text.empty() ||
               (!group.text.empty() && group.text.size() <= longest_section &&
                !leads_into_all(group.text));
    }

    int instances_of(int item) const {
        const auto& path = at(item).path;
        int count = 0;
        for (const auto& other : items_) {
            if (other.path.size() != path.size() || other.type != ItemType::group)
                continue;
            bool same = other.path.back().link_id == path.back().link_id &&
                        other.path.back().nth == path.back().nth;
            for (std::size_t i = 0; same && i + 1 < path.size(); ++i)
                same = other.path[i] == path[i];
            count += same ? 1 : 0;
        }
        return count;
    }

    bool is_short(int item) const {
        int asked = 0;
        bool plain = true;
        each_inside(item, [&](int inner) {
            asked += is_asked(at(inner)) ? 1 : 0;
            plain = plain && !(at(inner).type == ItemType::group && inner != item);
        });
        return plain && asked <= most_in_instance;
    }

    template <class Do>
    void each_inside(int item, Do what) const {
        if (!shown(item)) return;
        what(item);
        for (const int child : children(item)) each_inside(child, what);
    }

    void visit_question(int item, const Where& where) {
        if (waiting_size() > longest_lead) put_texts(where);
        auto& draft = begin(where);
        draft.items.insert(draft.items.end(), waiting_.begin(), waiting_.end());
        waiting_.clear();
        draft.items.push_back(item);
        // Its own displays stay with it, its own questions come after it.
        for (const int child : children(item))
            if (shown(child) && is_display(at(child))) draft.items.push_back(child);
        Where after = where;
        for (const int child : children(item))
            if (!is_display(at(child))) visit(child, after);
    }

    void put_whole(int item, const Where& where) {
        if (waiting_size() > longest_lead) put_texts(where);
        auto& draft = begin(where);
        draft.whole = true;
        draft.items.insert(draft.items.end(), waiting_.begin(), waiting_.end());
        waiting_.clear();
        const auto before = draft.items.size();
        bool asks = false;
        each_inside(item, [&](int inner) {
            draft.items.push_back(inner);
            asks = asks || !(at(inner).type == ItemType::group);
        });
        // A group of which nothing is left is no page.
        if (!asks) {
            waiting_.assign(draft.items.begin(),
                            draft.items.begin() + std::ptrdiff_t(before));
            drafts_.pop_back();
        }
    }

    /// Pages for what waits to lead into a question, which does not come.
    void put_texts(const Where& where) {
        // Pages of about one length, rather than a last one with a single line.
        const auto whole = waiting_size();
        const auto pages = (whole + longest_reading - 1) / longest_reading;
        const auto most = pages == 0 ? 0 : whole / pages + longest_lead;
        std::size_t size = 0;
        for (const int item : waiting_) {
            const auto length = at(item).text.size();
            if (size == 0 || size + length > most) {
                begin(where).lead.clear();
                size = 0;
            }
            drafts_.back().items.push_back(item);
            size += length;
        }
        waiting_.clear();
    }

    std::size_t waiting_size() const {
        std::size_t size = 0;
        for (const int item : waiting_) size += at(item).text.size();
        return size;
    }

    Draft& begin(const Where& where) {
        drafts_.push_back(
            {{}, where.section, where.lead, where.part, false, where.instance});
        return drafts_.back();
    }

    const std::vector<ItemState>& items_;
    std::vector<std::vector<int>> children_;  ///< by parent + 1
    std::vector<bool> shown_;
    std::vector<int> waiting_;  ///< displays on their way to a question
    std::vector<Draft> drafts_;
};

/// Whether another instance of the same group comes later: that one's page adds more.
bool has_later_instance(const std::vector<ItemState>& items, const ItemState& group) {
    return std::ranges::any_of(items, [&](const ItemState& other) {
        auto same = group.path;
        if (other.path.size() != same.size() ||
            other.path.back().index <= same.back().index)
            return false;
        same.back().index = other.path.back().index;
        return other.path == same;
    });
}

bool asks(const FormPage& page) {
    return std::ranges::any_of(page.items, is_asked);
}

/// Pages of one section become one page.
std::vector<Draft> joined(const std::vector<ItemState>& items,
                          std::vector<Draft> drafts) {
    std::vector<Draft> all;
    for (auto& draft : drafts) {
        const bool goes_on = !all.empty() && all.back().section == draft.section &&
                             all.back().part == draft.part &&
                             all.back().instance == draft.instance &&
                             all.back().lead == draft.lead;
        const auto grid = [&](const Draft& one) {
            return std::ranges::any_of(one.items, [&](int item) {
                return items[std::size_t(item)].control == ItemControl::grid;
            });
        };
        if (!goes_on || grid(draft) || grid(all.back())) {
            all.push_back(std::move(draft));
            continue;
        }
        all.back().whole = true;
        all.back().items.insert(all.back().items.end(), draft.items.begin(),
                                draft.items.end());
    }
    return all;
}

FormPage page_from(const Draft& draft, const std::vector<ItemState>& items,
                   const WalkOptions& options) {
    FormPage page;
    page.title = options.title;
    page.lead = draft.lead;
    page.part = draft.part;
    page.whole = draft.whole;
    page.form_number = options.form_number;
    page.forms = options.forms;
    page.utc_offset = options.utc_offset;
    if (draft.section >= 0) {
        const auto& group = items[std::size_t(draft.section)];
        page.section = group.short_text.empty() ? group.text : group.short_text;
        if (draft.instance > 0) page.section += " " + std::to_string(draft.instance);
    }
    for (const int item : draft.items) {
        auto state = items[std::size_t(item)];
        const auto parent = std::ranges::find(draft.items, state.parent);
        state.parent =
            parent == draft.items.end() ? -1 : int(parent - draft.items.begin());
        if (state.can_add && has_later_instance(items, state)) state.can_add = false;
        page.items.push_back(std::move(state));
    }
    return page;
}

/// The issues of groups that stand on no page themselves go to their first page.
void place_issues(std::vector<FormPage>& pages, const std::vector<ItemState>& items) {
    for (const auto& group : items) {
        if (group.type != ItemType::group || group.issues.empty() || !group.enabled)
            continue;
        const auto stands = [&](const FormPage& page) {
            return std::ranges::find(page.items, group.path, &ItemState::path) !=
                   page.items.end();
        };
        if (std::ranges::any_of(pages, stands)) continue;
        const auto first = std::ranges::find_if(pages, [&](const FormPage& page) {
            return std::ranges::any_of(page.items, [&](const ItemState& item) {
                return item.path.size() > group.path.size() &&
                       std::equal(group.path.begin(), group.path.end(),
                                  item.path.begin());
            });
        });
        if (first != pages.end())
            first->issues.insert(first->issues.end(), group.issues.begin(),
                                 group.issues.end());
    }
}

void number(std::vector<FormPage>& pages, const std::vector<Draft>& drafts) {
    double seconds = 0;
    for (std::size_t i = pages.size(); i-- > 0;) {
        auto& page = pages[i];
        for (const auto& item : page.items) seconds += seconds_for(item);
        page.minutes_left = minutes(seconds);
        page.number = int(i) + 1;
        page.of = int(pages.size());
    }
    std::map<int, int> asked;  // by section
    std::vector<int> place(pages.size(), 1);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        auto& count = asked[drafts[i].section];
        if (asks(pages[i])) ++count;
        place[i] = std::max(1, count);
    }
    for (std::size_t i = 0; i < pages.size(); ++i) {
        pages[i].section_number = place[i];
        pages[i].section_of = asks(pages[i]) ? asked[drafts[i].section] : 0;
    }
}

bool blocks(const FormIssue& issue) {
    return issue.severity == FormIssue::Severity::error;
}

std::string joined_answers(const ItemState& item) {
    std::string text;
    for (const auto& answer : item.answers)
        text.append(text.empty() ? "" : ", ").append(answer.text);
    return text;
}

}  // namespace

std::vector<FormPage> pages_of(const std::vector<ItemState>& items,
                               const WalkOptions& options) {
    auto drafts = Walker(items).walk();
    auto whole = joined(items, drafts);
    const bool can_join = whole.size() < drafts.size();
    if (options.whole) drafts = std::move(whole);

    std::vector<FormPage> pages;
    for (const auto& draft : drafts) {
        pages.push_back(page_from(draft, items, options));
        pages.back().can_be_whole = can_join;
    }
    place_issues(pages, items);
    number(pages, drafts);
    return pages;
}

int page_with(const std::vector<FormPage>& pages, const std::vector<ItemState>& items,
              const ItemPath& path) {
    const auto stands_on = [&](const ItemPath& wanted) {
        for (std::size_t i = 0; i < pages.size(); ++i)
            for (const auto& item : pages[i].items)
                if (item.path == wanted) return int(i);
        return -1;
    };
    if (const int page = stands_on(path); page >= 0) return page;
    // It is gone from the pages: what comes before it, and is on one.
    int last = 0;
    for (const auto& item : items) {
        if (item.path == path) break;
        last = std::max(last, stands_on(item.path));
    }
    return last;
}

ItemPath place_of(const FormPage& page) {
    const auto asked = std::ranges::find_if(page.items, is_asked);
    if (asked != page.items.end()) return asked->path;
    return page.items.empty() ? ItemPath{} : page.items.front().path;
}

bool has_problem(const FormPage& page) {
    return std::ranges::any_of(page.issues, blocks) ||
           std::ranges::any_of(page.items, [](const ItemState& item) {
               return std::ranges::any_of(item.issues, blocks);
           });
}

std::optional<int> first_problem(const std::vector<FormPage>& pages) {
    const auto found = std::ranges::find_if(pages, has_problem);
    if (found == pages.end()) return std::nullopt;
    return int(found - pages.begin());
}

std::optional<bool> hand_over_to_teen(const std::vector<FormPage>& pages, int page) {
    if (page <= 0 || std::size_t(page) >= pages.size()) return std::nullopt;
    const auto& here = pages[std::size_t(page)].part;
    // What belongs to nobody in particular does not call for a hand-over.
    for (int before = page - 1; before >= 0; --before) {
        const auto& part = pages[std::size_t(before)].part;
        if (part.empty()) continue;
        if (here.empty() || here == part) return std::nullopt;
        return here == "teen";
    }
    return std::nullopt;
}

std::vector<FormReviewLine> review_of(const std::vector<FormPage>& pages,
                                      const std::string& part) {
    std::vector<FormReviewLine> lines;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto& page = pages[i];
        if (!page.part.empty() && page.part != part) continue;
        bool first = true;
        for (const auto& item : page.items) {
            if (!is_asked(item)) continue;
            FormReviewLine line;
            line.text = item.short_text.empty() ? item.text : item.short_text;
            line.answer = item.declined ? std::string{} : joined_answers(item);
            line.declined = item.declined;
            line.problem = std::ranges::any_of(item.issues, blocks) ||
                           (first && std::ranges::any_of(page.issues, blocks));
            line.page = int(i);
            lines.push_back(std::move(line));
            first = false;
        }
    }
    return lines;
}

int minutes_of(const std::vector<ItemState>& items) {
    double seconds = 0;
    for (const auto& item : items)
        if (item.enabled && !item.hidden && !is_silent(item))
            seconds += seconds_for(item);
    return minutes(seconds);
}

bool is_asked(const ItemState& item) {
    return item.type != ItemType::group && item.type != ItemType::display &&
           !item.read_only;
}

}  // namespace foyer
