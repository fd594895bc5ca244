offline
tap footer.help
see 988
tap help.ask
see Please walk to the front desk
see to your left
see 988
shot unreached
online
tap help.ask_again
see Someone is coming to you.
