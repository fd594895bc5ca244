# In Spanish, for a clinic whose first language it is.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
config: site.languages = ["es", "en"]
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
see Su entrada está registrada.
see Pase a Garden Room.
