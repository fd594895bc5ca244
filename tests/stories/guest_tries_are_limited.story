# Guessing teaches nothing: not even that it was wrong too often.
foyer guest code maria-1000-2026-11-23
remember code from said
tap welcome.guest
type Eva
key enter
type AAAAAA
tap key.next
tap common.finish
tap welcome.guest
type Eva
key enter
type BBBBBB
tap key.next
tap common.finish
tap welcome.guest
type Eva
key enter
type CCCCCC
tap key.next
tap common.finish
tap welcome.guest
type Eva
key enter
type {code}
tap key.next
see Please have a seat in the lobby. Somebody will come to you.
foyer queue
said code not-checked
not-said code fits
