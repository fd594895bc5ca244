# A person was taken out again: only they are gone.
config: forms.due = [{ form = "emergency-contact", every_visit = true }]
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap forms.start
tap form/has-contact.yes
tap form.continue
tap form/person/person-name
type Grace
tap page.next
tap form/person.another
tap page.next
crash after RemoveInstance
tap form/person:1.remove
see screen Welcome
drafts 1
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
see form/person/person-name
not-see form/person:1/person-name
audit-log ok
