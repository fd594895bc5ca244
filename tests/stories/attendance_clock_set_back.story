# Somebody sets the clock back between in and out: both are kept as they were told, and
# the records mark which time is in doubt.
now: 2026-11-23T09:00:00-05:00
import: clinics/groups.json
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
clock 2026-11-23T08:30:00-05:00
wait 2m
scan slip day patient ada
see screen SignedIn
tap signed_in.sign_out
see You are signed out.
tap common.finish
check-ins 1
audit-log ok
