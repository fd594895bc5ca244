# Nobody is signed out who never signed in: they sign in now, or a person writes it down.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
tap welcome.sign_out
scan slip day patient ben
tap confirm.yes
see We do not have you signed in today.
tap not_signed_in.sign_in
see Here is your day.
tap common.back
tap welcome.sign_out
scan slip day patient ben
tap confirm.yes
tap not_signed_in.was_here
see Please see the front desk
waiting 1
tap common.finish
check-ins 0
tap footer.language.es
tap welcome.sign_out
scan slip day patient ben
tap confirm.yes
see No tenemos su entrada de hoy.
