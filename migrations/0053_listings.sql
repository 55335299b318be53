-- Every offer as the desk lists it: what its table shows and is searched and sorted by, small enough that a
-- hundred thousand are looked through at once. Kept by triggers, so that it cannot differ from the offers.
create table desk_listings (
    offer_id     uuid primary key references offers on delete cascade,
    -- As the alphabet has it, whatever the capitals.
    title        text not null collate "C",
    words        tsvector not null,
    state        text not null,
    boroughs     text[] not null,
    -- When its newest revision was written.
    changed_at   timestamptz not null,
    -- The beginning of time where nobody has ever said so.
    confirmed_at timestamptz not null,
    completeness smallint not null
);

create function desk_list(offer uuid) returns void language sql as $$
    insert into desk_listings
    select o.id, lower(o.title), to_tsvector('simple', o.title || ' ' || p.name), o.state, o.boroughs, r.at,
           coalesce(o.confirmed_at, '-infinity'), o.completeness
    from offers o
    join providers p on p.id = o.provider
    join offer_revisions r on r.offer_id = o.id and r.number = o.revision
    where o.id = offer
    on conflict (offer_id) do update set
        title = excluded.title, words = excluded.words, state = excluded.state, boroughs = excluded.boroughs,
        changed_at = excluded.changed_at, confirmed_at = excluded.confirmed_at,
        completeness = excluded.completeness
$$;

-- A revision is written after what it says, and a confirmation without one.
create function desk_list_revision() returns trigger language plpgsql as $$
begin
    perform desk_list(new.offer_id);
    return null;
end $$;
create trigger listed after insert on offer_revisions for each row execute function desk_list_revision();

create function desk_list_confirmed() returns trigger language plpgsql as $$
begin
    perform desk_list(new.id);
    return null;
end $$;
create trigger listed after update of confirmed_at, completeness on offers
    for each row when (old.revision = new.revision) execute function desk_list_confirmed();

create function desk_list_provider() returns trigger language plpgsql as $$
begin
    perform desk_list(id) from offers where provider = new.id;
    return null;
end $$;
create trigger listed after update of name on providers
    for each row when (old.name <> new.name) execute function desk_list_provider();

select desk_list(id) from offers;

create index on desk_listings (title, offer_id);
create index on desk_listings (changed_at desc, offer_id);
create index on desk_listings (confirmed_at, offer_id);
create index on desk_listings (completeness, offer_id);
create index on desk_listings using gin (words);
create index on desk_listings using gin (boroughs);
