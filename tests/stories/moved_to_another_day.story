import: clinics/moved_before.json
keep slip moved-1 as slip
import clinics/moved_away.json
scan {slip}
tap confirm.yes
see screen NotToday
see Wednesday, November 25
check-ins 0
