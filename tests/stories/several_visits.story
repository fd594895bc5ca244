# At 10:45 the 10:00 has started, the program day opens, the 15:30 is still closed.
now: 2026-11-23T10:45:00-05:00
tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
tap confirm.yes
see Started already
see Sign out when you leave
see Check in from 2:30 PM
see visits.row.1 is on
see visits.row.2 is on
see visits.row.3 is disabled
see Check in to 2
shot visits
tap visits.check_in_to
tap contact.skip
see screen Done
check-ins 2
