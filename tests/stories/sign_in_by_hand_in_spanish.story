# The same in Spanish; the power fails right after the sign-in was stored.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
config: policy.sign_by_hand = true
tap footer.language.es
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
see Firme su asistencia de hoy
see Firme en el cuadro con el dedo.
tap form_sign.mode
see Escriba su nombre completo.
type Zanzibarine Walker
shot sheet
crash after SaveCheckIn
tap form_sign.done
see screen Welcome
waiting 3
roster day in 08:55
tap footer.language.es
scan slip day patient ada
see Su entrada está registrada.
