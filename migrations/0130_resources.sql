-- Resources: frameworks, evidence, toolkits and tools that others publish, said in our own plain words.
create table resources (
    id          uuid primary key,
    -- Its name in our own files, and on the page.
    slug        text not null unique check (is_slug(slug)),
    title       text not null check (is_line(title, 160)),
    kind        text not null check (kind in ('framework', 'evidence', 'toolkit', 'tool', 'portal')),
    audiences   text[] not null check (
        cardinality(audiences) > 0 and is_set(audiences)
        and audiences <@ array['everybody', 'artists', 'link_workers', 'commissioners']),
    -- What it is, and what it is good for.
    about       text not null check (is_text(about, 600)),
    publisher   text check (is_line(publisher, 120)),
    -- When it came out.
    year        smallint check (year between 1900 and 2100),
    address     text not null check (is_web_address(address)),
    revision    integer not null default 1 check (revision > 0),
    archived_at timestamptz
);

-- What was found behind the link when somebody last looked. A row about another address than the resource now
-- has says nothing any more.
create table resource_checks (
    resource_id  uuid primary key references resources on delete cascade,
    address      text not null check (is_web_address(address)),
    at           timestamptz not null,
    by           text not null check (is_line(by, 100)),
    found        text not null check (found in ('there', 'moved', 'kept_out', 'failing')),
    -- Where it went for good.
    moved_to     text check (is_web_address(moved_to)),
    -- Why a program could not look, or what went wrong.
    why          text check (is_line(why, 300)),
    -- On how many different days it was tried in vain since it last worked, from which to which.
    failed_days  smallint check (failed_days > 0),
    failed_since date,
    failed_last  date,
    constraint says_where_it_went check ((found = 'moved') = (moved_to is not null)),
    constraint says_why check ((found in ('kept_out', 'failing')) = (why is not null)),
    constraint counts_the_days check (
        (found = 'failing') = (failed_days is not null)
        and (failed_days is null) = (failed_since is null)
        and (failed_days is null) = (failed_last is null)
        and failed_since <= failed_last)
);

-- The log of the desk leads to them. They belong to no borough. What the view says of everything else stays as
-- it is, whatever has been added to it.
do $$ begin
    execute 'create or replace view desk_subjects as '
        || rtrim(btrim(pg_get_viewdef('desk_subjects'::regclass)), ';')
        || $view$ union all select id, '/desk/resources/' || id, title, '{}'::text[] from resources $view$;
end $$;
