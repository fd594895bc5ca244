break database
see screen KioskTrouble
see For staff: corrupt
mend
wait 31s
see screen Welcome
scan slip maria-1000-2026-11-23
see Are you Maria?
