now: 2026-11-23T11:45:00-05:00
tap footer.language.es
scan slip grace-1200-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see Dos cosas por terminar hoy
see Recoja su medicina en la farmacia
shot done
