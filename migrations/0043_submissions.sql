-- Submissions: what somebody says of an offer, from the first word until a coordinator has decided.
create table submissions (
    id                 uuid primary key,
    -- A new offer, a change of one, or a provider's profile.
    kind               text not null check (kind in ('offer', 'change', 'profile')),
    stage              text not null check (stage in (
        'draft', 'unconfirmed', 'waiting', 'changes_asked', 'published', 'refused', 'withdrawn')),
    stage_since        timestamptz not null,
    -- The offer it is about: a new one has none until it waits.
    offer_id           uuid references offers on delete cascade,
    -- The revision that a change was begun from.
    base_revision      integer check (base_revision >= 1),
    -- The provider and the venue: those that are, or the ids they will have once they are new ones.
    provider_id        uuid not null,
    venue_id           uuid not null,
    email              text not null
        check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    email_confirmed_at timestamptz,
    -- Everything as it was typed: field to list of values.
    answers            jsonb not null check (jsonb_typeof(answers) = 'object'),
    -- One more with each save, so that two windows notice each other.
    version            integer not null default 1 check (version >= 1),
    -- Steps that were saved without a mistake.
    steps              text[] not null default '{}' check (is_set(steps)),
    -- How often it was sent to the coordinator.
    sent               integer not null default 0 check (sent >= 0),
    -- What it says, as it was read when it was sent.
    content            jsonb check (jsonb_typeof(content) = 'object'),
    made_at            timestamptz not null,
    changed_at         timestamptz not null,
    constraint change_of_a_revision check ((kind = 'change') = (base_revision is not null)),
    constraint change_of_an_offer check (kind <> 'change' or offer_id is not null),
    constraint profile_has_no_offer check (kind <> 'profile' or offer_id is null),
    constraint seen_only_when_confirmed check (
        stage in ('draft', 'unconfirmed', 'withdrawn') or email_confirmed_at is not null),
    constraint sent_says_something check (stage in ('draft', 'withdrawn') or (sent > 0 and content is not null))
);
create index on submissions (email);
create index on submissions (offer_id);
create index on submissions (stage, stage_since);
-- A live offer has one change in hand at a time.
create unique index one_change_at_a_time on submissions (offer_id)
    where kind = 'change' and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked');

-- What the coordinator and the artist said to each other about it. Only added to.
create table submission_messages (
    submission_id uuid not null references submissions on delete cascade,
    number        integer not null check (number >= 1),
    at            timestamptz not null,
    -- "the Southwark coordinator", "you".
    by            text not null check (is_line(by, 100)),
    from_desk     boolean not null,
    -- The question it is about, if one.
    field         text check (is_line(field, 60)),
    words         text not null check (is_text(words, 2000)),
    primary key (submission_id, number)
);

-- Who may change a provider's profile and all of its offers.
create table provider_owners (
    provider_id uuid not null references providers on delete cascade,
    email       text not null check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    since       timestamptz not null,
    primary key (provider_id, email)
);
create index on provider_owners (email);
