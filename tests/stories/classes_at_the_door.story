# Open studio begins at 10:05 and its sign-in is open: who is there may go in.
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see Open studio
see Join now
tap classes.row.1.act
tap class_clash.anyway
see screen Classes
see Asked for, not confirmed yet
clinic-answers open-studio confirmed
see You are in
see I'm here
tap classes.row.1.act
see You are signed in
audit-log ok
