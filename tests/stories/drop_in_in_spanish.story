tap footer.language.es
tap welcome.walk_in
see Ayuda práctica
tap walk_in.drop_in
see ¿De qué se trata?
shot 1-topic
tap drop_in.not_said
see Ya tiene su turno.
see Sigue usted.
tap common.finish
tap footer.language.es
tap welcome.walk_in
tap walk_in.drop_in
tap drop_in.rides
see Hay 1 persona antes que usted.
shot 2-line
