# Held under the scanner once too often, at every moment: harmless.
keep slip maria-1000-2026-11-23 as slip
scan {slip}
scan {slip}
see screen ConfirmIdentity
tap confirm.yes
scan {slip}
see screen TodaysVisits
tap visits.check_in
scan {slip}
see screen ConfirmContact
tap contact.skip
see screen Done
scan {slip}
see screen ConfirmIdentity
tap confirm.yes
see You're already checked in.
check-ins 1
