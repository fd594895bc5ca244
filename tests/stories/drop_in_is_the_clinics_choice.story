config: policy.drop_in = false
tap welcome.walk_in
see screen WalkIn
not-see walk_in.drop_in
