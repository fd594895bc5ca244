tap footer.language.es
tap welcome.classes
scan slip zofia-1300-2026-11-23
tap confirm.yes
tap classes.row.2.act
see screen ClassClash
see Es al mismo tiempo que su visita (1:00).
tap class_clash.anyway
see Lugar pedido, aún sin confirmar
