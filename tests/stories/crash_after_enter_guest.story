tap welcome.guest
type Diego
crash after EnterGuest
tap guest.no_code
see screen Welcome
waiting 1
foyer queue
said Diego
audit-log ok
