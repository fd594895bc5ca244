#include "sync/clinic/spans.h"

#include <algorithm>
#include <iterator>

namespace foyer {

namespace {

using Span = Attended::Span;

/// Of spans in order of their begin, what overlaps or touches becomes one.
void join(Spans& spans) {
    std::size_t kept = 0;
    for (const Span span : spans) {
        if (kept > 0 && span.from <= spans[kept - 1].until)
            spans[kept - 1].until = std::max(spans[kept - 1].until, span.until);
        else
            spans[kept++] = span;
    }
    spans.resize(kept);
}

}  // namespace

void put_in_order(Spans& spans) {
    std::erase_if(spans, [](const Span& span) { return span.until <= span.from; });
    if (!std::ranges::is_sorted(spans, {}, &Span::from))
        std::ranges::sort(spans, {}, &Span::from);
    join(spans);
}

void put_together(const Spans& one, const Spans& other, Spans& into) {
    into.clear();
    std::ranges::merge(one, other, std::back_inserter(into), {}, &Span::from,
                       &Span::from);
    join(into);
}

void take_away(const Spans& from, const Spans& what, Spans& into) {
    into.clear();
    auto hole = what.begin();
    for (Span rest : from) {
        while (hole != what.end() && hole->until <= rest.from) ++hole;
        for (auto next = hole; next != what.end() && next->from < rest.until; ++next) {
            if (rest.from < next->from) into.push_back({rest.from, next->from});
            rest.from = std::max(rest.from, next->until);
        }
        if (rest.from < rest.until) into.push_back(rest);
    }
}

void add_part(Span span, Span within, Spans& into) {
    const Span part{std::max(span.from, within.from),
                    std::min(span.until, within.until)};
    if (part.from < part.until) into.push_back(part);
}

std::chrono::milliseconds LengthWithin::operator()(Span within) {
    if (at_ > 0 && spans_[at_ - 1].until > within.from) at_ = 0;
    while (at_ < spans_.size() && spans_[at_].until <= within.from) ++at_;
    std::chrono::milliseconds length{0};
    for (auto i = at_; i < spans_.size() && spans_[i].from < within.until; ++i)
        length += std::min(spans_[i].until, within.until) -
                  std::max(spans_[i].from, within.from);
    return length;
}

}  // namespace foyer
