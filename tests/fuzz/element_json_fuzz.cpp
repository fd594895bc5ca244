#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kiosk/forms/element.h"

/// What is read can be written and read again, as the same text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    foyer::Elements elements;
    const auto element = foyer::read_json(text, elements);
    if (!element) {
        if (element.error().what.empty()) std::abort();
        return 0;
    }
    const std::string once = foyer::write_json(**element);
    const auto again = foyer::read_json(once, elements);
    if (!again || foyer::write_json(**again) != once) std::abort();
    return 0;
}
