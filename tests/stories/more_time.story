tap footer.easier
tap easier.time
see easier.time is on
tap easier.done
tap welcome.check_in
type Castellano
wait 9m
see screen FindMe
wait 61s
see screen StillThere
wait 31s
see screen Welcome
# The next patient has the usual time.
tap welcome.check_in
wait 61s
see screen StillThere
