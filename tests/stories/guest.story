# Whatever a guest types, the kiosk says the same: it never tells who is a patient.
foyer guest code lucia-1100-2026-11-23
remember code from said
tap welcome.guest
see screen GuestAsked
see We cannot say here who is a patient.
type Diego
key enter
type {code}
shot 1-guest
tap key.next
see screen InLobby
see Thank you.
see Please have a seat in the lobby. Somebody will come to you.
not-see Luc
not-see before you
remember with_code after done.call_name
shot 2-thanks
tap common.finish
# No code, and a wrong one.
tap welcome.guest
type Rosa
tap guest.no_code
see Please have a seat in the lobby. Somebody will come to you.
tap common.finish
tap welcome.guest
type Eva
key enter
type ZZZZZZ
tap key.next
see Please have a seat in the lobby. Somebody will come to you.
waiting 3
# Nobody was checked in. Staff see who may be with whom.
check-ins 0
foyer queue
said guest: Diego, code fits, lucia-1100-2026-11-23, release on file
said guest: Rosa, code none
said guest: Eva, code wrong
# A badge past the lobby is the printer's or a file's, and a guest's alone.
foyer-fails guest badge {with_code} --to nowhere --out badge.png
foyer-fails guest badge Fern 999 --to lobby --out badge.png
audit-log ok
