tap welcome.check_in
type Castellano
wait 61s
see screen StillThere
tap footer.help
see screen Help
see 988
tap help.back
see screen FindMe
