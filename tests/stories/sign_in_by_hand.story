# A clinic whose payer wants a signature on the sheet: drawn or typed, and no hurdle for who
# cannot. It goes after the sign-in, and nothing of it stays.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
config: policy.sign_by_hand = true
scan slip day patient ada
tap confirm.yes
not-see By tapping
tap visits.check_in
tap contact.yes
see screen SignInSheet
see form_sign.done is disabled
tap form_sign.pad
shot sheet
tap form_sign.done
see You are signed in.
roster day in 08:55
waiting 3
tap common.finish
scan slip day patient ben
tap confirm.yes
tap visits.check_in
tap contact.yes
tap form_sign.mode
see form_sign.done is disabled
type Zanzibarine Walker
tap form_sign.done
see You are signed in.
tap common.finish
forgotten Zanzibarine
# Without a signature, by a tap.
scan slip day patient cleo
tap confirm.yes
tap visits.check_in
tap contact.yes
tap sign_in_sheet.by_tap
see You are signed in.
tap common.finish
# A slip alone does not sign in here; it still leads to the way out.
scan slip day patient ada
see screen SignedIn
tap signed_in.sign_out
see You are signed out.
audit-log ok
