tap footer.help
see screen Help
see 988
see Call 911
shot 1-help
tap help.ask
see Someone is coming to you.
shot 2-coming
tap help.back
see screen Welcome
waiting 1
# From the middle of something, and back to it.
tap welcome.check_in
type Castellano
tap footer.help
see 988
tap help.back
see screen FindMe
key enter
type 04171988
tap key.next
see Are you Maria?
