# Where the clinic wants to be told "Yes, that is me", a slip alone signs nobody in or out.
now: 2026-11-23T08:55:00-05:00
import: clinics/groups.json
config: policy.fast_sign_in = false
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
scan slip day patient ada
see screen ConfirmIdentity
tap confirm.yes
see screen SignedIn
