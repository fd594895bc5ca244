tap welcome.check_in
type Nobody
key enter
type 01011990
tap key.next
see screen SeeDesk
see Please see the front desk.
see Nothing is wrong.
shot desk
check-ins 0
waiting 1
wait 31s
see screen Welcome
