-- The shape of each borough, for maps, as an import brought it and made it simple: rings of longitude and latitude,
-- the outer ones and the holes alike. A map works without any, then in squares.
create table borough_outlines (
    borough text primary key references boroughs (gss),
    rings jsonb not null check (jsonb_typeof(rings) = 'array' and jsonb_array_length(rings) > 0)
);

-- The site follows an import, as it does for postcodes.
create trigger places_changed after insert or update or delete or truncate on borough_outlines
    for each statement execute function say_that_places_changed();
