# Individual, family and crisis in the morning, then medication, class, program day,
# group, case management, aftercare and the evening program, each at its time. No screen
# says which kind it is.
now: 2026-11-23T08:20:00-05:00
config: policy.contact_stale_days = 3650
# A class.
scan slip yoga-2026-11-23 patient grace-thompson
tap confirm.yes
see Class
not-see oga
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# A crisis visit opens at once, and asks nothing.
clock 2026-11-23T08:50:00-05:00
scan slip seun-crisis-2026-11-23
tap confirm.yes
see Visit with Samuel
not-see risis
tap visits.check_in
see screen Done
tap common.finish
# Medication.
clock 2026-11-23T09:30:00-05:00
scan slip wulandari-1000-2026-11-23
tap confirm.yes
see Visit with Dana
not-see edication
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# Individual.
scan slip miller1-1030-2026-11-23
tap confirm.yes
see Visit with Amara
not-see ndividual
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# Family.
clock 2026-11-23T10:10:00-05:00
scan slip lucia-1100-2026-11-23
tap confirm.yes
see Family visit
not-see ducation
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# A program day.
clock 2026-11-23T10:45:00-05:00
scan slip php-2026-11-23 patient keanu-kealoha
tap confirm.yes
see Program day
not-see ospital
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# Aftercare.
clock 2026-11-23T11:30:00-05:00
scan slip grace-1200-2026-11-23
tap confirm.yes
see Follow-up
not-see ftercare
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# Case management and a group.
clock 2026-11-23T12:45:00-05:00
scan slip zofia-1300-2026-11-23
tap confirm.yes
see Practical help
not-see Case
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
scan slip group-2026-11-23 patient amina-diallo
tap confirm.yes
see Group
not-see rocess
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
# The evening program.
clock 2026-11-23T17:45:00-05:00
scan slip iop-2026-11-23 patient tala-begay
tap confirm.yes
see Evening program
not-see utpatient program
tap visits.check_in
tap contact.skip
see screen Done
check-ins 10
