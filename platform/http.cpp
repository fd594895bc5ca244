#include "platform/http.h"

#include <algorithm>
#include <array>

namespace foyer {

namespace {

/// All of `text` as a number without sign; none if it is not digits alone.
std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, [](const auto& header) {
        return std::string_view(header.first);
    });
    return found == headers.end() ? std::string_view() : found->second;
}

std::optional<Instant> http_date(std::string_view text) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr",
                                                         "May", "Jun", "Jul", "Aug",
                                                         "Sep", "Oct", "Nov", "Dec"};
    // Fixed length: "Mon, 23 Nov 2026 22:01:02 GMT".
    if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT" ||
        text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' ||
        text[22] != ':')
        return std::nullopt;
    const auto month_at = std::ranges::find(months, text.substr(8, 3));
    const auto day_number = digits(text.substr(5, 2)),
               year_number = digits(text.substr(12, 4)),
               hour = digits(text.substr(17, 2)), minute = digits(text.substr(20, 2)),
               second = digits(text.substr(23, 2));
    if (month_at == months.end() || !day_number || !year_number || !hour || !minute ||
        !second)
        return std::nullopt;
    const Date day =
        year(*year_number) / int(month_at - months.begin() + 1) / *day_number;
    // 60 is a leap second.
    if (!day.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return sys_days(day) + hours(*hour) + minutes(*minute) + seconds(*second);
}

}  // namespace foyer
