# Given to the clinic, and the screen never said so: it is not asked for again.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form
crash after FinishForm
tap form_review.finish
see screen Welcome
drafts 0
waiting 2
scan slip sam-next-2026-11-23
tap confirm.yes
see screen Done
waiting 3
audit-log ok
