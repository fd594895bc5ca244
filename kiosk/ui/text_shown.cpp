#include "kiosk/ui/text_shown.h"

#include <algorithm>

#include "kiosk/ui/text_overwrite.h"
#include "kiosk/ui/text_utf8.h"

namespace foyer {
namespace {

constexpr std::string_view mark = "**";

/// Builds a Shown from left to right.
class Writer {
public:
    explicit Writer(std::string_view source) : source_(source) {
        shown_.text.reserve(source.size() * 3);  // never moved: no copies left behind
        shown_.source.reserve(source.size() * 3 + 1);
    }

    Shown write() {
        std::size_t at = 0;
        while (at < source_.size())
            at = source_.substr(at, 2) == mark ? marked(at) : plain(at);
        shown_.source.push_back(static_cast<std::uint32_t>(source_.size()));
        return std::move(shown_);
    }

private:
    /// At two asterisks: a strong span if two more close it around something.
    std::size_t marked(std::size_t at) {
        const std::size_t begin = at + mark.size();
        const std::size_t end = source_.find(mark, begin);
        if (end == source_.npos || end == begin) return plain(at);
        const std::size_t first = shown_.text.size();
        for (std::size_t inside = begin; inside < end;) inside = plain(inside);
        shown_.strong.push_back({first, shown_.text.size()});
        return end + mark.size();
    }

    std::size_t plain(std::size_t at) {
        const Utf8 next = utf8_at(source_, at);
        if (next.length == 0) {
            put("\uFFFD", at, 0);
            return at + 1;
        }
        if (next.point == '\n' || !is_control(next.point))
            put(source_.substr(at, next.length), at, 1);
        else if (next.point == '\t')
            put(" ", at, 1);
        return at + next.length;
    }

    /// `bytes` came from the source's bytes from `from` on, or all from that one.
    void put(std::string_view bytes, std::size_t from, std::size_t step) {
        for (std::size_t i = 0; i < bytes.size(); ++i)
            shown_.source.push_back(static_cast<std::uint32_t>(from + i * step));
        shown_.text += bytes;
    }

    std::string_view source_;
    Shown shown_;
};

}  // namespace

std::size_t Shown::to_source(std::size_t shown_byte) const {
    return source[std::min(shown_byte, source.size() - 1)];
}

std::size_t Shown::from_source(std::size_t source_byte) const {
    const auto at = std::ranges::lower_bound(source, source_byte);
    return at == source.end() ? text.size()
                              : static_cast<std::size_t>(at - source.begin());
}

void Shown::wipe() {
    overwrite(text);
    overwrite(source);
}

Shown shown(std::string_view source) {
    return Writer(source).write();
}

}  // namespace foyer
