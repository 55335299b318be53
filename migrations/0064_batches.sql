-- Several changes done as one and undone as one: what each offer and profile was before, so that it can be again.
create table desk_batches (
    id         uuid primary key,
    kind       text not null check (kind in ('bulk', 'merge', 'import', 'feed')),
    -- "Paused 12 offers".
    words      text not null check (is_line(words, 500)),
    -- None where the program itself acted, following a feed.
    account_id uuid references accounts,
    by         text not null check (is_line(by, 100)),
    at         timestamptz not null,
    undone_at  timestamptz,
    undone_by  text check (is_line(undone_by, 100)),
    constraint undone_by_somebody check ((undone_at is null) = (undone_by is null))
);
create index on desk_batches (at);

create table desk_batch_offers (
    batch_id                 uuid not null references desk_batches,
    -- No foreign key: what was added, and undone before anybody saw it, is gone.
    offer_id                 uuid not null,
    title                    text not null check (is_line(title, 100)),
    -- Who looked after it before, or does since.
    boroughs                 text[] not null,
    -- None where the batch added it.
    before                   integer check (before >= 1),
    after                    integer not null check (after >= 1),
    archived_because_before  text check (is_line(archived_because_before, 500)),
    slug_before              text check (is_slug(slug_before)),
    -- It got its key elsewhere then.
    adopted                  boolean not null,
    confirmed_at_before      timestamptz,
    confirmed_by_before      text check (is_line(confirmed_by_before, 100)),
    confirmed_how_before     text check (is_line(confirmed_how_before, 100)),
    confirm_every_before     smallint,
    confirmed_at_after       timestamptz,
    -- It had moved on when the rest was undone.
    stayed                   boolean not null default false,
    primary key (batch_id, offer_id),
    constraint before_is_whole check ((before is null) = (slug_before is null) and (before is null) = (confirm_every_before is null))
);
create index on desk_batch_offers (offer_id);

create table desk_batch_providers (
    batch_id    uuid not null references desk_batches,
    provider_id uuid not null,
    boroughs    text[] not null,
    -- None where the batch added it.
    before      jsonb check (jsonb_typeof(before) = 'object'),
    after       jsonb not null check (jsonb_typeof(after) = 'object'),
    primary key (batch_id, provider_id)
);

-- An offer that turned out to be another one: while it is archived, its addresses lead there.
create table offer_mergers (
    offer_id uuid primary key references offers on delete cascade,
    into_id  uuid not null references offers on delete cascade,
    batch_id uuid not null references desk_batches,
    constraint into_another check (offer_id <> into_id)
);
create index on offer_mergers (into_id);
create index on offer_mergers (batch_id);
