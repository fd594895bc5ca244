# The picture is kept with the answer it is.
config: forms.due = [{ form = "insurance-change", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/insurance-change.2
tap form.continue
crash after TakePhoto
tap form/card/card-front.photo
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
see form/card/card-front.remove
