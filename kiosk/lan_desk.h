#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "platform/clock.h"
#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/site/desk_link.h"
#include "sync/site/site_desk.h"

namespace foyer {

/// The front desk over the site's own network, as a kiosk uses it: there from the
/// start, in touch once open() has succeeded. Any thread.
class LanDesk final : public DeskLink {
public:
    /// Opens the channel of `[lan]`; may be tried again after it failed. `data` holds
    /// this device's key and records, which the channel opens once more for itself.
    Result<void> open(const Site& site, const SiteTime& time,
                      const std::filesystem::path& data, const Clock& clock);
    bool is_open() const;
    /// This device does what one device of the site does (SiteChannel::elected);
    /// without a channel the one with index 0.
    bool elected(const Site& site) const;
    /// See SiteChannel; none without a channel.
    std::optional<Instant> peers_synced() const;
    /// Something new is in the records.
    void wake();

    Result<void> call() override;
    Result<void> arrived(const Alias& visit) override;
    bool hears_alerts() override;

private:
    struct Way {
        std::unique_ptr<SiteChannel> channel;
        std::unique_ptr<SiteDesk> desk;
    };
    std::shared_ptr<Way> way() const;

    mutable std::mutex mutex_;
    std::shared_ptr<Way> way_;
};

}  // namespace foyer
