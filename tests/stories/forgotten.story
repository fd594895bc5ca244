# After a session nothing of the patient is left in the memory of the kiosk: not what
# was typed, not the name the records hold, not the phone.
import: clinics/forgotten.json
tap welcome.check_in
type Quetzalcoatlus-Vandermeer
not-forgotten Quetzalcoatlus
key enter
type 02281977
tap key.next
see Are you Xiomarabella?
not-forgotten Xiomarabella
tap confirm.yes
tap visits.check_in
tap contact.yes
see screen Done
tap done.print
printed 1
tap common.finish
see screen Welcome
forgotten Quetzalcoatlus
forgotten QUETZALCOATLUS
forgotten quetzalcoatlus
forgotten Vandermeer
forgotten vandermeer
forgotten Xiomarabella
forgotten 5550177
forgotten 555-0177
forgotten 1977-02-28
# Nor of somebody who walks away in the middle.
tap welcome.check_in
type Quetzalcoatlus-Vandermeer
wait 61s
wait 31s
see screen Welcome
forgotten Quetzalcoatlus
forgotten Vandermeer
# Nor by slip.
scan slip forgotten-1
see Are you Xiomarabella?
tap confirm.no
tap common.finish
forgotten Xiomarabella
forgotten Vandermeer
check-ins 1
