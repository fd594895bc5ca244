# Leaving is asked once; what was left can be joined again.
clinic-lends gentle-yoga
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.2.act
see You are in
see classes.row.2.act is You are in Gentle yoga
tap classes.row.2.act
see screen ClassLeaving
see Your place goes to the next person.
shot 1-leave
tap class_leaving.keep
see screen Classes
see You are in
tap classes.row.2.act
tap class_leaving.leave
see screen Classes
not-see You are in
see classes.row.2.act is Join
tap classes.row.2.act
see Asked for, not confirmed yet
audit-log ok
