tap welcome.check_in
type Wojcik
key enter
type 01251983
tap key.next
see screen SeeDesk
see desk.lead
tap common.finish
scan slip piotr-0800-2026-11-23
tap confirm.yes
see screen SlipRefused
see This visit has already ended.
check-ins 0
