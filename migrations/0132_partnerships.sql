-- Arts and health networks and partnerships: who meets where, for what, and how to join.
create table partnerships (
    id           uuid primary key,
    slug         text not null unique check (is_slug(slug)),
    name         text not null check (is_line(name, 120)),
    -- 'forum' is of voluntary organisations, 'lead' is whoever leads creative health at an integrated care board.
    kind         text not null check (kind in ('network', 'partnership', 'forum', 'lead', 'other')),
    level        text not null check (level in ('borough', 'region', 'nation')),
    -- GSS codes of those it covers; a region without any covers all of it.
    boroughs     text[] not null default '{}' check (is_set(boroughs)),
    -- Where that is, in words.
    area         text check (is_line(area, 200)),
    -- What they do: Markdown.
    about        text not null check (is_text(about, 2000)),
    meetings     text check (is_text(meetings, 500)),
    joining      text check (is_text(joining, 500)),
    contact_name text check (is_line(contact_name, 100)),
    contact_role text check (is_line(contact_role, 100)),
    phone        text check (is_line(phone, 40)),
    email        text check (is_line(email, 254)),
    web          text check (is_web_address(web)),
    revision     integer not null default 1 check (revision > 0),
    archived_at  timestamptz,
    constraint level_fits_boroughs check (
        case level when 'borough' then cardinality(boroughs) > 0 when 'nation' then cardinality(boroughs) = 0 else true end),
    constraint can_be_reached check (num_nonnulls(phone, email, web) > 0)
);

-- Whom anybody may ask about a borough: a team, no person.
create table borough_teams (
    borough  text primary key references boroughs on delete cascade,
    name     text not null check (is_line(name, 120)),
    phone    text check (is_line(phone, 40)),
    email    text check (is_line(email, 254)),
    web      text check (is_web_address(web)),
    -- When and for what.
    note     text check (is_line(note, 300)),
    revision integer not null default 1 check (revision > 0),
    constraint can_be_reached check (num_nonnulls(phone, email, web) > 0)
);

-- The log of the desk leads to partnerships. One for a region or the nation belongs to no borough's coordinators.
do $$ begin
    execute 'create or replace view desk_subjects as '
        || rtrim(btrim(pg_get_viewdef('desk_subjects'::regclass)), ';')
        || $view$ union all select id, '/desk/partnerships/' || id, name,
                  case level when 'borough' then boroughs else '{}' end from partnerships $view$;
end $$;
