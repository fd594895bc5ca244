# A consent: read, agreed to, signed with a typed name, and a copy printed on request.
config: forms.due = [{ form = "part2-consent", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form
see screen FormReview
tap form_review.sign
see screen FormSign
see form_sign.done is disabled
type Zanzibarine Walker
shot sign
crash
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
tap forms.start
fill form
tap form_review.sign
type Zanzibarine Walker
tap form_sign.done
see screen FormEnded
drafts 0
waiting 3
tap form_ended.print
see form_ended.printed
printed 1
tap form_ended.done
see screen Done
audit-log ok
tap common.finish
forgotten Zanzibarine
