# Who has signed in is shown the way to the room: a picture, and the same in words.
now: 2026-11-23T10:50:00-05:00
scan slip php-2026-11-23 patient maria-castellano
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
see Room Juniper
see third door on the left
tap way.show
see screen WayShown
see way.plan
see third door on the left
shot 1-the-way
tap common.back
see screen Done
tap way.show
tap footer.easier
see screen MakeItEasier
tap easier.done
see screen WayShown
# It goes by itself, as the screen before it would have.
wait 31s
see screen Welcome
# A visit with a clinician begins in the lobby: no way is shown.
scan slip lucia-1100-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
not-see way.show
