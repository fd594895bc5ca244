# Another clinic's, half a one, one with a letter changed, and whatever a scanner reads.
scan tampered slip maria-1000-2026-11-23
see screen SlipRefused
see We can't read this code.
scan half slip maria-1000-2026-11-23
see We can't read this code.
scan 4006381333931
see We can't read this code.
scan FOYER1:
see We can't read this code.
scan ~!@#$%^&*()_+|<>?:"{}[];',./  FOYER1:FOYER1:FOYER1:
see We can't read this code.
shot unreadable
scan https://example.com/?id=4711
see We can't read this code.
# Signed, by somebody else.
scan FOYER1:AMFBCGA7EYWTIO2CJFIFOXTFNRZXVAMIR6LJ3JFLWK44BR6O2XOOH2XR7D7QMDIUDMRCSMBXHZCUYU22MFUG65T5QSFZFGNAU6XLLPGDZLI5RX7G5X2PWAQJCALR4JJMGM5ECSCPKZOWI23SPGAA
see This code is from another place.
shot foreign
# And the right one still works.
scan slip maria-1000-2026-11-23
see Are you Maria?
check-ins 0
