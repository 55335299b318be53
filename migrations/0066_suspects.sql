-- Pairs of live offers that may be one and the same, found in the background; the first id is the smaller one.
create table desk_suspects (
    one     uuid not null references offers on delete cascade,
    other   uuid not null references offers on delete cascade,
    -- 0 to 1.
    score   real not null check (score between 0 and 1),
    -- "Same title", "Both Tuesday 10am".
    reasons text[] not null,
    primary key (one, other),
    check (one < other)
);
create index on desk_suspects (other);

-- The newest change of an offer that was looked at: until there is a newer one, nobody need look again.
create table desk_suspects_looked (
    one_row    boolean primary key default true check (one_row),
    changed_in bigint not null,
    offers     bigint not null
);

-- A coordinator has looked at both and says that they are two.
create table desk_told_apart (
    one        uuid not null references offers on delete cascade,
    other      uuid not null references offers on delete cascade,
    at         timestamptz not null,
    account_id uuid references accounts,
    primary key (one, other),
    check (one < other)
);

-- An offer that is brought back from the archive is itself again.
create function offer_parts_from_merger() returns trigger language plpgsql as $$
begin
    delete from offer_mergers where offer_id = new.id;
    return null;
end $$;
create trigger itself_again after update of state on offers
    for each row when (old.state = 'archived' and new.state <> 'archived') execute function offer_parts_from_merger();
