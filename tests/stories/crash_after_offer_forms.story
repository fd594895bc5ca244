# Nothing was begun: the forms are offered again.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
crash after OfferForms
tap footer.language.es
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
drafts 0
