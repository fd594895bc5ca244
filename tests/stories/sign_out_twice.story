# The second sign-out changes nothing and says when the first one was.
now: 2026-11-23T08:58:00-05:00
import: clinics/groups.json
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
clock 2026-11-23T12:01:00-05:00
scan slip day patient ada
tap signed_in.sign_out
see You are signed out.
tap common.finish
clock 2026-11-23T12:10:00-05:00
scan slip day patient ada
tap confirm.yes
see You had signed out already.
see 12:01
not-see – 12:10
tap common.finish
tap welcome.sign_out
scan slip day patient ada
tap confirm.yes
see You had signed out already.
see 12:01
