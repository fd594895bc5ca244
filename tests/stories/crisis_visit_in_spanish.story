config: forms.due = [{ form = "gad-7", every_visit = true }]
config: forms.alert_path = "desk"
tap footer.language.es
scan slip seun-crisis-2026-11-23
tap confirm.yes
tap visits.check_in
see screen Done
see Llegada registrada.
check-ins 1
