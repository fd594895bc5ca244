tap welcome.check_in
type Miller
key enter
type 06051979
tap key.next
type 9999
tap key.next
see screen SeeDesk
see desk.lead
not-see James
check-ins 0
waiting 1
