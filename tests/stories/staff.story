config: staff.pin_hash = "$argon2id$v=19$m=65536,t=2,p=1$YgqZVJgPGXQYq4kcI7N1NQ$lTb607lI+hBGPw+NhBAup/r1+zcwtWtQlEHhZZQIW70"
hold header.clinic
see screen StaffPin
type 1111
tap key.next
see That PIN is not right.
type 4711
tap key.next
see screen StaffMenu
shot menu
tap staff.pause
see screen Paused
see Please check in at the front desk.
wait 5m
see screen Paused
tap footer.help
tap help.back
hold header.clinic
type 4711
tap key.next
tap staff.clean
see screen Cleaning
not-see footer.help
wait 29s
see screen Cleaning
wait 2s
see screen Welcome
# Nobody finds the door open.
hold header.clinic
wait 2m
see screen Welcome
# Without a PIN nobody comes in by trying many.
hold header.clinic
type 0000
tap key.next
type 1111
tap key.next
type 2222
tap key.next
type 3333
tap key.next
# The right one has to wait now.
type 4711
tap key.next
see That PIN is not right.
wait 20s
type 4711
tap key.next
see screen StaffMenu
