config: policy.print_without_asking = true
unplug printer
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see screen PrinterTrouble
see The printer does not answer.
check-ins 1
plug printer
tap printer.again
see screen Done
printed 1
wait 31s
see screen Welcome
