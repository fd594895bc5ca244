# What was begun yesterday is sent as far as it is, and nobody goes on with it.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/gad7/gad7-1.2
waiting 1
crash
wait 24h
drafts 0
waiting 2
audit-log ok
