# Nobody touches: the question is covered, the session ends, and the answers are kept.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/gad7/gad7-1.3
wait 60s
see screen StillThere
not-see nervous
tap still.stay
see form/gad7/gad7-1.3 is on
wait 60s
wait 30s
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
tap forms.start
see form/gad7/gad7-1.3 is on
drafts 1
