# Patel's next visit is tomorrow: no check-in, but classes. To somebody unknown the kiosk says what it says at a check-in.
tap welcome.check_in
type Patel
key enter
type 09171981
tap key.next
see screen SeeDesk
tap common.finish
tap welcome.classes
type Patel
key enter
type 09171981
tap key.next
see screen ConfirmIdentity
tap confirm.yes
see screen Classes
tap classes.done
tap welcome.classes
type Nobody
key enter
type 01011990
tap key.next
see screen SeeDesk
see Please see the front desk.
see Nothing is wrong.
