# A clock set back a year deletes nothing; once it is right again all is there.
clock 2025-11-23T09:41:00-05:00
wait 3m
see screen Welcome
clock 2026-11-23T09:45:00-05:00
wait 2m
scan slip maria-1000-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
audit-log ok
