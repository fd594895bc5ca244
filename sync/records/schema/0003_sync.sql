-- Exchange with the clinic's server.

-- The alias of the unit that must be acknowledged before this one; how many tries were
-- begun; the time before which there is no other.
alter table outbox add column after blob check (length(after) = 16);
alter table outbox add column attempts integer not null default 0;
alter table outbox add column next_at integer not null default 0;

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
