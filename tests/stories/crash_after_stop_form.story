# Refused and stored: the desk knows, and it is not asked for again that day.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form.leave
crash after StopForm
tap form_leave.refuse
see screen Welcome
drafts 0
waiting 3
scan slip sam-next-2026-11-23
tap confirm.yes
see screen Done
waiting 4
