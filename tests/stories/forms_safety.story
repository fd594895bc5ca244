# A safety answer is told at once, and stays told when it is changed back; nothing on the
# screen alarms.
config: forms.due = [{ form = "phq-9", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/phq9/phq9-1.1
tap form.continue
tap form/phq9/phq9-2.1
tap form.continue
tap form/phq9/phq9-3.1
tap form.continue
tap form/phq9/phq9-4.1
tap form.continue
tap form/phq9/phq9-5.1
tap form.continue
tap form/phq9/phq9-6.1
tap form.continue
tap form/phq9/phq9-7.1
tap form.continue
tap form/phq9/phq9-8.1
tap form.continue
safety-events 0
tap form/phq9/phq9-9.2
safety-events 1
wait 1s
tap form/phq9/phq9-9.1
safety-events 2
tap form.leave
tap form_leave.refuse
safety-events 2
crash
safety-events 2
audit-log ok
