-- What an offer has several of. A row's position is its place in the list, from 1.
create table offer_schedules (
    offer_id       uuid not null references offers on delete cascade,
    position       smallint not null check (position between 1 and 20),
    rule           text not null check (rule in ('weekly', 'every-n-weeks', 'monthly', 'course', 'dates')),
    -- Days of the week: mon to sun.
    days           text[] not null
        check (is_set(days) and days <@ array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
    weeks          smallint check (weeks between 2 and 12),
    nth            text check (nth in ('first', 'second', 'third', 'fourth', 'last')),
    sessions       smallint check (sessions between 2 and 52),
    dates          date[] not null check (array_position(dates, null) is null and cardinality(dates) <= 60),
    -- Civil time of Europe/London.
    starts         time not null,
    ends           time not null,
    from_on        date,
    until_on       date,
    term_time_only boolean not null,
    -- Also held on England's bank holidays.
    bank_holidays  boolean not null,
    skipped        date[] not null check (array_position(skipped, null) is null and cardinality(skipped) <= 60),
    extra          date[] not null check (array_position(extra, null) is null and cardinality(extra) <= 60),
    primary key (offer_id, position),
    constraint ends_after_start check (starts < ends),
    constraint until_after_from check (from_on <= until_on),
    constraint skipped_or_extra check (not skipped && extra),
    constraint rule_has_its_parts check (
        (rule in ('weekly', 'every-n-weeks', 'monthly')) = (days <> '{}')
        and (rule <> 'monthly' or cardinality(days) = 1)
        and (rule = 'every-n-weeks') = (weeks is not null)
        and (rule = 'monthly') = (nth is not null)
        and (rule = 'course') = (sessions is not null)
        and (rule = 'dates') = (dates <> '{}')),
    constraint counted_from_somewhere check (rule not in ('every-n-weeks', 'course') or from_on is not null)
);

create table offer_notices (
    offer_id uuid not null references offers on delete cascade,
    position smallint not null check (position between 1 and 10),
    text     text not null check (is_line(text, 200)),
    -- Shown until then.
    until_on date not null,
    primary key (offer_id, position)
);

create table offer_access_notes (
    offer_id uuid not null references offers on delete cascade,
    feature  text not null check (feature = any(known_access())),
    note     text not null check (is_line(note, 200)),
    primary key (offer_id, feature)
);

create table offer_prices (
    offer_id uuid not null references offers on delete cascade,
    position smallint not null check (position between 1 and 10),
    label    text not null check (is_line(label, 80)),
    pence    integer not null check (pence between 0 and 1000000),
    per      text not null check (per in ('session', 'course', 'month', 'year')),
    primary key (offer_id, position)
);

create table offer_contacts (
    offer_id uuid not null references offers on delete cascade,
    position smallint not null check (position between 1 and 5),
    name     text check (is_line(name, 100)),
    role     text check (is_line(role, 100)),
    phone    text check (length(phone) <= 30 and phone ~ '^\+?[0-9 ()-]+$'),
    email    text check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    web      text check (is_web_address(web)),
    reader   text not null check (reader in ('everyone', 'professionals')),
    primary key (offer_id, position),
    constraint one_way_at_least check (num_nonnulls(phone, email, web) > 0)
);

-- At most five, each with words for who cannot see it and the name of who made it.
create table offer_images (
    offer_id   uuid not null references offers on delete cascade,
    position   smallint not null check (position between 1 and 5),
    alt        text not null check (is_line(alt, 300)),
    credit     text not null check (is_line(credit, 200)),
    media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'image/avif')),
    bytes      bytea not null check (length(bytes) between 1 and 5000000),
    primary key (offer_id, position)
);
