# What is to be finished after residential care: on the screen, not on paper.
now: 2026-11-23T11:45:00-05:00
scan slip grace-1200-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
see Two things to finish today
see Pick up your medicine at the pharmacy
see Our staff can help you with it
shot done
tap done.print
printed 1
