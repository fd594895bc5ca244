tap welcome.guest
see screen SeeDesk
see They will tell you where to go
waiting 1
