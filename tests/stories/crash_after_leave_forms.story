# Put off, and the power goes: the check-in stands, the form is offered again.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
crash after LeaveForms
tap forms.not_now
see screen Welcome
check-ins 1
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
