-- Feeds that are followed: fetched once a day, what has changed in them taken in as one, what is gone from them a
-- task for somebody.
create table feeds (
    id         uuid primary key,
    -- Who follows it, and for whose boroughs.
    account_id uuid not null references accounts,
    address    text not null check (is_line(address, 300)),
    source     text not null check (is_line(source, 80)),
    publish    boolean not null,
    borough    text references boroughs,
    made_at    timestamptz not null,
    ended_at   timestamptz,
    next_at    timestamptz not null,
    last_at    timestamptz,
    -- What became of it then, in words; and whether all went well.
    last_words text check (is_line(last_words, 500)),
    last_well  boolean
);
create unique index on feeds (account_id, address) where ended_at is null;
create index on feeds (next_at) where ended_at is null;

alter table intakes add column address text check (is_line(address, 300));
alter table intakes add column feed_id uuid references feeds;

-- The feed that brings it. None once somebody has said that it stays although it is gone from there.
alter table intake_origins add column feed_id uuid references feeds;
create index on intake_origins (feed_id);

-- Something to be done about an offer that nobody has sent.
create table desk_tasks (
    id       uuid primary key,
    kind     text not null check (kind in ('gone', 'new')),
    offer_id uuid not null references offers on delete cascade,
    feed_id  uuid not null references feeds,
    words    text not null check (is_line(words, 500)),
    made_at  timestamptz not null,
    done_at  timestamptz,
    -- Who did it; "back" where the feed has it again.
    done_by  text check (is_line(done_by, 100))
);
create unique index on desk_tasks (offer_id, kind) where done_at is null;
