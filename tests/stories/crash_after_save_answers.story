# The answer is on disk and the screen never said so: it is there.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
crash after SaveAnswers
tap form/gad7/gad7-1.4
see screen Welcome
drafts 1
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
see form/gad7/gad7-1.4 is on
audit-log ok
