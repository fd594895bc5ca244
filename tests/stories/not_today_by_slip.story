scan slip raj-1000-2026-11-24
see Are you Raj?
not-see November 24
tap confirm.yes
see screen NotToday
see Tuesday, November 24
see 10:00 AM
shot not-today
check-ins 0
waiting 1
