break key
see screen KioskTrouble
crash after OpenStore
mend
# The kiosk tries again by itself, and is killed with its records just open.
wait 31s
see screen Welcome
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
check-ins 1
audit-log ok
