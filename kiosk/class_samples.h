#pragma once

#include <vector>

#include "kiosk/samples.h"

namespace foyer {

/// The list of classes in every state a session can have; so many sessions in all.
ClassBoard sample_board();
ClassBoard sample_board_of(int sessions);

std::vector<Sample> class_list_samples();
std::vector<Sample> class_working_samples();
std::vector<Sample> class_clash_samples();
std::vector<Sample> class_leaving_samples();
std::vector<Sample> class_news_samples(const Before& after);

}  // namespace foyer
