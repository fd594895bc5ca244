config: forms.due = [{ form = "gad-7", every_days = 14 }]
tap footer.language.es
see Mis formularios
tap welcome.forms
scan slip sam-next-2026-11-23
tap confirm.yes
see Sus formularios
tap forms.not_now
see screen MyFormsOver
see Eso es todo por ahora
