-- Attendance of groups, program days and classes: what was said, one row an event; none is
-- changed. `id` is the alias of the unit that says it, `visit` that of the visit's row. A
-- row may stand without its visit: program hours are counted back over weeks.
create table attendance (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    visit blob check (length(visit) = 16),  -- null: only a sign-up is known
    day integer not null,  -- of the session's start, on the site's calendar
    sealed blob not null
) strict, without rowid;
create index attendance_by_visit on attendance (visit);
create index attendance_by_day on attendance (day);
create index attendance_by_patient on attendance (patient);
