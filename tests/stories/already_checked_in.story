# By slip, then by name, then by slip again: one check-in, one call name.
scan slip zofia-1300-2026-11-23
clock 2026-11-23T12:30:00-05:00
wait 61s
wait 31s
see screen Welcome
scan slip zofia-1300-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.yes
see You're checked in.
remember her_name after done.call_name
check-ins 1
tap common.finish
tap welcome.check_in
type lukasiewicz
key enter
type 07301964
tap key.next
tap confirm.yes
see screen Done
see You're already checked in.
see {her_name}
tap common.finish
scan slip zofia-1300-2026-11-23
tap confirm.yes
see You're already checked in.
see {her_name}
check-ins 1
waiting 3
