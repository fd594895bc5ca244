tap welcome.walk_in
tap walk_in.see_someone
see screen InLobby
crash after PrintTicket
tap lobby.print
see screen Welcome
waiting 1
audit-log ok
