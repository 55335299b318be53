-- Venues: where offers happen. One that came from somebody's list keeps that list's name and its own
-- id there, so that the list can be read again without making anything twice.
create table venues (
    id           uuid primary key,
    slug         text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
    name         text not null check (length(name) between 1 and 120),
    kind         text not null check (kind in ('library', 'museum', 'theatre', 'music', 'other')),
    address      text check (length(address) between 1 and 300),
    postcode     text check (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
    lat          double precision check (lat between 49 and 61),
    lon          double precision check (lon between -9 and 2),
    borough      text references boroughs,
    website      text check (website ~ '^https?://[^[:space:]]+$' and length(website) <= 300),
    travel_notes text check (length(travel_notes) between 1 and 500),
    source       text check (length(source) between 1 and 80),
    foreign_id   text check (length(foreign_id) between 1 and 200),
    unique (source, foreign_id),
    constraint point_is_whole check ((lat is null) = (lon is null)),
    constraint source_has_id check ((source is null) = (foreign_id is null))
);
create index on venues (borough);
