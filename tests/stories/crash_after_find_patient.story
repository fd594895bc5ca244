tap welcome.check_in
type Walker
key enter
type 01011990
crash after FindPatient
tap key.next
see screen Welcome
check-ins 0
tap welcome.check_in
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
audit-log ok
