tap welcome.check_in
type Miller
key enter
type 06051979
tap key.next
see screen OneMoreThing
not-see James
shot one-more
type 0112
tap key.next
see Are you James?
tap confirm.yes
see 10:30
not-see 4:00
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
