scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
tap common.finish
# Her second visit of the day: the phone is known to be right.
wait 40m
scan slip sam-later-2026-11-23
tap confirm.yes
tap visits.check_in
see screen Done
check-ins 2
