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
