# As people type them: without accents, hyphens, apostrophes or capitals.
now: 2026-11-23T10:50:00-05:00
tap welcome.check_in
type nguyen
key enter
type 09021995
tap key.next
see Are you Minh Anh?
tap confirm.no
tap common.finish
tap welcome.check_in
type garcia lopez
key enter
type 12101990
tap key.next
see Are you Lucía?
tap confirm.no
tap common.finish
tap welcome.check_in
type GARCÍA-LÓPEZ
key enter
type 12101990
tap key.next
see Are you Lucía?
tap confirm.no
tap common.finish
tap welcome.check_in
type Haddad
key enter
type 05141999
tap key.next
see Are you ليلى?
shot arabic
tap confirm.no
tap common.finish
tap welcome.check_in
type dvorakova
key enter
type 07071997
tap key.next
see Are you Ivana?
tap confirm.no
tap common.finish
# A single name, and letters that are no accents.
tap welcome.check_in
type Wulandari
key enter
type 08211992
tap key.next
see screen SeeDesk
tap common.finish
clock 2026-11-23T12:30:00-05:00
tap welcome.check_in
type lukasiewicz
key enter
type 07301964
tap key.next
see Are you Zofia?
check-ins 0
