# Guardian and teen: the kiosk changes hands, and neither sees what the other answered,
# also when the session ends in between.
config: forms.due = [{ form = "minor-intake", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
type Guardiana
tap form.continue
tap form/guardian/guardian-relationship.1
tap form.continue
tap form.continue
tap form.continue
tap form/guardian/guardian-phone
type 2125550101
tap form.continue
tap form.continue
tap form.continue
see screen FormHandOver
not-see Guardiana
tap hand_over.to_teen_button
see What name do you go by?
type Robin
tap form.continue
tap form/teen/teen-pronouns.1
# The teen cannot go back to what the guardian said.
tap common.back
tap common.back
tap common.back
see screen FormQuestions
not-see Your phone number
# The session ends; whoever comes back is not shown the teen's answers at once.
wait 60s
wait 30s
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
see screen FormHandOver
tap hand_over.to_teen_button
see screen FormQuestions
fill form
see screen FormReview
not-see Your phone number
see What name do you go by?
finish form
see screen FormEnded
