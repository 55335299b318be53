-- Venues: where offers happen. One that came from somebody's list keeps that list's name and its own
-- id there, so that the list can be read again without making anything twice.
create table venues (
    id         uuid primary key,
    slug       text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    name       text not null check (length(name) between 1 and 120),
    kind       text not null check (kind in (
        'library', 'museum', 'theatre', 'music', 'community', 'studio', 'workshop', 'garden', 'other')),
    -- Street and town, without the postcode.
    address    text not null check (length(address) between 1 and 200),
    postcode   text check (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
    lat        double precision not null check (lat between 49 and 61),
    lon        double precision not null check (lon between -9 and 2),
    borough    text not null references boroughs,
    website    text check (website ~ '^https?://[^[:space:]]+$' and length(website) <= 300),
    source     text check (length(source) between 1 and 80),
    foreign_id text check (length(foreign_id) between 1 and 200),
    unique (source, foreign_id),
    constraint source_has_id check ((source is null) = (foreign_id is null))
);
create index on venues (borough);
