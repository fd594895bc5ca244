# Somebody walks away from the question.
tap welcome.walk_in
tap walk_in.drop_in
wait 61s
see screen StillThere
tap still.stay
see screen DropInTopic
wait 61s
wait 31s
see screen Welcome
waiting 0
