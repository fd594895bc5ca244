# Steady steps is for the program day: Castellano is in it and sees it, Walker does not. Alumni circle is on no screen.
tap welcome.classes
type Castellano
key enter
type 04171988
tap key.next
tap confirm.yes
tap classes.later
see Steady steps
not-see Alumni circle
tap classes.done
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see Gentle yoga
not-see Steady steps
tap classes.later
see Music circle
not-see Steady steps
not-see Alumni circle
