# Forms without a check-in: what is due, what was begun, and then a calm end.
config: forms.due = [{ form = "gad-7", every_days = 14 }]
see My forms
tap welcome.forms
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen FormsOffered
see Your forms
not-see before your visit
shot 1-forms
tap forms.start
fill form
tap form.leave
tap form_leave.later
see screen MyFormsOver
see This was not a check-in.
tap common.finish
check-ins 0
drafts 1

tap welcome.forms
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see You began this earlier.
tap forms.start
fill form
finish form
tap form_ended.done
see screen MyFormsOver
tap common.finish
drafts 0

tap welcome.forms
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen MyFormsOver
wait 31s
see screen Welcome
audit-log ok
