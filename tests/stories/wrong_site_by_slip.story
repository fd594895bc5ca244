scan slip kofi-1130-2026-11-23
tap confirm.yes
see screen SlipRefused
see This visit is at another of our sites.
shot refused
check-ins 0
waiting 1
