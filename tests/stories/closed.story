config: hours.monday = ["10:00-17:00"]
see screen Closed
see We open today at 10:00 AM.
see 988
shot closed
tap footer.help
see screen Help
tap help.back
see screen Closed
wait 20m
see screen Welcome
# Somebody who started before closing time is served.
clock 2026-11-23T16:59:30-05:00
tap welcome.check_in
wait 50s
see screen FindMe
type Rahman
key enter
type 03032007
tap key.next
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen Done
tap common.finish
see screen Closed
see We open on
check-ins 1
