# A patient takes a code along for somebody, and only if they want to.
now: 2026-11-23T10:40:00-05:00
scan slip lucia-1100-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
see done.guest_code
shot done
tap done.guest_code
see Your slip is in the tray below.
printed 1
tap common.finish
# Without a release on file, only the lobby.
foyer guest code maria-1530-2026-11-23
remember code from said
kiosk2: tap welcome.guest
kiosk2: type Ana
kiosk2: key enter
kiosk2: type {code}
kiosk2: tap key.next
kiosk2: see Somebody will come to you.
kiosk2: remember name after done.call_name
kiosk2: foyer queue
kiosk2: said code fits, maria-1530-2026-11-23, no release: public lobby only
kiosk2: foyer-fails guest badge {name} --to visit --out badge.png
kiosk2: waiting 1
