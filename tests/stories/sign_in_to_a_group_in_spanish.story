# The same in Spanish.
now: 2026-11-23T08:50:00-05:00
import: clinics/groups.json
tap footer.language.es
scan slip day patient ada
tap confirm.yes
see Día de programa
see Registre su salida al irse
see Al tocar, usted registra su propia entrada.
tap visits.check_in
tap contact.yes
see Su entrada está registrada.
see Pase a Room Juniper.
tap common.finish
tap footer.language.es
scan slip day patient ada
see Desde: 8:50
tap signed_in.break
see Disfrute su pausa.
tap common.finish
tap footer.language.es
scan slip day patient ada
see Está en una pausa.
tap signed_in.back
see Qué bueno que regresó.
tap common.finish
clock 2026-11-23T12:05:00-05:00
tap footer.language.es
scan slip day patient ada
tap signed_in.sign_out
see Su salida está registrada.
see 12:05
see Hasta la próxima.
