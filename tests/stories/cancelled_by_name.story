tap welcome.check_in
type Sorensen
key enter
type 04041994
tap key.next
see screen SeeDesk
see desk.lead
waiting 1
