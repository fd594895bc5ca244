# Who forgot to sign out and comes again hours later reads nothing of a room that is empty by
# then; a person writes down when they left.
now: 2026-11-23T12:20:00-05:00
import: clinics/groups.json
scan slip noon patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
clock 2026-11-23T15:00:00-05:00
scan slip noon patient ada
tap confirm.yes
see They will note the time you leave.
not-see Garden
roster noon NO SIGN-OUT
