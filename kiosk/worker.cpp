#include "kiosk/worker.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "kiosk/scrub.h"

namespace foyer {

struct Worker::Inside {
    Effects& effects;
    std::function<void()> wake;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<Effects::Order> orders;
    std::vector<Outcome> outcomes;
    bool working = false, house = false, around = false, ending = false;
    std::thread thread;

    Inside(Effects& carries_out, std::function<void()> wakes)
        : effects(carries_out), wake(std::move(wakes)) {}

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock,
                         [&] { return ending || house || around || !orders.empty(); });
            if (ending) return;
            working = true;
            if (orders.empty() && around) {
                around = false;
                lock.unlock();
                effects.look_around([&](Outcome outcome) { post(std::move(outcome)); });
                lock.lock();
            } else if (orders.empty()) {
                house = false;
                lock.unlock();
                effects.keep_house();
                lock.lock();
            } else {
                auto order = std::move(orders.front());
                orders.pop_front();
                lock.unlock();
                carry_out(order);
                order = {};
                scrub_stack();
                lock.lock();
            }
            working = false;
            lock.unlock();
            wake();
            lock.lock();
        }
    }

    void carry_out(const Effects::Order& order) {
        effects.carry_out(order, [&](Outcome outcome) { post(std::move(outcome)); });
    }

    void post(Outcome outcome) {
        {
            const std::lock_guard lock(mutex);
            outcomes.push_back(std::move(outcome));
        }
        wake();
    }
};

Worker::Worker(Effects& effects, std::function<void()> wake)
    : inside_(std::make_unique<Inside>(effects, std::move(wake))) {
    inside_->thread = std::thread([this] { inside_->run(); });
}

Worker::~Worker() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->ending = true;
    }
    inside_->changed.notify_one();
    inside_->thread.join();
}

void Worker::order(Effects::Order order) {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->orders.push_back(std::move(order));
    }
    inside_->changed.notify_one();
}

void Worker::look_around() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->around = true;
    }
    inside_->changed.notify_one();
}

void Worker::keep_house() {
    {
        const std::lock_guard lock(inside_->mutex);
        inside_->house = true;
    }
    inside_->changed.notify_one();
}

std::vector<Outcome> Worker::take() {
    const std::lock_guard lock(inside_->mutex);
    return std::exchange(inside_->outcomes, {});
}

bool Worker::busy() const {
    const std::lock_guard lock(inside_->mutex);
    return inside_->working || inside_->house || inside_->around ||
           !inside_->orders.empty() || !inside_->outcomes.empty();
}

}  // namespace foyer
