# The first kiosk has the schedule, the second one not yet.
clinic: kiosk2 none
kiosk: keep slip maria-1000-2026-11-23 as slip
kiosk2: scan {slip}
kiosk2: see screen SlipRefused
kiosk2: see We don't have this visit here.
kiosk2: waiting 1
kiosk2: check-ins 0
