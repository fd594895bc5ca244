# Nothing is promised that could not be written, and nothing is lost.
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
disk full
tap contact.skip
see screen SaveFailed
see We could not check you in here.
disk free
shot failed
check-ins 0
audit-log ok
tap common.finish
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
