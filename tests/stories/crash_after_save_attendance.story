# Stored, and the screen never said so: she tries again and is told when it was.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
clock 2026-11-23T12:01:00-05:00
scan slip day patient ada
crash after SaveAttendance
tap signed_in.sign_out
see screen Welcome
clock 2026-11-23T12:04:00-05:00
scan slip day patient ada
tap confirm.yes
see You had signed out already.
see 12:01
audit-log ok
