-- GP practices and their primary care networks, as `import practices` reads them from the NHS
-- Organisation Data Service. A practice that closes stays, with the day: people still name it.
create table networks (
    code text primary key check (code ~ '^U[0-9]{5}$'),
    name text not null check (length(name) between 1 and 160)
);

-- Whose board a network belongs to, with the date of the file that said so: the newest row is in force.
create table network_boards (
    network text not null references networks on delete cascade,
    board   text not null references care_boards,
    as_of   date not null,
    primary key (network, as_of)
);

create table practices (
    code      text primary key check (code ~ '^[A-Z0-9]{6}$'),
    name      text not null check (length(name) between 1 and 160),
    address   text not null check (length(address) <= 300),
    postcode  text not null check (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
    borough   text not null references boroughs,
    telephone text check (length(telephone) between 1 and 40),
    network   text references networks,
    opened_on date,
    closed_on date check (closed_on >= opened_on)
);
create index on practices (network);
create index on practices (borough);

-- A network is no borough: one in eight straddles two. Its boroughs are those of its open practices.
create view network_boroughs as
    select network, borough, count(*) as practices
    from practices
    where network is not null and closed_on is null
    group by network, borough;
