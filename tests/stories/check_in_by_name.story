# Maria has three visits today; she is early for the later two. What `./dev run` plays
# where there is no display.
see screen Welcome
shot 1-welcome
tap welcome.check_in
type Castellano
key enter
type 0417
shot 2-find-me
type 1988
tap key.next
see screen ConfirmIdentity
see Are you Maria?
not-see 10:00
shot 3-confirm
tap confirm.yes
see screen TodaysVisits
see Visit with Amara
see Program day
not-see Individual
not-see Partial
shot 4-visits
tap visits.check_in
see screen ConfirmContact
see 01
not-see 555
shot 5-contact
tap contact.yes
see screen Done
see You're checked in.
see Amara knows you are here.
see the Garden lounge
shot 6-done
printed 0
tap done.print
printed 1
see Your slip is in the tray below.
shot 7-printed
check-ins 1
waiting 3
audit-log ok
tap common.finish
see screen Welcome
not-see Maria
