-- The history of an offer from its first day: one line for each change of what it says or of its state,
-- with all that it said then. Lines are added, never changed; only a draft that nobody has seen can go,
-- and its lines with it.
create table offer_revisions (
    offer_id uuid not null references offers on delete cascade,
    number   integer not null check (number >= 1),
    at       timestamptz not null,
    -- "import", "the provider", "the Southwark coordinator".
    by       text not null check (is_line(by, 100)),
    why      text check (is_line(why, 500)),
    state    text not null check (state in ('draft', 'submitted', 'published', 'paused', 'archived')),
    content  jsonb not null check (jsonb_typeof(content) = 'object'),
    primary key (offer_id, number),
    unique (offer_id, number, state)
);

-- An offer's revision and state are those of its newest line.
alter table offers add constraint revision_is_in_history
    foreign key (id, revision, state) references offer_revisions (offer_id, number, state)
    deferrable initially deferred;

create function offer_revision_follows() returns trigger language plpgsql as $$
begin
    if new.number > 1 and not exists (
        select from offer_revisions where offer_id = new.offer_id and number = new.number - 1
    ) then
        raise exception 'revision % does not follow the last one', new.number
            using errcode = 'check_violation', constraint = 'revisions_without_gap';
    end if;
    return new;
end $$;
create trigger follows before insert on offer_revisions
    for each row execute function offer_revision_follows();

create function offer_revision_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and not exists (select from offers where id = old.offer_id) then
        return old;
    end if;
    raise exception 'the history of an offer is only added to'
        using errcode = 'check_violation', constraint = 'history_is_append_only';
end $$;
create trigger stays before update or delete on offer_revisions
    for each row execute function offer_revision_stays();
create trigger stays_whole before truncate on offer_revisions
    for each statement execute function offer_revision_stays();

-- Old names in addresses, which lead to the offer as it is called now.
create table offer_slugs (
    slug     text primary key check (is_slug(slug)),
    offer_id uuid not null references offers on delete cascade
);
create index on offer_slugs (offer_id);
