scan slip ingrid-1400-2026-11-23
tap confirm.yes
see screen SlipRefused
see This visit was called off.
check-ins 0
waiting 1
