# A picture of the card, with the simulated camera.
config: forms.due = [{ form = "insurance-change", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/insurance-change.2
tap form.continue
tap form/card/card-front.photo
shot card
see form/card/card-front.remove
drafts 1
