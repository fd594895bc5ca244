tap welcome.check_in
type Miller
key enter
type 06051979
tap key.next
type 0112
crash after TellApart
tap key.next
see screen Welcome
check-ins 0
tap welcome.check_in
type Miller
key enter
type 06051979
tap key.next
type 0112
tap key.next
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
audit-log ok
