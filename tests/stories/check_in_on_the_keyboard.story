# Every letter by a finger on the screen's own keyboard, one of them wrong.
now: 2026-11-23T17:50:00-05:00
tap welcome.check_in
tap key.k
tap key.o
tap key.erase
tap key.i
tap key.m
tap key.next
tap key.1
tap key.1
tap key.0
tap key.8
tap key.2
tap key.0
tap key.0
tap key.1
tap key.next
see Are you 민준?
shot confirm
tap confirm.yes
see Evening program
tap visits.check_in
tap contact.yes
see screen Done
check-ins 1
