config: server.base = "http://127.0.0.1:9/fhir"
internet down
sync
tap footer.language.es
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see No hay conexión.
tap classes.row.2.act
see Lugar pedido, aún sin confirmar
tap classes.done
