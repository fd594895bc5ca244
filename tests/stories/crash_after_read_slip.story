crash after ReadSlip
scan slip sam-next-2026-11-23
see screen Welcome
check-ins 0
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
audit-log ok
