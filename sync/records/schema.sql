-- The schema after all migrations in schema/, for reading; a test compares the two.
--
-- What names a person, or tells what is done with one, lies in `sealed`. Ids are aliases:
-- keyed hashes of FHIR ids. The columns in clear are a written list
-- (tests/records_columns_test.cpp). Times are milliseconds since 1970 in UTC, days are days
-- since 1970 on the site's calendar.

-- Under which keys all this was made.
create table meta (
    id integer primary key check (id = 1),
    key_id blob not null check (length(key_id) = 8),
    sealed blob not null
) strict;

create table patient (
    id blob primary key check (length(id) = 16),
    who blob check (length(who) = 16),  -- blind index; null: not to be found by name
    sealed blob not null
) strict, without rowid;
create index patient_by_who on patient (who);

-- One patient's part in one Appointment. `slip` is the alias that its paper slip carries and
-- that the program knows it by; `id` stays when the Appointment gains or loses a patient.
-- No foreign key: a visit may be imported before its patient.
create table visit (
    id blob primary key check (length(id) = 16),
    slip blob not null unique check (length(slip) = 16),
    appointment blob not null check (length(appointment) = 16),
    patient blob not null check (length(patient) = 16),
    day integer not null,
    starts_at integer not null,
    sealed blob not null
) strict, without rowid;
create index visit_by_patient on visit (patient, day, starts_at);
create index visit_by_appointment on visit (appointment);
create index visit_by_day on visit (day);

create table check_in (
    visit blob primary key references visit (id) on delete cascade,
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index check_in_by_day on check_in (day);

-- Call names. Those this device gave have a `count` from 0 each day, those that another gave
-- one below 0.
create table call_name (
    day integer not null,
    patient blob not null check (length(patient) = 16),
    count integer not null,
    plant integer not null,
    number integer not null,
    primary key (day, patient),
    unique (day, count)
) strict, without rowid;
create index call_name_by_name on call_name (day, plant, number);

-- Practitioners, places, forms: whole FHIR resources.
create table resource (
    id blob primary key check (length(id) = 16),
    type text not null,
    sealed blob not null
) strict;

-- What the clinic does not know yet, in order. A row goes when it is acknowledged. `unit` is
-- the alias of the unit's UUID: a UUIDv5 in clear would let anybody try out FHIR ids. `after`: the alias of the unit that must be
-- acknowledged before this one; `attempts`: tries begun; before `next_at` there is no other.
create table outbox (
    seq integer primary key autoincrement,
    unit blob not null unique check (length(unit) = 16),
    lane integer not null,
    at integer not null,
    visit blob check (length(visit) = 16),
    patient blob check (length(patient) = 16),
    sealed blob not null
, after blob check (length(after) = 16), attempts integer not null default 0, next_at integer not null default 0) strict;
create index outbox_by_lane on outbox (lane, seq);

-- Who did what, chained: each mac covers the one before it.
create table audit (
    seq integer primary key,
    at integer not null,
    action integer not null,
    subject blob check (length(subject) = 16),
    device integer not null,
    mac blob not null check (length(mac) = 32)
) strict;
create trigger audit_is_not_changed before update on audit
begin
    select raise(abort, 'the audit log is append-only');
end;
create trigger audit_is_not_deleted before delete on audit
begin
    select raise(abort, 'the audit log is append-only');
end;

-- Where the chain ends, so that a cut tail is seen.
create table audit_head (
    id integer primary key check (id = 1),
    seq integer not null,
    mac blob not null check (length(mac) = 32)
) strict;

-- The latest time this device has seen.
create table clock (
    id integer primary key check (id = 1),
    mark integer not null,
    doubted integer not null check (doubted in (0, 1))
) strict;

-- Forms. Which form it is, its answers and how it ended lie in `sealed`; `form` is the alias
-- of the Questionnaire's url.

-- Begun and not over; one a patient, form and site day.
create table form_draft (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    form blob not null check (length(form) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index form_draft_by_patient on form_draft (patient, day);
create index form_draft_by_day on form_draft (day);

-- When a form last ended, and how; no answers.
create table form_done (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    form blob not null check (length(form) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index form_done_by_patient on form_done (patient);

-- Answers that the clinic hears of at once, as they were given. `id` is the alias of the
-- unit that says so.
create table safety_event (
    id blob primary key check (length(id) = 16),
    patient blob not null check (length(patient) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index safety_event_by_day on safety_event (day);

-- Units that the server refused, and its words.
create table parked (
    unit blob primary key references outbox (unit) on delete cascade,
    at integer not null,
    sealed blob not null
) strict, without rowid;

-- What this kiosk did and what the server says, side by side. `open`: staff decides.
create table conflict (
    id blob primary key check (length(id) = 16),
    at integer not null,
    open integer not null check (open in (0, 1)),
    visit blob check (length(visit) = 16),
    patient blob check (length(patient) = 16),
    sealed blob not null
) strict, without rowid;

-- Notes of the exchange to itself: cursors, pages half read, what the server can do.
create table memo (
    id blob primary key check (length(id) = 16),
    sealed blob not null
) strict, without rowid;

-- Which version of a server's resource was last seen, and when. `id` is the alias under
-- which the resource itself is held: patient.id, visit.appointment or resource.id.
create table known (
    id blob primary key check (length(id) = 16),
    type text not null,
    read_at integer not null,
    sealed blob not null
) strict, without rowid;
create index known_by_type on known (type, read_at);

-- Classes.

-- Who wants to be in which session, and how that stands.
create table sign_up (
    unit blob primary key check (length(unit) = 16),
    patient blob not null check (length(patient) = 16),
    session blob not null check (length(session) = 16),
    day integer not null,
    sealed blob not null
) strict, without rowid;
create index sign_up_by_patient on sign_up (patient, day);
create index sign_up_by_day on sign_up (day);

-- Seats that this kiosk may give away without a network; `slot` is the alias under which
-- the Slot is held (resource.id).
create table lease (
    slot blob primary key check (length(slot) = 16),
    session blob not null check (length(session) = 16),
    expires_at integer not null,
    sealed blob not null
) strict, without rowid;
create index lease_by_session on lease (session, expires_at);

create index resource_by_type on resource (type);

-- The site's own network: what its devices tell one another (sync/site).

-- The devices that are to be told, as [lan] of foyer.toml has them. `id` is the alias of
-- the public key; nobody is told while there is none.
create table site_peer (
    id blob primary key check (length(id) = 16),
    role integer not null,
    sealed blob not null
) strict, without rowid;

-- What they are to hear, in order. `at_server`: the server has it, and they were told.
-- `keep_until` is set by the first purge that finds it null.
create table site_outbox (
    seq integer primary key autoincrement,
    unit blob not null unique check (length(unit) = 16),
    lane integer not null,
    visit blob check (length(visit) = 16),
    at_server integer not null default 0 check (at_server in (0, 1)),
    keep_until integer,
    sealed blob not null
) strict;
create index site_outbox_by_lane on site_outbox (lane, seq);

-- Who has heard it; `shown`: a person has it before them.
create table site_heard (
    unit blob not null references site_outbox (unit) on delete cascade,
    peer blob not null references site_peer (id) on delete cascade,
    shown integer not null check (shown in (0, 1)),
    primary key (unit, peer)
) strict, without rowid;

-- What was heard from them, so that it counts once. `applied`: the records say so too.
-- `carried`: 1 while it waits here for the server, 2 once it need not.
create table site_inbox (
    seq integer primary key autoincrement,
    unit blob not null check (length(unit) = 16),
    peer blob not null check (length(peer) = 16),
    lane integer not null,
    applied integer not null check (applied in (0, 1)),
    shown integer not null check (shown in (0, 1)),
    carried integer not null check (carried in (0, 1, 2)),
    keep_until integer,
    sealed blob not null,
    unique (unit, peer)
) strict;

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
