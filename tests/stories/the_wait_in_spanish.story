# Before five visits have begun nobody can say how long it takes; then the minutes are told.
tap footer.language.es
scan slip wulandari-1000-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
see Cuando sea su turno
not-see done.wait
tap common.finish
import clinics/begun.json
tap footer.language.es
scan slip maria-1000-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.yes
see 15 minutos
see de espera
shot 1-the-wait
tap common.finish
# Tomorrow it is another day.
clock 2026-11-24T09:41:00-05:00
wait 2m
scan slip raj-1000-2026-11-24
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
not-see done.wait
