# A slip printed for 10:00 shows the time the visit has moved to since.
import: clinics/moved_before.json
keep slip moved-1 as slip
import clinics/moved_after.json
scan {slip}
see Are you Ada?
tap confirm.yes
see 10:30
not-see 10:00
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
