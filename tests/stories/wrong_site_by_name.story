tap welcome.check_in
type Mensah
key enter
type 12311958
tap key.next
see screen SeeDesk
see desk.lead
waiting 1
