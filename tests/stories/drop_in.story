# Case management is a queue; what it is about need not be said.
tap welcome.walk_in
see Practical help
shot 1-needs
tap walk_in.drop_in
see screen DropInTopic
see You do not have to say.
shot 2-topic
tap drop_in.not_said
see You're in line.
see You are next.
remember first after done.call_name
tap common.finish
# Who needs something else is not in this line.
tap welcome.walk_in
tap walk_in.question
not-see before you
tap common.finish
tap welcome.walk_in
tap walk_in.drop_in
tap drop_in.housing
see 1 person is before you.
tap lobby.print
see Your paper is in the tray below.
printed 1
tap common.finish
tap welcome.walk_in
tap walk_in.drop_in
tap common.back
see screen WalkIn
tap walk_in.drop_in
tap drop_in.papers
see 2 people are before you.
shot 3-line
tap common.finish
# Staff see it, and are done with the first.
foyer queue
said case-management
said housing
foyer queue done {first}
tap welcome.walk_in
tap walk_in.drop_in
tap drop_in.other
see 2 people are before you.
waiting 5
