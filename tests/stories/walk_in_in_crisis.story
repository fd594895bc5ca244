tap welcome.walk_in
tap walk_in.crisis
see screen Help
see Someone is coming to you.
see 988
see Call 911
waiting 1
