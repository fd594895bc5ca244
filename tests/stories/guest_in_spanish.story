tap footer.language.es
tap welcome.guest
see ¿Viene con alguien?
see Aquí no podemos decir quién es paciente.
tap guest.no_code
see Por favor escriba su propio nombre.
type Diego
key enter
tap key.next
see Por favor escriba el código, o toque «No tengo código».
shot 1-guest
tap guest.no_code
see Gracias.
see Por favor tome asiento en la sala. Alguien irá a verle.
shot 2-thanks
