# In English by touch, with a power cut and an idle wipe in the middle; in Spanish by keys.
config: forms.due = [{ form = "contact", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen FormsOffered
tap forms.start
fill form
see screen FormReview
crash
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
wait 60s
see screen StillThere
wait 30s
see screen Welcome
drafts 1
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
fill form
finish form
tap form_ended.done
see screen Done
drafts 0
tap common.finish

tap footer.language.es
scan slip maria-1530-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form choosing 2 by keys
finish form
tap form_ended.done
see screen Done
drafts 0
audit-log ok
