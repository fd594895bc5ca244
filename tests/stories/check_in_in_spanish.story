tap footer.language.es
see Registrar mi llegada
shot 1-welcome
tap welcome.check_in
type Castellano
key enter
# The day comes first.
type 17041988
shot 2-find-me
tap key.next
see ¿Es usted Maria?
tap confirm.yes
see Cita con Amara
see Día de programa
shot 3-visits
tap visits.check_in
tap contact.yes
see Llegada registrada.
see Amara sabe que usted está aquí.
see la sala Jardín
shot 4-done
check-ins 1
tap common.finish
see Welcome.
