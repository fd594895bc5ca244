# A visit tomorrow is nobody's business who only knows a name.
tap welcome.check_in
type Patel
key enter
type 09171981
tap key.next
see screen SeeDesk
not-see Raj
not-see November 24
see desk.lead
check-ins 0
waiting 1
