# A group that ends after midnight is left on another day than it began on.
now: 2026-11-23T22:50:00-05:00
import: clinics/groups.json
scan slip late patient dora
tap confirm.yes
see Evening program
tap visits.check_in
tap contact.yes
tap common.finish
clock 2026-11-24T00:10:00-05:00
scan slip late patient dora
see screen SignedIn
see Since 10:50
tap signed_in.break
tap common.finish
clock 2026-11-24T00:20:00-05:00
tap welcome.sign_out
type Nakamura
key enter
type 12051966
tap key.next
tap confirm.yes
tap signed_in.back
tap common.finish
clock 2026-11-24T01:03:00-05:00
scan slip late patient dora
tap signed_in.sign_out
see You are signed out.
see 1:03
tap common.finish
scan slip late patient dora
tap confirm.yes
see You had signed out already.
see 1:03
tap common.finish
# The next day it is long over.
clock 2026-11-24T08:00:00-05:00
scan slip late patient dora
tap confirm.yes
see screen SlipRefused
