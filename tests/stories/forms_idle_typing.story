# What stands in a field when nobody touches any more is saved as an answer.
config: forms.due = [{ form = "preferred-name", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
type Zanzibarine
wait 60s
see screen StillThere
wait 30s
see screen Welcome
forgotten Zanzibarine
drafts 1
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
tap forms.start
not-forgotten Zanzibarine
