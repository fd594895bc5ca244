tap footer.help
crash after CallDesk
tap help.ask
see screen Welcome
waiting 1
tap footer.help
tap help.ask
see Someone is coming to you.
audit-log ok
