# "I'd rather not answer this" is an answer, and kept like one.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
crash after DeclineItem
tap form/gad7/gad7-1.decline
see screen Welcome
drafts 1
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
see form/gad7/gad7-1.decline is on
