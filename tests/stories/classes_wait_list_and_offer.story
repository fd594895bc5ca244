# A full class: the wait list, and later the place of somebody who gave it up. The offer is shown first, whatever
# the patient came for.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see Art therapy
see Full
see classes.row.4.act is Join the wait list
tap classes.row.4.act
see Asked for, not confirmed yet
clinic-answers art waiting place 1
see You are on the wait list, place 1
tap classes.done

clinic-answers art offered by 2026-11-23T12:40:00-05:00
tap welcome.check_in
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen ClassesTold
see A place in Art therapy is yours
see 12:40
shot 1-offer
tap class_news.yes
see screen ClassesTold
see Your place is confirmed.
tap class_news.ok
see screen Done
check-ins 1
tap common.finish

tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
see You are in
audit-log ok
