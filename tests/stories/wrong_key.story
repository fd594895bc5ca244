break key
see screen KioskTrouble
see For staff: wrong_key
shot trouble
tap footer.help
see 988
tap help.back
mend
wait 31s
see screen Welcome
scan slip maria-1000-2026-11-23
see Are you Maria?
