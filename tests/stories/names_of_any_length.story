# A very long name is not greeted by it, and 300 letters find nobody and break nothing.
tap welcome.check_in
type Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh de la Santisima Trinidad y Montenegro
key enter
type 10031969
shot long-name
tap key.next
see screen ConfirmIdentity
tap confirm.yes
see screen TodaysVisits
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
tap common.finish
tap welcome.check_in
type Nabcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi abcdefghi
key enter
type 01011990
tap key.next
see screen SeeDesk
