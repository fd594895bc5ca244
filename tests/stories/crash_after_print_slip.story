scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
remember her_name after done.call_name
crash after PrintSlip
tap done.print
see screen Welcome
check-ins 1
scan slip sam-next-2026-11-23
tap confirm.yes
see You're already checked in.
see {her_name}
tap done.print
printed 1
check-ins 1
audit-log ok
