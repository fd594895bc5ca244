# An answer that cannot be saved is never shown as saved; a person helps, the visit goes on.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/gad7/gad7-1.2
tap form.continue
disk full
tap form/gad7/gad7-2.2
see screen FormTrouble
disk free
tap common.finish
see screen Done
tap common.finish
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
tap forms.start
see form/gad7/gad7-1.2 is on
