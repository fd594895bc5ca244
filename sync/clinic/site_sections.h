#pragma once

#include "platform/result.h"
#include "sync/clinic/site.h"

namespace foyer::site_file {

class Section;

// The sections of foyer.toml (docs/foyer.toml): each reads one into `into`, or refuses
// it with file, line and what to write instead.

// site_sections_clinic.cpp: the house and its ways
Result<void> read_clinic(Section site, Site& into);
Result<void> read_hours(Section hours, Site& into);
Result<void> read_policy(Section policy, Site& into);
Result<void> read_place(Section place, Site& into);  ///< one [[place]]

// site_sections_visits.cpp: kinds of visits, and whom they are told to
Result<void> read_windows(Section windows, Site& into);
Result<void> read_services(Section services, Site& into);
Result<void> read_labels(Section labels, Site& into);
Result<void> read_part2(Section part2, Site& into);
Result<void> read_guests(Section guests, Site& into);

// site_sections_programs.cpp: what patients attend
Result<void> read_class(Section section, Site& into);  ///< one [[class]]
Result<void> read_programs(Section programs, Site& into);

// site_sections_forms.cpp
Result<void> read_forms(Section forms, Site& into);

// site_sections_links.cpp: whom the kiosk talks to
Result<void> read_server(Section section, Site& into);
Result<void> read_lan(Section section, Site& into);

// site_sections_device.cpp: this kiosk
Result<void> read_device(Section device, Site& into);
Result<void> read_times(Section time, Site& into);
Result<void> read_staff(Section staff, Site& into);
Result<void> read_display(Section display, Site& into);
Result<void> read_printer(Section section, Site& into);
Result<void> read_scanner(Section section, Site& into);

}  // namespace foyer::site_file
