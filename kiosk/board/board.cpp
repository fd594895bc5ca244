#include "kiosk/board/board.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sync/clinic/call_name.h"
#include "sync/clinic/site_time.h"

namespace foyer {

namespace {

/// The desk's clock and the board's are both set by the network; what differs by more
/// is no call of today.
constexpr std::chrono::minutes clocks_differ{5};

std::string text_at(const nlohmann::json& body, const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : "";
}

std::optional<BoardCall> call_in(const HeardUnit& heard) {
    const auto body = nlohmann::json::parse(heard.unit.unit.body, nullptr, false);
    if (!body.is_object() || text_at(body, "act") != "call") return std::nullopt;
    const auto name = call_name_from(text_at(body, "call_name"));
    const auto at = parse_instant(text_at(body, "at"));
    if (!name || !at) return std::nullopt;
    return BoardCall{*name, text_at(body, "place"), *at};
}

}  // namespace

bool Board::hear(const HeardUnit& heard, Instant now) {
    auto call = call_in(heard);
    if (!call || call->at + shown_for <= now || call->at > now + clocks_differ)
        return false;
    const auto before = std::ranges::find(calls_, call->name, &BoardCall::name);
    if (before != calls_.end()) {
        // Units may come in any order, and again after a restart.
        if (before->at >= call->at) return false;
        calls_.erase(before);
    }
    const auto place = std::ranges::find_if(
        calls_, [&](const BoardCall& other) { return other.at <= call->at; });
    calls_.insert(place, *std::move(call));
    std::erase_if(calls_,
                  [&](const BoardCall& each) { return each.at + shown_for <= now; });
    return true;
}

std::vector<BoardCall> Board::calls(Instant now) const {
    std::vector<BoardCall> shown;
    for (const auto& call : calls_)
        if (call.at + shown_for > now && shown.size() < rows) shown.push_back(call);
    return shown;
}

std::optional<Instant> Board::changes_at(Instant now) const {
    std::optional<Instant> next;
    for (const auto& call : calls_)
        for (const Instant change : {call.at + new_for, call.at + shown_for})
            if (change > now && (!next || change < *next)) next = change;
    return next;
}

}  // namespace foyer
