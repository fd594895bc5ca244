# What was typed stays when the language changes.
tap welcome.check_in
type Castellano
key enter
type 0417
tap footer.language.es
see Vamos a buscarle.
tap identify.year
type 1988
tap key.next
see ¿Es usted Maria?
tap footer.language.en
see Are you Maria?
tap confirm.yes
tap footer.language.es
see Este es su día.
see visits.row.1 is on
