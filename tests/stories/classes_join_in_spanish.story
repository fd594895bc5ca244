# Without a server nothing is confirmed, and nothing is said to be.
tap footer.language.es
see Clases holísticas
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
see screen Classes
see Yoga suave
see Quedan 4 de 12 lugares
shot 1-clases
tap classes.row.2.act
see screen Classes
see Lugar pedido, aún sin confirmar
tap classes.row.2.act
see screen ClassLeaving
see Yoga suave
tap class_leaving.leave
see screen Classes
see Quedan 4 de 12 lugares
tap classes.done
see screen Welcome
audit-log ok
