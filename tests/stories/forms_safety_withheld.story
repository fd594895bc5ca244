# While nobody would hear of a safety answer, such a form is not asked for.
config: forms.due = [{ form = "phq-9", every_visit = true }]
offline
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
online
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
