# Asked for before the power went, and asked for once.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
crash after JoinClass
tap classes.row.2.act
see screen Welcome
waiting 1
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see Asked for, not confirmed yet
waiting 1
audit-log ok
