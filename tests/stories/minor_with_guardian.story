now: 2026-11-23T16:15:00-05:00
config: policy.minor_age = 21
config: forms.due = [{ form = "minor-intake", every_visit = true }]
scan slip nadia-1700-2026-11-23
tap confirm.yes
tap visits.check_in
tap guardian.yes
see For the parent or guardian
shot 1-contact
tap contact.skip
see screen FormsOffered
tap forms.start
see screen FormQuestions
shot 2-guardian-part
