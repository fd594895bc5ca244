# Asked for while the clinic can be reached: it confirms at once, or in its own time.
config: server.base = "http://127.0.0.1:9/fhir"
see Holistic classes
tap welcome.classes
see screen FindMe
type Walker
key enter
type 01011990
tap key.next
see screen ConfirmIdentity
tap confirm.yes
see screen Classes
see Open studio
see Gentle yoga
see 4 of 12 places left
see classes.row.2.act is Join
shot 1-classes
tap classes.row.2.act
see screen ClassWorking
see We are asking for your place.
clinic-answers gentle-yoga confirmed
see screen Classes
see You are in
see Joined
shot 2-joined
tap classes.row.3.act
see screen ClassWorking
wait 4s
see screen Classes
see Asked for, not confirmed yet
clinic-answers breathing waiting place 2
see You are on the wait list, place 2
tap classes.done
see screen Welcome
audit-log ok

# What was seen is not told again.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
see You are in

# By day: tomorrow.
tap classes.day.2
see Morning yoga
not-see Open studio
see A few places left
tap common.back
see screen Welcome
