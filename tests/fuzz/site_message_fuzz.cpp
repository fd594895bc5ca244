#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sync/site/message.h"
#include "sync/site/sharing.h"

/// What is read can be written and read again, as the same text; whatever it is, each
/// kind of device can be judged to say and to hear it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto message = foyer::site_message(text);
    if (!message) {
        if (message.error().what.empty()) std::abort();
        return 0;
    }
    const std::string once = foyer::to_text(*message);
    if (once.size() <= foyer::longest_message) {
        const auto again = foyer::site_message(once);
        if (!again || foyer::to_text(*again) != once) std::abort();
    }
    for (const auto role :
         {foyer::SiteRole::kiosk, foyer::SiteRole::desk, foyer::SiteRole::board}) {
        static_cast<void>(foyer::may_say(role, message->unit.unit));
        const auto told = foyer::told_to(role, message->unit.unit);
        if (told && role == foyer::SiteRole::board &&
            message->unit.unit.lane == foyer::Lane::safety)
            std::abort();
    }
    return 0;
}
