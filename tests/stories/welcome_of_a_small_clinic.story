# Whose file names no form shows no way to forms.
see Check in
not-see My forms
see I'm here with someone
see Sign out of my program
see I don't have an appointment
