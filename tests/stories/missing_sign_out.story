# Who forgets to sign out is on the facilitator's list ten minutes after the end; nothing is
# filled in for them.
now: 2026-11-23T08:58:00-05:00
import: clinics/groups.json
scan slip day patient ada
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
scan slip day patient ben
tap confirm.yes
tap visits.check_in
tap contact.yes
tap common.finish
roster day Rivera, Ada (ada)  in 08:58
clock 2026-11-23T12:02:00-05:00
scan slip day patient ben
tap signed_in.sign_out
tap common.finish
roster day Osei, Ben (ben)  in 08:58  out 12:02
clock 2026-11-23T12:11:00-05:00
roster day 1 without a sign-out
roster day Rivera, Ada (ada)  in 08:58  NO SIGN-OUT
# She may still do it, and the time is when she did.
scan slip day patient ada
tap signed_in.sign_out
see 12:11
roster day out 12:11
