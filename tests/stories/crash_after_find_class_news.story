config: forms.due = [{ form = "gad-7", every_days = 14 }]
tap welcome.forms
scan slip sam-next-2026-11-23
crash after FindClassNews
tap confirm.yes
see screen Welcome
tap welcome.forms
scan slip sam-next-2026-11-23
tap confirm.yes
see screen FormsOffered
