# A form was opened and nothing answered: it is offered as one not begun.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
crash after OpenForm
tap forms.start
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
not-see You began this earlier.
drafts 0
