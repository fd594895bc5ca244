# Written down before the power went: the desk knows of somebody under a name they never saw.
tap welcome.walk_in
crash after EnterLobby
tap walk_in.question
see screen Welcome
waiting 1
# The next one gets another name.
foyer queue
said question
tap welcome.walk_in
tap walk_in.question
see screen InLobby
remember second after done.call_name
waiting 2
foyer queue
said {second}
foyer queue done {second}
foyer queue
not-said {second}
said question
audit-log ok
