# Two kiosks of one clinic, its server, and a cut network. tests/peers/two_kiosks.sh plays
# it against the real servers, the demo clinic on them; {SERVER} is theirs.
now: 2026-11-20T09:41:00-05:00
clinic: kiosk none
clinic: kiosk2 none
config: server.base = "{SERVER}"
config: staff.pin_hash = "$argon2id$v=19$m=65536,t=2,p=1$YgqZVJgPGXQYq4kcI7N1NQ$lTb607lI+hBGPw+NhBAup/r1+zcwtWtQlEHhZZQIW70"
config: forms.alert_path = "desk"
config: forms.due = [{ form = "phq-9", services = ["individual", "medication"], every_visit = true }, { form = "part2-consent", services = ["aftercare"], every_visit = true }]

# The schedule comes from the server.
sync
kiosk2: sync

# Lucia signs in to a family visit at the first kiosk. The clinic hears of it; so does the
# second kiosk, at which she could sign out.
clock 2026-11-20T10:45:00-05:00
kiosk2: clock 2026-11-20T10:45:00-05:00
scan slip lucia-1100-2026-11-20
shot 01-is-this-you
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
shot 02-checked-in
sync
see Priya
shot 03-the-clinic-knows
waiting 0
server-has 1 Appointment?_id=lucia-1100-2026-11-20&status=checked-in
tap common.finish
kiosk2: sync
kiosk2: scan slip lucia-1100-2026-11-20
kiosk2: tap confirm.yes
kiosk2: see screen SignedIn
kiosk2: see Since 10:45 AM
kiosk2: shot 04-the-second-kiosk-knows
kiosk2: tap common.back

# Somebody's number has changed, somebody is not found, somebody needs a person.
tap welcome.check_in
type Nobody
key enter
type 01011990
tap key.next
see screen SeeDesk
tap footer.help
tap help.ask
tap help.back
wait 31s
sync
server-has 1 Task?priority=stat
waiting 0

# The way to the server is cut; the front desk is still there. Both kiosks go on, and say so where it matters.
internet down
kiosk2: internet down
sync
kiosk2: sync
clock 2026-11-20T11:10:00-05:00
kiosk2: clock 2026-11-20T11:10:00-05:00
scan slip grace-1200-2026-11-20
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen FormsOffered
tap forms.start
fill form
tap form_review.sign
type Grace Thompson
tap form_sign.done
tap form_ended.done
see screen Done
see Luis knows you are here.
tap common.finish
# Grace is told to ask again at the other kiosk, which does not know of her.
kiosk2: wait 2m
kiosk2: scan slip grace-1200-2026-11-20
kiosk2: tap confirm.yes
kiosk2: tap visits.check_in
kiosk2: tap contact.skip
kiosk2: tap forms.not_now
kiosk2: see screen Done
kiosk2: tap common.finish
clock 2026-11-20T12:50:00-05:00
kiosk2: clock 2026-11-20T12:50:00-05:00
# Now the whole network is gone. A group: one Appointment of several patients.
offline
sync
scan slip group-2026-11-20 patient amina-diallo
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
see There is no network just now.
shot 05-no-network
tap common.finish
scan slip group-2026-11-20 patient marco-dangelo
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# Mr. Miller checks in, while the clinic cancels his visit.
clock 2026-11-20T15:20:00-05:00
kiosk2: clock 2026-11-20T15:20:00-05:00
scan slip miller2-1600-2026-11-20
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
clinic-sets Appointment/miller2-1600-2026-11-20 status cancelled
# The front desk is back, the server is not. Maria's answers are such that somebody has to hear of them at once.
online
scan slip maria-1530-2026-11-20
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form choosing 2
safety-events 1
finish form
tap form_ended.done
tap common.finish
sync
hold header.clinic
type 4711
tap key.next
see No way to the clinic's server.
shot 06-staff-see-what-waits
tap common.back

# The network is back.
internet up
kiosk2: internet up
sync
kiosk2: sync
sync
waiting 0
kiosk2: waiting 0
refused 0
kiosk2: refused 0
server-has 2 Encounter?appointment=Appointment/group-2026-11-20
server-has 1 Appointment?_id=grace-1200-2026-11-20&status=arrived,checked-in
server-has 1 Appointment?_id=miller2-1600-2026-11-20&status=cancelled
server-has 2 Task?priority=stat
conflicts 1
# Of a group, the second kiosk knows who has come, and that she has not signed out.
kiosk2: sync
kiosk2: scan slip group-2026-11-20 patient amina-diallo
kiosk2: tap confirm.yes
kiosk2: see They will note the time you leave.
kiosk2: shot 08-of-a-group-too
kiosk2: sync
kiosk2: waiting 0
kiosk2: tap common.finish
# The visit is off: the kiosk sends Mr. Miller to the desk, which knows why.
scan slip miller2-1600-2026-11-20
tap confirm.yes
see screen SlipRefused
shot 07-cancelled-meanwhile
tap common.finish
audit-log ok
kiosk2: audit-log ok
