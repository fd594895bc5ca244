# Signed and stored: not asked for again.
config: forms.due = [{ form = "consent-to-treat", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form
tap form_review.sign
type Sam Walker
crash after SignForm
tap form_sign.done
see screen Welcome
drafts 0
waiting 2
scan slip sam-next-2026-11-23
tap confirm.yes
see screen Done
audit-log ok
