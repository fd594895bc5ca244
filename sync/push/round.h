#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sync/push/act.h"
#include "sync/push/push.h"

namespace foyer {

/// One round of a Pusher: what it knows of the server while it lasts.
class Round {
public:
    Round(const Pusher::Parts& parts, const Abilities& abilities, Instant now,
          std::mt19937_64& dice);

    /// What became of one unit.
    struct Outcome {
        std::optional<Settled> settled;  ///< none: the unit keeps its time
        PushOutcome::Server server = PushOutcome::Server::well;
        std::optional<std::chrono::seconds> retry_after;
    };

    /// Asks in one request each for the Appointments that several of `units` change,
    /// and for the anchors of those that were tried before.
    std::optional<Outcome> prepare(const std::vector<Unit>& units);
    Outcome send(const Unit& unit);

private:
    struct Conflicting {};  ///< somebody was faster; look again
    struct Refused {        ///< never, as it is
        std::string why;
        bool gone = false;
    };
    using Tried = std::variant<Outcome, Conflicting, Refused>;
    /// What the server has under an anchor: the resource; empty: nothing.
    using Looked = std::variant<Outcome, std::string>;
    /// A resource that a unit changes; none: the server does not have it (any more).
    using Fetched = std::variant<Outcome, std::optional<Contended>>;

    Outcome deliver(const Unit& unit, const Act& act);
    Tried try_once(const Unit& unit, const Act& act, bool fresh, Names names);
    Tried transact(const Unit& unit, const Act& act, const std::string& bundle);
    Outcome done(const Unit& unit, const Act& act, const std::string& bundle,
                 bool was_there);
    Outcome found(const Unit& unit, const Act& act, std::string_view anchored);

    Result<std::string> bundle_of(const Unit& unit, const Act& act,
                                  const std::optional<Contended>& contended,
                                  Names names) const;
    std::optional<std::string> anchor_of_unit(const Unit& unit, const Act& act) const;
    std::optional<Outcome> already_there(const Unit& unit, const Act& act, bool fresh);
    Looked look(const Unit& unit, const std::string& anchor, bool fresh);
    Fetched fetch(const Unit& unit, const Act& act, bool fresh);
    Fetched fetch_found(const Unit& unit, const std::string& query);
    std::optional<Outcome> refusal(const Unit& unit, const Act& act,
                                   const std::optional<Contended>& contended);
    Label label_of(const Act& act, const std::optional<Contended>& contended) const;

    /// Of an answer, or none, that says nothing about the unit itself.
    std::optional<Outcome> trouble(const Unit& unit, const Result<Answer>& answer);
    Outcome later(const Unit& unit, std::chrono::milliseconds at_least = {});
    Outcome parked(const Unit& unit, const Act& act, std::string why) const;
    Outcome objected(const Unit& unit, const Act& act, const std::string& kind,
                     std::string theirs, const std::string& more = {}) const;
    Unit desk_task(const Unit& about, const Act& act, const std::string& reason,
                   Lane lane) const;

    const Pusher::Parts& parts_;
    const Abilities& abilities_;
    Instant now_;
    std::mt19937_64& dice_;
    Speaker speaker_;
    std::map<std::string, Contended, std::less<>> held_;  ///< by "Type/id"
    /// Anchors asked for in prepare(), and what the server has under each.
    std::map<std::string, std::string, std::less<>> anchors_;
};

}  // namespace foyer
