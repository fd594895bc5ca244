#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "kiosk/effects.h"

namespace foyer {

/// The second thread: carries out orders one after another, so that the screen never
/// waits for a disk, a printer or a desk.
class Worker {
public:
    /// `wake` is called on the worker's thread when an outcome has come. `effects`
    /// outlives the worker and is used by its thread alone.
    Worker(Effects& effects, std::function<void()> wake);
    /// Finishes the order at hand; those not begun are dropped.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void order(Effects::Order order);
    /// A round of Effects::look_around(): the clinic's side has answered something.
    void look_around();
    /// A round of Effects::keep_house(), when nothing else is to do.
    void keep_house();
    /// Outcomes that have come since the last call.
    std::vector<Outcome> take();
    /// Whether orders wait or one is being carried out, or outcomes were not taken.
    bool busy() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace foyer
