# Without a network, and without paper.
offline
unplug printer
tap welcome.walk_in
tap walk_in.drop_in
tap drop_in.papers
see You are next.
see If nobody calls you, please tell the front desk.
tap lobby.print
see No paper came out.
shot not-printed
see screen InLobby
plug printer
tap lobby.print
see Your paper is in the tray below.
waiting 1
# The next in line scans, and the one before is gone from the screen.
scan slip maria-1000-2026-11-23
see screen ConfirmIdentity
