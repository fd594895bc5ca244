config: staff.pin_hash = "$argon2id$v=19$m=65536,t=2,p=1$YgqZVJgPGXQYq4kcI7N1NQ$lTb607lI+hBGPw+NhBAup/r1+zcwtWtQlEHhZZQIW70"
hold header.clinic
type 4711
crash after CheckPin
tap key.next
see screen Welcome
hold header.clinic
see screen StaffPin
type 4711
tap key.next
see screen StaffMenu
audit-log ok
