tap welcome.check_in
type Castellanos
key enter
type 04171988
tap key.next
see screen SeeDesk
tap common.finish
tap welcome.check_in
type Castelano
key enter
type 04171988
tap key.next
see screen SeeDesk
tap common.finish
tap welcome.check_in
type Castilian
key enter
type 04171988
tap key.next
see screen SeeDesk
tap common.finish
# The right name is made to wait like any other.
tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
see screen SlowDown
shot slow-down
tap common.finish
# A slip is not a guess.
scan slip lucia-1100-2026-11-23
see Are you Lucía?
tap confirm.no
tap common.finish
wait 10s
tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
see Are you Maria?
