# One slip after the other: each is a screen and no tap, the next in line waits for nobody.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
# The phone number is asked about once, so the first time takes a tap or two.
scan slip day patient ada
see screen ConfirmIdentity
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
scan slip day patient ben
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
scan slip day patient cleo
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
# Signing out: a slip and a tap.
clock 2026-11-23T12:01:00-05:00
scan slip day patient ada
tap signed_in.sign_out
scan slip day patient ben
tap signed_in.sign_out
scan slip day patient cleo
tap signed_in.sign_out
see You are signed out.
# And in again, all three within seconds.
clock 2026-11-23T12:20:00-05:00
scan slip noon patient ada
see screen SignedInNow
see You are signed in.
see Please go to Garden Room.
not-see Ada
scan slip noon patient ben
see screen SignedInNow
scan slip noon patient cleo
see screen SignedInNow
# Held there a moment longer it is still the same.
scan slip noon patient cleo
see screen SignedInNow
wait 11s
see screen Welcome
check-ins 6
# Now it is the way out.
scan slip noon patient cleo
see screen SignedIn
tap common.back
audit-log ok
