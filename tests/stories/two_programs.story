# A patient in a day and an evening program, signed in to both: each is left by itself.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
scan slip day patient ben
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
# He forgot to sign out, and here is the next group.
clock 2026-11-23T12:20:00-05:00
scan slip noon patient ben
see screen ConfirmIdentity
tap confirm.yes
see screen SignedIn
see Since 8:55
tap signed_in.other
tap visits.check_in
see screen Done
tap common.finish
scan slip noon patient ben
see Which one is it about?
tap signed_in.session.1
see Since 8:55
tap signed_in.sign_out
see 8:55
see 12:20
tap common.finish
scan slip noon patient ben
see Since 12:20
not-see 8:55
tap common.back
# Long past the end a person writes down when he left.
clock 2026-11-23T16:00:00-05:00
tap welcome.sign_out
scan slip noon patient ben
tap confirm.yes
see They will note the time you leave.
