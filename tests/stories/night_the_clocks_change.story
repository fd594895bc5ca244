# 1 November 2026: 1:30 comes twice in New York. 1:50 before the change and 1:20 after it
# are half an hour apart, in this order.
now: 2026-11-01T01:30:00-04:00
import: clinics/night.json
scan slip night-1
tap confirm.yes
see 1:50
see 1:20
see visits.row.1 is on
see visits.row.2 is on
see visits.row.1 is 1:50
tap visits.check_in_to
tap contact.skip
see screen Done
check-ins 2
tap common.finish
# That night has 25 hours, and its last one still belongs to the same day.
clock 2026-11-01T23:10:00-05:00
scan slip night-3
tap confirm.yes
see 11:30
tap visits.check_in
tap contact.skip
see screen Done
check-ins 3
