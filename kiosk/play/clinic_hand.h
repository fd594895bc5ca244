#pragma once

#include <string>

#include "kiosk/play/story.h"
#include "platform/result.h"

namespace foyer {

/// Somebody of the clinic at the server that a story's kiosks exchange with
/// (`config: server.base`): changes and counts resources, without a kiosk.
class ClinicHand {
public:
    explicit ClinicHand(const Story& story);

    /// `value` as JSON, or as a text if it is none. All else of the resource stays.
    Result<void> set(const std::string& type, const std::string& id,
                     const std::string& member, const std::string& value);
    /// How many resources a search finds.
    Result<int> count(const std::string& query);

private:
    std::string base_;
};

}  // namespace foyer
