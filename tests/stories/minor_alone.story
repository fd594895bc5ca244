# A teen by themselves: the check-in completes, and what needs a guardian is left for the desk.
now: 2026-11-23T16:15:00-05:00
config: policy.minor_age = 21
config: forms.due = [{ form = "consent-to-treat", every_visit = true }, { form = "gad-7", every_visit = true }]
config: forms.alert_path = "desk"
scan slip nadia-1700-2026-11-23
tap confirm.yes
tap visits.check_in
see Is a parent or guardian with you?
see You can check in either way.
shot 1-guardian
tap guardian.no
# Forms of their own are theirs to answer; the consent is not among them.
see screen FormsOffered
not-see Consent
tap forms.not_now
see screen Done
see Some things need a parent or guardian.
shot 2-done
check-ins 1
# The check-in, and a line for the desk.
waiting 2
