empty printer
scan slip sam-next-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
tap done.print
see screen PrinterTrouble
see You are checked in. No slip came out.
see out of paper
shot no-paper
check-ins 1
tap printer.again
see screen PrinterTrouble
fill printer
tap printer.again
see screen Done
see Your slip is in the tray below.
printed 1
