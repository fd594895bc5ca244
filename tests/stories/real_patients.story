# A schedule around the synthetic patients of Synthea (tests/support/synthea_clinic.h).
import: $FOYER_SYNTHEA_CLINIC
config: site.locations = []
scan slip first-today
see screen ConfirmIdentity
tap confirm.yes
see screen TodaysVisits
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
audit-log ok
