# Another person was asked for while a name was being typed: the name is kept; an empty
# person is no answer and is asked for again.
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
crash after AddInstance
tap form/person.another
see screen Welcome
drafts 1
scan slip sam-next-2026-11-23
tap confirm.yes
tap forms.start
see form/person/person-name
not-forgotten Grace
audit-log ok
