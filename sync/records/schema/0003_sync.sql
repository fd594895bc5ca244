-- Exchange with the clinic's server.

-- The alias of the unit that must be acknowledged before this one.
alter table outbox add column after blob check (length(after) = 16);
-- Tries begun, and the time before which there is no other.
alter table outbox add column attempts integer not null default 0;
alter table outbox add column next_at integer not null default 0;
-- Refused by the server: since when, and its words (sealed).
alter table outbox add column parked_at integer;
alter table outbox add column parked_why blob;

-- What this kiosk did and what the server says, side by side. `open`: staff decides.
create table conflict (
    id blob primary key check (length(id) = 16),
    at integer not null,
    open integer not null check (open in (0, 1)),
    visit blob check (length(visit) = 16),
    patient blob check (length(patient) = 16),
    sealed blob not null
) strict, without rowid;

-- Small notes of the exchange to itself: cursors, pages half read, what the server can do.
create table memo (
    id blob primary key check (length(id) = 16),
    sealed blob not null
) strict, without rowid;

-- Which version of a server's resource was last seen, and when.
create table known (
    id blob primary key check (length(id) = 16),
    type text not null,
    read_at integer not null,
    sealed blob not null
) strict, without rowid;
create index known_by_type on known (type, read_at);
