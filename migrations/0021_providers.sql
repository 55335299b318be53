-- Providers: the artists and organisations that run offers.
create table providers (
    id      uuid primary key,
    slug    text not null unique check (is_slug(slug)),
    name    text not null check (is_line(name, 120)),
    summary text check (is_line(summary, 280)),
    -- Markdown.
    about   text check (is_text(about, 5000)),
    website text check (is_web_address(website)),
    -- Where it is at home, if anywhere.
    borough text references boroughs
);
create index on providers (borough);
