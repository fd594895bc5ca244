# Lukasiewicz has a visit at 1:00, when Gentle yoga begins.
tap welcome.classes
scan slip zofia-1300-2026-11-23
tap confirm.yes
see screen Classes
tap classes.row.2.act
see screen ClassClash
see This is at the same time as your 1:00 visit.
shot 1-clash
tap class_clash.other
see screen Classes
not-see Asked for
tap classes.row.2.act
tap class_clash.anyway
see screen Classes
see Asked for, not confirmed yet
tap classes.done
waiting 1
