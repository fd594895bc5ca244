# The phone is confirmed, the check-in not yet made: nothing was said, nothing stored.
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
crash after SaveContact
tap contact.yes
see screen Welcome
check-ins 0
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
# The phone is not asked for again.
see screen Done
check-ins 1
audit-log ok
