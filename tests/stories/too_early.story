tap welcome.check_in
type Rahman
key enter
type 03032007
tap key.next
see Are you Nadia?
tap confirm.yes
see screen TooEarly
see 5:00 PM
see 4:00 PM
not-see Priya
shot early
check-ins 0
# The desk hears of it.
waiting 1
wait 31s
see screen Welcome
