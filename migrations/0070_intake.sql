-- Imports at the desk: what was read of a file or a feed, and what would become of each row, until somebody
-- decides. Forgotten after a week; what was taken in is in the history of the offers, and its batch.
create table intakes (
    id         uuid primary key,
    account_id uuid not null references accounts,
    made_at    timestamptz not null,
    -- The file's name, or the feed's address.
    name       text not null check (is_line(name, 300)),
    -- Whose services these are: with the id there, the key of what was made of them.
    source     text not null check (is_line(source, 80)),
    -- New ones are published at once; otherwise they wait.
    publish    boolean not null,
    -- Who looks after what names no borough of ours.
    borough    text references boroughs,
    stage      text not null check (stage in ('reading', 'ready', 'importing', 'done', 'failed')),
    -- How far it is, while it is being read.
    done       integer not null default 0,
    of         integer,
    touched_at timestamptz not null,
    -- Why nothing could be read.
    problem    text check (is_line(problem, 500)),
    batch_id   uuid references desk_batches
);
create index on intakes (account_id, made_at);

create table intake_rows (
    intake_id uuid not null references intakes on delete cascade,
    number    integer not null,
    -- "Line 3", "Item 12".
    at        text not null check (is_line(at, 100)),
    subject   text not null check (subject in ('offer', 'provider', 'venue')),
    title     text not null,
    fate      text not null check (fate in ('new', 'incomplete', 'changed', 'unchanged', 'refused')),
    -- Why it is refused, or what it lacks.
    reasons   text[] not null,
    repairs   text[] not null,
    -- What would change, in words.
    changes   jsonb not null,
    -- What is to be kept; nothing for what is refused.
    proposal  jsonb,
    -- What was there when it was looked at.
    offer_id  uuid,
    revision  integer,
    chosen    boolean not null,
    -- What became of it.
    outcome   text check (is_line(outcome, 500)),
    primary key (intake_id, number)
);

-- What an offer said in its source when it was last taken in. What was changed here since then is no news of
-- the source's, and stays.
create table intake_origins (
    offer_id uuid primary key references offers on delete cascade,
    content  jsonb not null,
    at       timestamptz not null
);

-- Others' organisations, and which provider of ours each is.
create table intake_organizations (
    source      text not null check (is_line(source, 80)),
    foreign_id  text not null check (is_line(foreign_id, 200)),
    provider_id uuid not null references providers on delete cascade,
    primary key (source, foreign_id)
);
create index on intake_organizations (provider_id);
