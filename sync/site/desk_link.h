#pragma once

#include "platform/result.h"
#include "sync/clinic/visit.h"

namespace foyer {

/// The way to the people at the front desk, over the site's own network. Blocks for at
/// most 3 s, so only the worker thread uses it.
class DeskLink {
public:
    virtual ~DeskLink() = default;

    /// Somebody at the kiosk asks for a person. Succeeds once a person at the desk has
    /// the call before them; `offline` when nobody can be reached.
    virtual Result<void> call() = 0;

    /// A visit's patient is here. Succeeds once the clinic's side has acknowledged it.
    virtual Result<void> arrived(const Alias& visit) = 0;

    /// Whether somebody would hear now of an answer that cannot wait (domain.md W4).
    virtual bool hears_alerts() = 0;
};

/// A kiosk without a desk to talk to: every call fails with `offline`, and the screens
/// say so and show the way to the desk.
class NoDesk final : public DeskLink {
public:
    Result<void> call() override {
        return fail(Error::Code::offline, "no front desk is configured");
    }
    Result<void> arrived(const Alias&) override {
        return fail(Error::Code::offline, "no front desk is configured");
    }
    bool hears_alerts() override { return false; }
};

}  // namespace foyer
