# Nobody finds the last patient's screen, nor any word of it.
tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
tap confirm.yes
see screen TodaysVisits
wait 59s
see screen TodaysVisits
wait 2s
see screen StillThere
not-see Maria
not-see Amara
see footer.help
shot cover
wait 31s
see screen Welcome
check-ins 0
tap welcome.check_in
key enter
type 04171988
not-see Castellano
