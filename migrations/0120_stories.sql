-- Stories: what somebody tells of an offer or of a place, shown only as long as those agree whom it is about.
--
-- From the mailed link to the end of the consent one row. Whoever withdraws a story leaves nothing of it but its
-- number, its boroughs and the day.
create table stories (
    -- The same for each time that one page asks for the same link: a second press begins nothing twice.
    id             uuid primary key,
    state          text not null check (state in (
        'draft', 'waiting', 'changes_asked', 'published', 'refused', 'withdrawn')),
    state_since    timestamptz not null,
    made_at        timestamptz not null,
    -- When its teller saved it last.
    changed_at     timestamptz not null,
    -- Counts each act on it, so that nobody acts on what has changed meanwhile.
    version        integer not null default 1 check (version >= 1),
    -- Of whoever tells it; none where a coordinator wrote it down.
    email          text check (
        length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)),
    -- Everything as it was typed: field to list of values.
    answers        jsonb check (jsonb_typeof(answers) = 'object'),

    -- What it says, as it was read when it was sent.
    kind           text check (kind in ('case-study', 'testimonial')),
    teller         text check (teller in ('took-part', 'artist', 'link-worker', 'gp', 'carer', 'family')),
    title          text check (is_line(title, 100)),
    words          text check (is_text(words, 10000)),
    -- The name that is shown: a changed one, unless they agree to their own.
    name           text check (is_line(name, 60)),
    needs          text[] not null default '{}' check (is_set(needs) and cardinality(needs) <= 5),
    -- Those whose coordinators look after it.
    boroughs       text[] not null default '{}' check (is_set(boroughs)),

    -- Who agreed, when, where that is kept, and to what: this website always, and what is ticked besides.
    consent_by     text check (consent_by in ('teller', 'person', 'decider')),
    consent_on     date,
    consent_kept   text check (is_line(consent_kept, 200)),
    for_print      boolean,
    for_press      boolean,
    real_name      boolean,
    -- The first day on which it is shown no more, unless they agree again.
    consent_ends   date,
    -- When the teller was asked whether they still agree.
    asked_again_at timestamptz,

    slug           text unique check (is_slug(slug)),
    published_on   date,

    constraint somebody_to_ask check (state <> 'changes_asked' or email is not null),
    constraint sent_says_something check (
        state in ('draft', 'withdrawn')
        or (answers is not null and kind is not null and teller is not null and title is not null and words is not null
            and cardinality(needs) > 0 and cardinality(boroughs) > 0)),
    constraint sent_with_consent check (
        state in ('draft', 'withdrawn')
        or (consent_by is not null and consent_on is not null and consent_kept is not null and for_print is not null
            and for_press is not null and real_name is not null and consent_ends > consent_on)),
    constraint published_has_a_name check (state <> 'published' or (slug is not null and published_on is not null)),
    constraint withdrawn_says_nothing check (
        state <> 'withdrawn'
        or (email is null and answers is null and kind is null and teller is null and title is null and words is null
            and name is null and needs = '{}' and slug is null and published_on is null
            and consent_by is null and consent_on is null and consent_kept is null and for_print is null
            and for_press is null and real_name is null and consent_ends is null))
);
create index on stories (published_on desc, id desc) where state = 'published';
create index on stories (state, state_since);
create index on stories (email);

-- The offers it tells of.
create table story_offers (
    story_id uuid not null references stories on delete cascade,
    offer_id uuid not null references offers on delete cascade,
    -- In which order they were named.
    place    smallint not null check (place >= 1),
    primary key (story_id, offer_id)
);
create index on story_offers (offer_id);

-- What coordinators wrote to the teller.
create table story_messages (
    story_id uuid not null references stories on delete cascade,
    number   integer not null check (number >= 1),
    at       timestamptz not null,
    -- "the Southwark coordinator".
    by       text not null check (is_line(by, 100)),
    words    text not null check (is_text(words, 2000)),
    primary key (story_id, number)
);

-- Acts at the desk may be about stories. Laid over what acts may be about so far, whatever that is by now.
do $$
begin
    execute 'create or replace view desk_subjects as '
        || rtrim(pg_get_viewdef('desk_subjects'::regclass), E'; \n')
        || ' union all
             select id, ''/desk/stories/'' || id, coalesce(title, ''a story that was withdrawn''), boroughs
             from stories where state <> ''draft''';
end $$;
