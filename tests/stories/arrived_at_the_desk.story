# The clinic's own system says that Sean has arrived; he need not check in to that visit.
now: 2026-11-23T09:05:00-05:00
tap welcome.check_in
type O'Brien
key enter
type 03171971
tap key.next
tap confirm.yes
see screen Done
see You're already checked in.
not-see screen TooEarly
tap common.finish
# Later the group of the afternoon opens.
clock 2026-11-23T12:50:00-05:00
scan slip group-2026-11-23 patient sean-obrien
tap confirm.yes
see screen TodaysVisits
see visits.row.1 is disabled
see You are checked in
see visits.row.2 is on
