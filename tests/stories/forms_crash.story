# The power goes in the middle of a form: the answers are there, on the page that was open.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/gad7/gad7-1.2
tap form.continue
tap form/gad7/gad7-2.4
drafts 1
crash
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
see You began this earlier. Your answers are kept.
tap forms.start
see Question 2 of 7
see form/gad7/gad7-2.4 is on
tap common.back
see form/gad7/gad7-1.2 is on
waiting 1
audit-log ok
