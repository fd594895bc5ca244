tap welcome.check_in
type Castellano
wait 61s
see screen StillThere
tap still.stay
see screen FindMe
# What was typed is still there.
key enter
type 04171988
tap key.next
see Are you Maria?
wait 61s
see screen StillThere
tap still.finished
see screen Welcome
