tap footer.language.es
tap welcome.walk_in
see Necesito ver a alguien hoy
tap walk_in.see_someone
see screen InLobby
see Ya está en la lista.
see la sala Jardín
tap lobby.print
see Su papel está en la bandeja de abajo.
printed 1
shot waiting
waiting 1
