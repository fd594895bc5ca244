# Outcomes are told at the next identification, once each.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.2.act
tap classes.row.3.act
tap classes.done

clinic-answers gentle-yoga confirmed
clinic-answers breathing refused
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen ClassesTold
see You are in: Gentle yoga
see Garden room
tap class_news.ok
see There was no place in Mindful breathing
tap class_news.ok
see screen Done
tap done.print
printed 1
tap common.finish

tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
see You are in

# Called off and missed are told too.
tap classes.done
clinic-answers gentle-yoga called-off
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen ClassesTold
see Gentle yoga is cancelled
tap class_news.ok
see screen Classes
see Cancelled
audit-log ok
