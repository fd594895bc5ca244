# Five visits of today have begun; who checks in now hears what most people waited.
import clinics/begun.json
scan slip maria-1000-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
see done.wait
see 15 minutes
not-see When it is time
shot 1-the-wait
tap common.finish
# Who comes back to the kiosk has waited for some of it.
scan slip maria-1000-2026-11-23
tap confirm.yes
see already checked in
not-see done.wait
see When it is time
tap common.finish
# A program day is in its room: nobody waits to be called.
clock 2026-11-23T10:50:00-05:00
scan slip php-2026-11-23 patient maria-castellano
see screen SignedInNow
see You are signed in.
not-see done.wait
not-see minutes
