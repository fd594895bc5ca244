#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/clinic/site.h"
#include "sync/clinic/site_time.h"
#include "sync/pull/pull_state.h"
#include "sync/pull/reading.h"

namespace foyer {

/// What is asked for; every text that goes behind the server's address. Pure.
///
/// Days have their bounds as instants with an offset: a bare date is a day of UTC to
/// Medplum and of the server's own zone to HAPI.

/// Address and filters: when this text changes, all is read again.
std::string source_of(const Site& site, std::string_view base);

/// The Appointments, and the Slots of classes, of these site days.
std::vector<Reading> searches_of_days(const Site& site, const SiteTime& time,
                                      Date first, Date last);
/// The same types from a time on, whatever their day: one that moves to another day, or
/// loses its time, shows as well. And check-ins and attendance at the site's kiosks.
std::vector<Reading> searches_for_changes(const Site& site, const PullState& state);
/// What was said of the attendance of some patients since then.
std::vector<Reading> searches_for_attendance(const Site& site,
                                             const std::vector<std::string>& patients,
                                             Instant from);

/// When forms ended, active Consents and what is to be finished after residential care
/// (Tasks under urn:foyer:task|aftercare), of some patients.
std::vector<Reading> searches_for_patients(const std::vector<std::string>& patients,
                                           std::optional<Instant> from);
/// Which of these Appointments have begun.
Reading search_for_begun(const std::vector<std::string>& appointments);
/// The forms that are due here by their full address.
std::vector<Reading> search_for_questionnaires(const Site& site);
/// This kiosk's Device by `urn:foyer:device`, and the open Tasks it owns. Two searches,
/// for fewer servers can search through a reference.
std::string device_value(const Site& site);
Reading search_for_device(const Site& site);
Reading search_for_tasks(const std::string& device_id);

/// What follows the server's address for the reading's next page.
std::string address_of(const Reading& reading, bool sort, bool include);
/// "Patient?_id=a,b&_count=50"
std::string search_by_ids(std::string_view type, const std::vector<std::string>& ids);

}  // namespace foyer
