# Two forms, one after the other, then "you're checked in"; not asked for again that day.
config: forms.due = [{ form = "gad-7", every_visit = true }, { form = "preferred-name", once = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form
finish form
tap form_ended.next
see screen FormQuestions
fill form
finish form
tap form_ended.done
see screen Done
tap common.finish
scan slip sam-next-2026-11-23
tap confirm.yes
see screen Done
waiting 4
