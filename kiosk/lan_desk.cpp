#include "kiosk/lan_desk.h"

#include "kiosk/effects.h"
#include "platform/secrets.h"

namespace foyer {

namespace {

tl::unexpected<Error> not_open() {
    return fail(Error::Code::offline, "the site's network is not open");
}

}  // namespace

Result<void> LanDesk::open(const Site& site, const SiteTime& time,
                           const std::filesystem::path& data, const Clock& clock) {
    const auto key = TRY(secret("lan.key", data));
    auto store = TRY(open_store(data, site, time));
    auto way = std::make_shared<Way>();
    way->channel = TRY(SiteChannel::start({.store = std::move(store),
                                           .clock = &clock,
                                           .lan = site.lan,
                                           .role = LanSettings::Peer::Role::kiosk,
                                           .device_index = site.device_index,
                                           .carries = !site.server.base.empty(),
                                           .secret = key.bytes(),
                                           .heard = {},
                                           .peers_changed = {}}));
    way->desk = std::make_unique<SiteDesk>(*way->channel, clock);
    const std::lock_guard lock(mutex_);
    way_ = std::move(way);
    return {};
}

std::shared_ptr<LanDesk::Way> LanDesk::way() const {
    const std::lock_guard lock(mutex_);
    return way_;
}

bool LanDesk::is_open() const {
    return way() != nullptr;
}

bool LanDesk::elected(const Site& site) const {
    const auto open = way();
    return open ? open->channel->elected() : site.device_index == 0;
}

std::optional<Instant> LanDesk::peers_synced() const {
    const auto open = way();
    return open ? open->channel->peers_synced() : std::nullopt;
}

void LanDesk::wake() {
    if (const auto open = way()) open->channel->wake();
}

Result<void> LanDesk::call() {
    const auto open = way();
    return open ? open->desk->call() : Result<void>(not_open());
}

Result<void> LanDesk::arrived(const Alias& visit) {
    const auto open = way();
    return open ? open->desk->arrived(visit) : Result<void>(not_open());
}

bool LanDesk::hears_alerts() {
    const auto open = way();
    return open && open->desk->hears_alerts();
}

}  // namespace foyer
