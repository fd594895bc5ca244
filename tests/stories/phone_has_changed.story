scan slip lucia-1100-2026-11-23
wait 1s
tap confirm.no
tap common.finish
tap welcome.check_in
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap visits.check_in
tap contact.changed
see screen Done
see Please give the front desk your new number when you can.
# not me, the changed number, the check-in
waiting 4
check-ins 1
