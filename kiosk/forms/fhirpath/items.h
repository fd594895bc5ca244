#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>

#include "kiosk/forms/fhirpath/value.h"

namespace foyer::fhirpath {

/// The items of one collection while an expression is evaluated; the first few take no
/// memory of their own. Most collections have one item or none.
class Items {
public:
    Items() = default;
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;

    void push(const Value& value) {
        if (size_ == capacity_) grow(size_ + 1);
        std::memcpy(static_cast<void*>(data() + size_), &value, sizeof(Value));
        ++size_;
    }
    void append(std::span<const Value> values) {
        if (values.empty()) return;
        if (size_ + values.size() > capacity_) grow(size_ + values.size());
        std::memcpy(static_cast<void*>(data() + size_), values.data(),
                    values.size_bytes());
        size_ += values.size();
    }
    void clear() { size_ = 0; }
    void shrink(std::size_t size) { size_ = std::min(size, size_); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const Value& operator[](std::size_t i) const { return data()[i]; }
    Value* begin() { return data(); }
    Value* end() { return data() + size_; }
    const Value* begin() const { return data(); }
    const Value* end() const { return data() + size_; }
    std::span<const Value> all() const { return {data(), size_}; }

private:
    static constexpr std::size_t few = 3;

    // Value is an implicit-lifetime type: bytes copied into this storage are values.
    Value* data() {
        return reinterpret_cast<Value*>(heap_ ? heap_.get() : few_.data());
    }
    const Value* data() const {
        return reinterpret_cast<const Value*>(heap_ ? heap_.get() : few_.data());
    }
    void grow(std::size_t least) {
        const std::size_t capacity = std::max(least, capacity_ * 4);
        auto heap =
            std::make_unique_for_overwrite<std::byte[]>(capacity * sizeof(Value));
        std::memcpy(static_cast<void*>(heap.get()), data(), size_ * sizeof(Value));
        heap_ = std::move(heap);
        capacity_ = capacity;
    }

    // Not initialised: collections are made for every step.
    alignas(Value) std::array<std::byte, few * sizeof(Value)> few_;
    std::unique_ptr<std::byte[]> heap_;
    std::size_t size_ = 0;
    std::size_t capacity_ = few;
};

}  // namespace foyer::fhirpath
