#pragma once

#include <filesystem>
#include <map>
#include <vector>

namespace foyer {

/// Handles on every input device, only to learn that somebody touched something: on
/// KMSDRM there is no other descriptor to sleep on. Events are read and thrown away;
/// SDL gets its own copy from the kernel. A device grabbed by the scanner stays silent
/// here. Main thread only.
class InputDevices {
public:
    /// Devices are the files `event*` in `folder`, those there now and those that come
    /// later. A device that cannot be opened is left out.
    explicit InputDevices(std::filesystem::path folder = "/dev/input");
    ~InputDevices();
    InputDevices(const InputDevices&) = delete;
    InputDevices& operator=(const InputDevices&) = delete;

    /// What to poll for reading. Changes in drain().
    std::vector<int> descriptors() const;

    /// Reads everything there is, opens new devices and lets go of those unplugged.
    /// True if a device had something to say or devices changed.
    bool drain();

private:
    void open_new();
    std::filesystem::path folder_;
    int notify_ = -1;
    std::map<std::filesystem::path, int> devices_;
};

}  // namespace foyer
