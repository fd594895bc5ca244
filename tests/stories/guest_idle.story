# What a guest typed is covered, and then gone.
tap welcome.guest
type Diego
wait 61s
see screen StillThere
not-see Here with someone
tap still.stay
# It was kept: nobody asks for the name again.
tap guest.no_code
see screen InLobby
tap common.finish
tap welcome.guest
type Diego
wait 61s
wait 31s
see screen Welcome
tap welcome.guest
tap guest.no_code
see Please type your own name.
waiting 1
