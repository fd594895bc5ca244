tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
crash after TellDesk
tap confirm.no
see screen Welcome
# The desk's line was written before anybody could hear of it.
waiting 1
check-ins 0
audit-log ok
