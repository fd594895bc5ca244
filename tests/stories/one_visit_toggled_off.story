# She is not here for the one that has started.
now: 2026-11-23T10:45:00-05:00
tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
tap confirm.yes
tap visits.row.1
see visits.row.1 is off
see visits.check_in
not-see visits.check_in_to
tap visits.row.2
see visits.check_in is disabled
tap visits.row.2
see visits.row.2 is on
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
# The other one can still be checked in.
tap common.finish
scan slip maria-1000-2026-11-23
tap confirm.yes
see You are signed in.
tap signed_in.other
see visits.row.1 is on
see visits.row.2 is disabled
see You are signed in
tap visits.check_in
tap contact.skip
see screen Done
check-ins 2
