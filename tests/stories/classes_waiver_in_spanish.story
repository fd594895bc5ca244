tap footer.language.es
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.later
see Estiramiento en silla
tap classes.row.5.act
see Antes de unirse
tap forms.start
fill form choosing 1
finish form
tap form_ended.done
see screen Classes
see Lugar pedido, aún sin confirmar
audit-log ok
