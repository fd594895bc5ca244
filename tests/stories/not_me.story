tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
tap confirm.no
see screen SeeDesk
not-see Maria
not-see Amara
check-ins 0
waiting 1
