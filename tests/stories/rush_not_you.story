# Somebody else's slip: the sign-in stays a fact, and a person puts it right.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
clock 2026-11-23T12:01:00-05:00
scan slip day patient ada
tap signed_in.sign_out
clock 2026-11-23T12:20:00-05:00
scan slip noon patient ada
see screen SignedInNow
tap signed_now.not_me
see They will put your times right.
check-ins 2
audit-log ok
