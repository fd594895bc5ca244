tap welcome.walk_in
see I need to see someone today
shot walk-in
tap walk_in.question
see screen SeeDesk
see You can come without an appointment.
waiting 1
tap common.finish
tap welcome.walk_in
tap walk_in.see_someone
see screen SeeDesk
waiting 2
