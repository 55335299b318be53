-- How often somebody may do a thing: one row for each doer, thing and window of time. Doers are kept as
-- hashes, so that no address of a person or machine stands here.
create table limits (
    doer   bytea not null check (length(doer) = 32),
    thing  text not null check (is_line(thing, 40)),
    since  timestamptz not null,
    times  integer not null check (times > 0),
    primary key (doer, thing, since)
);
create index on limits (since);
