-- How often an offer was opened, and its contact used, day by day: numbers only, nobody's name or address.
create table offer_openings (
    offer_id uuid not null references offers on delete cascade,
    day      date not null,
    opened   integer not null default 0 check (opened >= 0),
    contact  integer not null default 0 check (contact >= 0),
    primary key (offer_id, day)
);
