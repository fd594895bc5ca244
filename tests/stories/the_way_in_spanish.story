# The way back from a break, in Spanish; and one whose picture is not there.
now: 2026-11-23T10:50:00-05:00
tap footer.language.es
scan slip php-2026-11-23 patient maria-castellano
tap confirm.yes
tap visits.check_in
tap contact.yes
see Muéstreme el camino
tap way.show
see tercera puerta
shot 1-the-way
tap common.finish
see screen Welcome
tap footer.language.es
scan slip php-2026-11-23 patient maria-castellano
tap signed_in.break
tap common.finish
tap footer.language.es
scan slip php-2026-11-23 patient maria-castellano
tap signed_in.back
see screen AttendanceSaid
see tercera puerta
tap way.show
see screen WayShown
tap common.finish
see screen Welcome
