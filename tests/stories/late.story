now: 2026-11-23T10:15:00-05:00
scan slip maria-1000-2026-11-23
tap confirm.yes
see Started already
tap visits.check_in
tap contact.skip
see screen Done
see done.late
see to your left
shot done
check-ins 1
# The check-in and a line for the desk.
waiting 3
