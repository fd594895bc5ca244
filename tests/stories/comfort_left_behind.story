# Somebody's large letters do not greet the next patient.
tap footer.easier
tap easier.largest
tap easier.done
see screen Welcome
wait 61s
tap footer.easier
see easier.normal is on
