# Offline from each other, they never give the same call name.
now: 2026-11-23T10:05:00-05:00
kiosk: scan slip maria-1000-2026-11-23
kiosk: tap confirm.yes
kiosk: tap visits.check_in
kiosk: tap contact.skip
kiosk: see screen Done
kiosk: remember first after done.call_name
kiosk2: scan slip lucia-1100-2026-11-23
kiosk2: tap confirm.yes
kiosk2: tap visits.check_in
kiosk2: tap contact.skip
kiosk2: see screen Done
kiosk2: not-see {first}
kiosk2: remember second after done.call_name
# The same patient at both: the same act, and each kiosk keeps its own name for it.
kiosk2: tap common.finish
kiosk2: scan slip maria-1000-2026-11-23
kiosk2: tap confirm.yes
kiosk2: tap visits.check_in
kiosk2: tap contact.skip
kiosk2: not-see {first}
kiosk2: not-see {second}
kiosk: check-ins 1
kiosk2: check-ins 2
