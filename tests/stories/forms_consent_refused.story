# No to a consent is as short as yes, is not signed, and blocks nothing.
config: forms.due = [{ form = "part2-consent", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
fill form choosing 2
see screen FormReview
not-see form_review.sign
tap form_review.finish
see screen FormEnded
not-see form_ended.print
tap form_ended.done
see screen Done
waiting 3
