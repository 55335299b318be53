-- Link workers: listed by their own agreement, and gone at once when they take it back. Everything about a person
-- hangs on the one row here, so that deleting that row leaves nothing: there is no history of it on purpose.
create table link_workers (
    id          uuid primary key,
    -- Where letters go, and by which somebody is known again. No page shows it.
    email       text not null unique
        check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)),
    -- begun: only an address, nothing said yet. proposed: others, or they themselves, wrote something, nobody has
    -- agreed. agreed: they did, a coordinator has not looked. listed: everybody may see it. off: not any more.
    state       text not null check (state in ('begun', 'proposed', 'agreed', 'listed', 'off')),
    version     integer not null default 1 check (version > 0),
    -- What was agreed, or is proposed; and what they have written since and not agreed yet.
    said        jsonb check (jsonb_typeof(said) = 'object'),
    draft       jsonb check (jsonb_typeof(draft) = 'object'),
    -- Whose coordinators look after it.
    boroughs    text[] not null default '{}',
    -- Who wrote it first, as they read it: "the Southwark coordinator". None where they did themselves.
    proposed_by text check (is_line(proposed_by, 100)),
    made_at     timestamptz not null,
    -- When they last said yes, and how often they were asked again in the year since.
    agreed_at   timestamptz,
    reminders   smallint not null default 0 check (reminders >= 0),
    checked_at  timestamptz,
    off_at      timestamptz,
    off_why     text check (off_why in ('year', 'desk')),
    -- The last time that somebody at the desk had them asked.
    asked_at    timestamptz,
    constraint says_something check ((state = 'begun') = (said is null)),
    constraint agreed_first check (state in ('begun', 'proposed') or agreed_at is not null),
    constraint listed_is_checked check (state <> 'listed' or checked_at is not null),
    constraint off_says_why check ((state = 'off') = (off_at is not null) and (state = 'off') = (off_why is not null))
);
create index on link_workers using gin (boroughs);
create index on link_workers (agreed_at) where state = 'listed';

create table link_worker_networks (
    link_worker_id uuid not null references link_workers on delete cascade,
    network        text not null references networks,
    primary key (link_worker_id, network)
);
create index on link_worker_networks (network);

create table link_worker_practices (
    link_worker_id uuid not null references link_workers on delete cascade,
    practice       text not null references practices,
    primary key (link_worker_id, practice)
);
create index on link_worker_practices (practice);

-- What visitors' pages read.
create view listed_link_workers as
    select id, said, boroughs from link_workers where state = 'listed';

-- A professional asked how to reach one. It ends two days later; who asked stands in the link alone.
create table link_worker_askings (
    id             uuid primary key,
    link_worker_id uuid not null references link_workers on delete cascade,
    made_at        timestamptz not null
);
create index on link_worker_askings (link_worker_id);

-- Who withdrew, or did not answer, is not proposed again by the next list: a keyed hash of the address, no more.
create table link_worker_refusals (
    mark bytea primary key check (length(mark) = 32),
    at   timestamptz not null
);
insert into keys (name, key)
values ('link_workers', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- Acts at the desk name a link worker by id alone. What they are called is read here, and nothing after withdrawal.
do $$
begin
    execute 'create or replace view desk_subjects as '
        || rtrim(trim(pg_get_viewdef('desk_subjects'::regclass)), ';')
        || ' union all select id, ''/desk/link-workers/'' || id, said ->> ''name'', boroughs from link_workers';
end $$;
