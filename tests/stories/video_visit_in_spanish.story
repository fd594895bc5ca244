tap footer.language.es
scan slip tala-video-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see ¿Desea una sala privada?
shot 1-room
tap room.no
see screen Done
not-see sala privada
waiting 2
