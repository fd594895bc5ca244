tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
crash after ShowClasses
tap confirm.yes
see screen Welcome
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
