# `foyer status` and a second look by the kiosk itself, again and again, while patients
# check in: none of them takes anything away (POSIX locks end with the first close).
keep slip sam-next-2026-11-23 as sam
check-ins 0
scan {sam}
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
keep slip maria-1000-2026-11-23 as maria
check-ins 1
tap common.finish
scan {maria}
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 2
crash
check-ins 2
audit-log ok
