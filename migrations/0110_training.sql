-- Training: a programme of modules, its cohorts, who books a place on one, and what stays when it was held.
create function known_professions() returns text[] immutable
    language sql as $$ select array['artists', 'link_workers', 'health', 'local_authority'] $$;

create table training_programmes (
    id       uuid primary key,
    slug     text not null unique check (is_slug(slug)),
    name     text not null check (is_line(name, 120)),
    for_whom text not null check (is_line(for_whom, 280)),
    -- Markdown.
    about    text not null check (is_text(about, 5000)),
    revision integer not null default 1 check (revision > 0),
    made_at  timestamptz not null
);

create table training_modules (
    id           uuid primary key,
    programme_id uuid not null references training_programmes on delete cascade,
    position     smallint not null check (position between 1 and 12),
    title        text not null check (is_line(title, 120)),
    -- What one can do after it.
    aims         text not null check (is_text(aims, 1000)),
    minutes      smallint not null check (minutes between 15 and 480),
    unique (programme_id, position) deferrable initially deferred,
    unique (programme_id, id)
);

-- Asked before the first session and after the last, answered with 0 to 10.
create table training_questions (
    id           uuid primary key,
    programme_id uuid not null references training_programmes on delete cascade,
    position     smallint not null check (position between 1 and 12),
    words        text not null check (is_line(words, 200)),
    -- What 0 and 10 mean: "not at all", "very well".
    low          text not null check (is_line(low, 60)),
    high         text not null check (is_line(high, 60)),
    unique (programme_id, position) deferrable initially deferred
);

-- One run of a programme.
create table cohorts (
    id                  uuid primary key,
    slug                text not null unique check (is_slug(slug)),
    programme_id        uuid not null references training_programmes,
    title               text not null check (is_line(title, 120)),
    -- Where it meets, as everybody may read it; none where it meets online.
    place               text check (is_line(place, 200)),
    -- The way in, or the address of the meeting: for those who have a place, and nobody else.
    joining             text check (is_text(joining, 2000)),
    about               text check (is_text(about, 2000)),
    capacity            smallint not null check (capacity between 1 and 40),
    -- So many days before the first session, unused places are for all.
    release_days        smallint not null default 7 check (release_days between 0 and 60),
    state               text not null check (state in ('draft', 'open', 'closed', 'held', 'cancelled')),
    state_since         timestamptz not null,
    contact_name        text not null check (is_line(contact_name, 100)),
    contact_email       text not null check (
        length(contact_email) <= 254 and contact_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    -- Why it was called off, as everybody who booked was told.
    cancelled_words     text check (is_text(cancelled_words, 1000)),
    revision            integer not null default 1 check (revision > 0),
    -- Counts what is noted about attendance, apart from changes of the cohort itself.
    attendance_revision integer not null default 1 check (attendance_revision > 0),
    made_at             timestamptz not null,
    unique (id, programme_id)
);
create index on cohorts (programme_id);

create table cohort_boroughs (
    cohort_id uuid not null references cohorts on delete cascade,
    borough   text not null references boroughs,
    primary key (cohort_id, borough)
);
create index on cohort_boroughs (borough);

-- How many places are each professional group's until they are released.
create table cohort_shares (
    cohort_id  uuid not null references cohorts on delete cascade,
    profession text not null check (profession = any (known_professions())),
    places     smallint not null check (places >= 0),
    primary key (cohort_id, profession)
);

create table cohort_sessions (
    id           uuid primary key,
    cohort_id    uuid not null,
    programme_id uuid not null,
    module_id    uuid not null,
    starts_at    timestamptz not null,
    minutes      smallint not null check (minutes between 15 and 480),
    unique (cohort_id, module_id),
    -- A module of the cohort's own programme.
    foreign key (cohort_id, programme_id) references cohorts (id, programme_id) on delete cascade,
    foreign key (programme_id, module_id) references training_modules (programme_id, id)
);
create index on cohort_sessions (starts_at);

create table cohort_facilitators (
    cohort_id uuid not null references cohorts on delete cascade,
    position  smallint not null check (position between 1 and 8),
    name      text not null check (is_line(name, 100)),
    -- What they do: "painter and trainer".
    words     text check (is_line(words, 200)),
    primary key (cohort_id, position)
);

create table cohort_materials (
    cohort_id   uuid not null references cohorts on delete cascade,
    position    smallint not null check (position between 1 and 20),
    title       text not null check (is_line(title, 120)),
    address     text not null check (is_web_address(address)),
    -- Only those with a place are shown it.
    booked_only boolean not null,
    primary key (cohort_id, position)
);

-- Somebody asks for a place. Of an erased one, what no person can be found by stays for the figures.
create table bookings (
    id           uuid primary key,
    cohort_id    uuid not null references cohorts,
    profession   text not null check (profession = any (known_professions())),
    name         text check (is_line(name, 100)),
    email        text check (
        length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)),
    organisation text check (is_line(organisation, 120)),
    role         text check (is_line(role, 120)),
    -- Where they work, if in one of ours.
    borough      text references boroughs,
    -- What they need on the day, in their own words: for the organiser, and erased after the last session.
    access_needs text check (is_text(access_needs, 1000)),
    state        text not null check (state in ('unconfirmed', 'waiting', 'booked', 'cancelled')),
    asked_at     timestamptz not null,
    confirmed_at timestamptz,
    -- The order in which a cohort's bookings were confirmed: who waits longest has the smallest.
    turn         integer check (turn > 0),
    -- When they had a place first.
    booked_at    timestamptz,
    ended_at     timestamptz,
    -- By hand at the desk.
    added_by     uuid references accounts,
    -- Counts each change, so that nobody acts on what has changed meanwhile.
    revision     integer not null default 1 check (revision > 0),
    erased_at    timestamptz,
    constraint one_turn_each unique (cohort_id, turn),
    constraint whole_until_erased check (
        case when erased_at is null then name is not null and email is not null
        else name is null and email is null and organisation is null and role is null and access_needs is null end),
    constraint confirmed_by_a_turn check ((confirmed_at is null) = (turn is null)),
    constraint confirmed_first check (state not in ('waiting', 'booked') or turn is not null),
    constraint booked_at_a_time check (state <> 'booked' or booked_at is not null),
    constraint cancelled_at_a_time check ((state = 'cancelled') = (ended_at is not null))
);
create unique index nobody_twice on bookings (cohort_id, email) where state <> 'cancelled';
create index on bookings (email);
create index on bookings (asked_at) where state = 'unconfirmed';

-- Never more than there is room for, whoever writes: the row of the cohort is locked before counting.
create function cohort_is_not_oversold() returns trigger language plpgsql as $$
declare room smallint;
begin
    select capacity into room from cohorts where id = new.cohort_id for update;
    if (select count(*) from bookings where cohort_id = new.cohort_id and state = 'booked') > room then
        raise exception 'a cohort has no more places than its capacity'
            using errcode = 'check_violation', constraint = 'never_oversold';
    end if;
    return null;
end $$;
create trigger never_oversold after insert or update of state, cohort_id on bookings
    for each row when (new.state = 'booked') execute function cohort_is_not_oversold();

-- At the end of a transaction the shares make up the capacity, and everybody who is booked has room.
create function cohort_adds_up() returns trigger language plpgsql as $$
declare
    id_of uuid := case tg_table_name when 'cohorts' then (to_jsonb(new) ->> 'id')::uuid
                  else coalesce((to_jsonb(new) ->> 'cohort_id')::uuid, (to_jsonb(old) ->> 'cohort_id')::uuid) end;
    room smallint;
begin
    select capacity into room from cohorts where id = id_of;
    if room is null then
        return null;
    end if;
    if room is distinct from (select sum(places) from cohort_shares where cohort_id = id_of) then
        raise exception 'the shares of a cohort make up its capacity'
            using errcode = 'check_violation', constraint = 'shares_make_up_capacity';
    end if;
    if (select count(*) from bookings where cohort_id = id_of and state = 'booked') > room then
        raise exception 'a cohort has no more places than its capacity'
            using errcode = 'check_violation', constraint = 'never_oversold';
    end if;
    return null;
end $$;
create constraint trigger adds_up after insert or update of capacity on cohorts
    deferrable initially deferred for each row execute function cohort_adds_up();
create constraint trigger adds_up after insert or update or delete on cohort_shares
    deferrable initially deferred for each row execute function cohort_adds_up();

-- Who was there: one row for each person and session.
create table attendance (
    booking_id uuid not null references bookings on delete cascade,
    session_id uuid not null references cohort_sessions on delete cascade,
    primary key (booking_id, session_id)
);
create index on attendance (session_id);

-- Whose answers are in, and not what they said; no time, so that nothing can be laid beside it.
create table training_answered (
    booking_id uuid not null references bookings on delete cascade,
    moment     text not null check (moment in ('before', 'after')),
    primary key (booking_id, moment)
);
-- How many gave which answer. No answer has a row of its own, so that none can be tied to anybody.
create table training_answers (
    cohort_id   uuid not null references cohorts,
    question_id uuid not null references training_questions,
    moment      text not null check (moment in ('before', 'after')),
    value       smallint not null check (value between 0 and 10),
    people      integer not null check (people > 0),
    primary key (cohort_id, question_id, moment, value)
);

create table certificates (
    number     text primary key check (number ~ '^[A-Z0-9-]{8,20}$'),
    booking_id uuid not null unique references bookings,
    cohort_id  uuid not null references cohorts,
    -- As it stands on it, until it is erased.
    name       text check (is_line(name, 100)),
    -- A keyed hash of the name: whoever has the certificate can ask whether it is this one.
    name_mark  bytea check (length(name_mark) = 32),
    modules    smallint not null check (modules > 0),
    minutes    integer not null check (minutes > 0),
    made_on    date not null
);

-- Cohorts that were held before this directory was there, or elsewhere.
create table past_cohorts (
    id              uuid primary key,
    title           text not null check (is_line(title, 120)),
    year            smallint not null check (year between 1990 and 2100),
    held_on         date check (extract(year from held_on) = year),
    -- People by professional group; none where nobody knows.
    artists         smallint check (artists between 0 and 1000),
    link_workers    smallint check (link_workers between 0 and 1000),
    health          smallint check (health between 0 and 1000),
    local_authority smallint check (local_authority between 0 and 1000),
    other           smallint check (other between 0 and 1000),
    -- Who says so.
    source          text not null check (is_line(source, 200)),
    revision        integer not null default 1 check (revision > 0),
    made_at         timestamptz not null
);
create table past_cohort_boroughs (
    past_cohort_id uuid not null references past_cohorts on delete cascade,
    borough        text not null references boroughs,
    primary key (past_cohort_id, borough)
);
create index on past_cohort_boroughs (borough);

-- A provider or link worker who took part asks to show it; a coordinator checks.
create table training_shown (
    id          uuid primary key,
    booking_id  uuid not null references bookings,
    cohort_id   uuid not null references cohorts,
    provider_id uuid references providers on delete cascade,
    -- A link worker's id. Their room erases what it holds by itself, so that nothing here refers to it.
    link_worker uuid,
    state       text not null check (state in ('asked', 'checked', 'refused')),
    asked_at    timestamptz not null,
    settled_at  timestamptz,
    settled_by  uuid references accounts,
    constraint of_one check (num_nonnulls(provider_id, link_worker) = 1),
    constraint settled_at_a_time check ((state = 'asked') = (settled_at is null))
);
create unique index on training_shown (cohort_id, provider_id);
create unique index on training_shown (cohort_id, link_worker);

-- Private links to a booking, beside those to a link worker's entry and a story.
alter table links drop constraint links_purpose_check;
alter table links add constraint links_purpose_check check (
    purpose in ('draft', 'confirm', 'mine', 'invitation', 'sign_in', 'link_worker', 'booking', 'story'));
alter table outbox drop constraint outbox_link_purpose_check;
alter table outbox add constraint outbox_link_purpose_check check (
    link_purpose in ('draft', 'confirm', 'mine', 'invitation', 'sign_in', 'link_worker', 'booking', 'story'));

-- What is done with a cohort stands in the desk's log under its title, beside what stands there already.
do $$
begin
    execute 'create or replace view desk_subjects as '
        || rtrim(pg_get_viewdef('desk_subjects'::regclass), ';')
        || ' union all
             select c.id, ''/desk/training/'' || c.id, c.title,
                    array(select borough from cohort_boroughs b where b.cohort_id = c.id)
             from cohorts c
             union all
             select id, ''/desk/training/programmes/'' || id, name, ''{}'' from training_programmes';
end $$;
