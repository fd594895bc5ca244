# An offer before the list of classes; "No, gracias" gives the place on.
tap footer.language.es
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.row.4.act
clinic-answers art offered by 2026-11-23T12:40:00-05:00
see Hay un lugar para usted, hasta:
tap classes.row.4.act
see screen ClassesTold
see Hay un lugar para usted en Terapia de arte
shot 1-oferta
tap class_news.no
see screen Classes
not-see Terapia de arte: el lugar
see Sin lugares
audit-log ok
