# Stored, and the screen never said so: she tries again and is told, under the same name.
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
crash after SaveCheckIn
tap contact.skip
see screen Welcome
check-ins 1
scan slip sam-next-2026-11-23
tap confirm.yes
see screen Done
see You're already checked in.
remember her_name after done.call_name
tap common.finish
crash
scan slip sam-next-2026-11-23
tap confirm.yes
see {her_name}
check-ins 1
waiting 2
audit-log ok
