tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.4.act
clinic-answers art offered by 2026-11-23T12:40:00-05:00
tap classes.row.4.act
crash after TakeClassOffer
tap class_news.yes
see screen Welcome
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
see You are in
audit-log ok
