tap welcome.walk_in
crash after TellDesk
tap walk_in.question
see screen Welcome
# The desk's line was written before anybody could hear of it.
waiting 1
check-ins 0
audit-log ok
