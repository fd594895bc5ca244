# Nobody finds the last patient's classes.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
wait 61s
see screen StillThere
not-see yoga
tap still.stay
see screen Classes
wait 61s
wait 31s
see screen Welcome
