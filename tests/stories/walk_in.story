# Whoever comes without an appointment gets a name to be called by, and the desk hears of them.
tap welcome.walk_in
see I need to see someone today
shot walk-in
tap walk_in.question
see screen InLobby
see You're on the list.
see the Garden lounge
see done.call_name
remember first after done.call_name
shot waiting
waiting 1
tap common.finish
tap welcome.walk_in
tap walk_in.see_someone
see screen InLobby
not-see {first}
not-see before you
waiting 2
wait 31s
see screen Welcome
foyer queue
said {first}
said question
said see-someone
foyer queue done {first}
foyer queue
not-said {first}
foyer-fails queue done {first}
# Nobody was checked in.
check-ins 0
audit-log ok
