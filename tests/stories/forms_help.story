# Help and comfort over a question: the question is still there, and so is the answer that
# was being saved.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/gad7/gad7-1.2
tap footer.help
see screen Help
tap help.back
see form/gad7/gad7-1.2 is on
tap footer.easier
tap easier.done
see form/gad7/gad7-1.2 is on
