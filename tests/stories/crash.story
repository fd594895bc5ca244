# The power goes in the middle of typing; whoever comes next finds Welcome.
tap welcome.check_in
type Castellano
crash
see screen Welcome
tap welcome.check_in
key enter
type 04171988
not-see Castellano
check-ins 0
audit-log ok
