# A waiver comes first. Who would rather not sign does not join; who does is in, and is not asked again.
clinic-lends stretch
tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.later
see Chair stretch
tap classes.row.5.act
see screen FormsOffered
see Before you join
shot 1-waiver
tap forms.not_now
see screen Classes
not-see You are in
tap classes.row.5.act
tap forms.start
fill form choosing 2
finish form
tap form_ended.done
see screen Classes
not-see You are in
tap classes.done

tap welcome.classes
type Walker
key enter
type 01011990
tap key.next
tap confirm.yes
tap classes.later
tap classes.row.5.act
tap forms.start
fill form choosing 1
finish form
tap form_ended.done
see screen Classes
see You are in
tap classes.row.5.act
tap class_leaving.leave
tap classes.row.5.act
see screen Classes
see Asked for, not confirmed yet
audit-log ok
