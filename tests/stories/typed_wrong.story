# What is wrong is said kindly, at once, and nobody is looked for.
tap welcome.check_in
tap key.next
tap key.next
tap key.next
tap key.next
see Type your last name first.
tap identify.last_name
type Castellano
key enter
type 02301988
tap key.next
see That date is not on the calendar.
shot impossible
tap identify.month
key back
key back
type 04
key back
key enter
waiting 0
