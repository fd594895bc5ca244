# Offline, a place the kiosk was lent is given away for good; any other is asked for, and never said to be held.
config: server.base = "http://127.0.0.1:9/fhir"
clinic-lends gentle-yoga
internet down
sync
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
see We are offline. Places we ask for now are confirmed when we are back.
not-see held
shot 1-offline
tap classes.row.2.act
see screen Classes
see You are in
tap classes.row.3.act
see screen Classes
see Asked for, not confirmed yet
waiting 3
tap classes.done
crash
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see You are in
see Asked for, not confirmed yet
audit-log ok
