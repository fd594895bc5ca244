#pragma once

#include <memory>

#include "sync/site/channel.h"
#include "sync/site/desk_link.h"

namespace foyer {

/// The front desk at the other end of the site's own network.
class SiteDesk final : public DeskLink {
public:
    /// `clock` is the one that desk notes are dated by; all outlive the desk.
    SiteDesk(SiteChannel& channel, const Clock& clock)
        : channel_(channel), clock_(clock) {}

    /// The call itself is the desk note that the kiosk has stored just before
    /// (DeskReason::help); without one, this makes it. Succeeds once a desk says that a
    /// person has it before them.
    Result<void> call() override;
    /// Succeeds once the arrival is in a desk's own records.
    Result<void> arrived(const Alias& visit) override;
    bool hears_alerts() override { return channel_.desk_hears(); }

private:
    SiteChannel& channel_;
    const Clock& clock_;
};

}  // namespace foyer
