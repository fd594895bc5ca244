# A visit by video at the kiosk: a room, and never how to join.
scan slip tala-video-2026-11-23
tap confirm.yes
tap visits.check_in
tap contact.skip
see Would you like a private room?
shot 1-room
tap room.yes
see screen Done
see We asked for a private room for you.
not-see video.example
shot 2-done
tap done.print
printed 1
# The check-in, its paperwork, one wish for a room.
waiting 3
tap common.finish
# Scanned again, nobody is asked twice.
scan slip tala-video-2026-11-23
tap confirm.yes
see screen Done
waiting 3
