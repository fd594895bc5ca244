# A break, the way back, and the way out, each by a slip and one tap.
now: 2026-11-23T09:02:00-05:00
import: clinics/groups.json
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
tap common.finish
clock 2026-11-23T10:30:00-05:00
scan slip day patient ada
see screen SignedIn
see Since 9:02
tap signed_in.break
see Enjoy your break.
tap common.finish
clock 2026-11-23T10:45:00-05:00
scan slip day patient ada
see You are on a break.
tap signed_in.back
see Welcome back.
see Please go to Room Juniper.
tap common.finish
clock 2026-11-23T12:05:00-05:00
# "Sign out of my program", by name.
tap welcome.sign_out
type Rivera
key enter
type 04171988
tap key.next
tap confirm.yes
tap signed_in.sign_out
see You are signed out.
see 9:02
see 12:05
see See you next time.
wait 31s
see screen Welcome
audit-log ok
