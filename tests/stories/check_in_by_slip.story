scan slip maria-1000-2026-11-23
see screen ConfirmIdentity
see Are you Maria?
shot 1-confirm
tap confirm.yes
see screen TodaysVisits
tap visits.check_in
tap contact.skip
see screen Done
shot 2-done
check-ins 1
