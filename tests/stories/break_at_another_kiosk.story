# A break told at one kiosk and the way back at another, with no network between them:
# both are kept, and nobody signs in twice.
now: 2026-11-23T09:00:00-05:00
import: clinics/groups.json
kiosk: scan slip day patient ada
kiosk: tap confirm.yes
kiosk: tap visits.check_in
kiosk: tap contact.yes
kiosk: tap common.finish
kiosk: offline
kiosk2: offline
kiosk: clock 2026-11-23T10:30:00-05:00
kiosk2: clock 2026-11-23T10:45:00-05:00
kiosk: scan slip day patient ada
kiosk: tap signed_in.break
kiosk: see Enjoy your break.
kiosk: tap common.finish
kiosk2: tap welcome.sign_out
kiosk2: scan slip day patient ada
kiosk2: tap confirm.yes
kiosk2: see We do not have you signed in today.
kiosk2: tap not_signed_in.elsewhere
kiosk2: tap signed_in.back
kiosk2: see Welcome back.
kiosk2: tap common.finish
kiosk2: waiting 1
kiosk2: check-ins 0
# Out at the second kiosk, which has heard nothing but that.
kiosk2: clock 2026-11-23T12:02:00-05:00
kiosk2: tap welcome.sign_out
kiosk2: scan slip day patient ada
kiosk2: tap signed_in.sign_out
kiosk2: see You are signed out.
kiosk2: waiting 2
