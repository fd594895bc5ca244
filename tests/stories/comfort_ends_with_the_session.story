tap footer.easier
tap easier.largest
tap easier.contrast
see easier.largest is on
see easier.contrast is on
shot 1-easier
tap easier.done
shot 2-welcome
tap welcome.check_in
type Castellano
key enter
type 04171988
tap key.next
tap confirm.yes
see Visit with Amara
shot 3-visits
tap footer.easier
see easier.largest is on
tap easier.done
tap common.back
see screen Welcome
tap footer.easier
see easier.normal is on
see easier.largest is off
see easier.contrast is off
