keep slip maria-1000-2026-11-22 as old
scan {old}
see Are you Maria?
tap confirm.yes
# An old slip of somebody who has a visit today opens that day.
see screen TodaysVisits
see 10:00
tap common.back
see screen Welcome
# Two days later the kiosk no longer holds the visit of a slip.
keep slip nadia-1700-2026-11-23 as nadia
clock 2026-11-26T09:41:00-05:00
wait 2m
scan {nadia}
see screen SlipRefused
see This slip is from an earlier visit.
check-ins 0
