# A program day says what signing in means, where to go, and that one signs out.
now: 2026-11-23T08:44:00-05:00
import: clinics/groups.json
# Fifteen minutes before, and no earlier.
scan slip day patient ada
tap confirm.yes
see screen TooEarly
tap common.finish
clock 2026-11-23T08:50:00-05:00
scan slip day patient ada
tap confirm.yes
see Program day
see Sign out when you leave
see By tapping, you sign in for yourself.
tap visits.row.1
not-see By tapping
tap visits.row.1
tap visits.check_in
tap contact.yes
see screen Done
see You are signed in.
see Please go to Room Juniper.
see Sign out when you leave
tap common.finish
check-ins 1
# By name, and known to be there from then on.
tap welcome.check_in
type Rivera
key enter
type 04171988
tap key.next
tap confirm.yes
see screen SignedIn
see Since 8:50
not-see Ada
tap common.back
see screen Welcome
check-ins 1
