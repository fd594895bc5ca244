now: 2026-11-23T16:15:00-05:00
config: policy.minor_age = 21
tap footer.language.es
scan slip nadia-1700-2026-11-23
tap confirm.yes
tap visits.check_in
see ¿Vino su madre, su padre o quien tiene su tutela?
shot guardian
tap guardian.no
see screen Done
see Algunas cosas necesitan a su madre, padre o quien tiene su tutela.
check-ins 1
