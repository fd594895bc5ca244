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
