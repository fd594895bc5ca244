# The language changes in the middle of a form: the question is said again, every answer
# stays, and the printed words follow.
config: forms.due = [{ form = "gad-7", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see A few questions before your visit
tap footer.language.es
not-see A few questions before your visit
tap footer.language.en
tap forms.start
tap form/gad7/gad7-1.3
see Feeling nervous, anxious or on edge
tap footer.language.es
see form/gad7/gad7-1.3 is on
not-see Feeling nervous
see Más de la mitad de los días
tap form.continue
tap form/gad7/gad7-2.2
tap footer.easier
tap footer.language.en
tap easier.done
see form/gad7/gad7-2.2 is on
see Several days
tap common.back
see form/gad7/gad7-1.3 is on
fill form
see screen FormReview
tap footer.language.es
see screen FormReview
see Más de la mitad de los días
finish form
see screen FormEnded
