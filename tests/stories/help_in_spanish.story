tap footer.language.es
tap footer.help
see 988
see Para español, oprima 2
tap help.ask
see Alguien viene hacia usted.
shot help
tap help.back
see Hola.
