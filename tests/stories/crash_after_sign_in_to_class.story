# The patient was there before the power went.
clinic-lends open-studio
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.1.act
tap class_clash.anyway
see You are in
crash after SignInToClass
tap classes.row.1.act
see screen Welcome
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see You are signed in
audit-log ok
