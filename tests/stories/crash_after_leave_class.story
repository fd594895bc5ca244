tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.2.act
tap classes.row.2.act
crash after LeaveClass
tap class_leaving.leave
see screen Welcome
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
not-see Asked for
see classes.row.2.act is Join
audit-log ok
