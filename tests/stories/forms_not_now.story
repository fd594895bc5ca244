# "Not now" is an answer: no form, no note, and it is offered again at the next check-in.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.not_now
see screen Done
drafts 0
waiting 1
tap common.finish
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
