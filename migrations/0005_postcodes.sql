-- Postcodes as `import postcodes` reads them from Code-Point Open, whole areas at a time. A file covers
-- more than our boroughs, so that the district and ward codes need not be known here.
create table postcodes (
    postcode text primary key check (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
    lat      double precision not null check (lat between 49 and 61),
    lon      double precision not null check (lon between -9 and 2),
    -- GSS code of the local authority; some rows of the official file have none.
    district text check (district ~ '^[A-Z][0-9]{8}$'),
    ward     text check (ward ~ '^[A-Z][0-9]{8}$')
);

-- Where an import lays the rows of a file down before it compares them with the above. Empty otherwise.
create unlogged table postcodes_arriving (
    postcode text not null,
    lat      double precision not null,
    lon      double precision not null,
    district text,
    ward     text
);

create function say_that_places_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('places', '');
    return null;
end $$;

create trigger places_changed after insert or update or delete or truncate on postcodes
    for each statement execute function say_that_places_changed();
