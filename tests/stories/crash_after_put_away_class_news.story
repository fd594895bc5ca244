# Read is read: it is not told again.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.2.act
tap classes.done
clinic-answers gentle-yoga refused
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen ClassesTold
crash after PutAwayClassNews
tap class_news.ok
see screen Welcome
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
audit-log ok
