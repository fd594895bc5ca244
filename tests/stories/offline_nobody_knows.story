# "Knows you are here" is said only when somebody does.
offline
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
not-see knows you are here
see Please have a seat in the Garden lounge.
shot offline
check-ins 1
waiting 2
tap common.finish
online
scan slip maria-1000-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see Amara knows you are here.
