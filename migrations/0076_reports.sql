-- Reports: somebody says that an offer is not as its page says, or that it was good. Only coordinators read them.
create table reports (
    -- The same for each time that one page sends the same words: a second press reports nothing twice.
    id          uuid primary key,
    offer_id    uuid not null references offers on delete cascade,
    kind        text not null check (kind in ('times', 'closed', 'full', 'unreachable', 'other', 'good')),
    words       text check (is_text(words, 1000)),
    -- For one answer, and erased with it, or after 90 days.
    email       text check (
        length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)),
    -- Tells reports of this offer by different people apart and says nothing else: hashed with a key, and
    -- erased once it counts no more.
    reporter    bytea check (length(reporter) = 32),
    state       text not null check (state in ('new', 'looked_at', 'done', 'not_a_mistake')),
    state_since timestamptz not null,
    made_at     timestamptz not null,
    -- Who looks at it.
    assigned    uuid references accounts,
    -- What was answered.
    answer      text check (is_text(answer, 2000)),
    -- Counts each act on it, so that nobody acts on what has changed meanwhile.
    version     integer not null default 1 check (version > 0),
    constraint praise_is_no_work check (kind <> 'good' or state = 'done' and assigned is null),
    constraint somebody_looks_at_it check (state <> 'looked_at' or assigned is not null)
);
create index on reports (offer_id, made_at);
create index on reports (made_at) where state in ('new', 'looked_at');

-- How many different people say that an offer has closed, since that moment, in reports that are not settled.
create function said_closed(offer uuid, since timestamptz) returns integer stable language sql as $$
    select count(distinct coalesce(encode(reporter, 'hex'), id::text))::integer from reports
    where offer_id = offer and kind = 'closed' and state in ('new', 'looked_at') and made_at > since
$$;

-- What waits for coordinators: what was sent, and reports. `about` is what a report says.
create view desk_queue as
    select q.id, q.kind, q.title, q.provider, q.since, q.boroughs, c.account_id as claimed_by,
           null::text as about, null::uuid as offer_id
    from desk_submissions q
    left join desk_claims c on c.submission_id = q.id
    where q.stage = 'waiting'
    union all
    select r.id, 'report', o.title, p.name, r.made_at, o.boroughs, r.assigned, r.kind, r.offer_id
    from reports r
    join offers o on o.id = r.offer_id
    join providers p on p.id = o.provider
    where r.state in ('new', 'looked_at');
