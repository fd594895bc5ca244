# Refusing a form blocks nothing: it is kept as it is, the desk knows, the visit goes on.
config: forms.due = [{ form = "gad-7", every_visit = true }, { form = "contact", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see There are 2 short forms for you today.
tap forms.start
tap form/gad7/gad7-1.2
tap form.leave
see screen FormLeaving
tap form_leave.back
see form/gad7/gad7-1.2 is on
tap form.leave
tap form_leave.refuse
see screen FormEnded
drafts 0
# The check-in, the form as far as it was, a line for the desk.
waiting 3
tap form_ended.next
see screen FormQuestions
tap form.leave
tap form_leave.later
see screen Done
tap common.finish
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
see There is 1 short form for you today.
audit-log ok
