# The copy is out, the kiosk is not: what was signed stands.
config: forms.due = [{ form = "consent-to-treat", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form
finish form
crash after PrintCopy
tap form_ended.print
see screen Welcome
waiting 3
scan slip sam-next-2026-11-23
tap confirm.yes
see screen Done
