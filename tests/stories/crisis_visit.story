# No form, no question: and the desk hears of it at once.
config: forms.due = [{ form = "gad-7", every_visit = true }]
config: forms.alert_path = "desk"
scan slip seun-crisis-2026-11-23
tap confirm.yes
tap visits.check_in
see screen Done
not-see contact.title
not-see forms.start
shot done
check-ins 1
waiting 3
