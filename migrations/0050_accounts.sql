-- Accounts: who signs in at the desk, and for which boroughs they decide or only read.
create table accounts (
    id            uuid primary key,
    -- Kept in small letters: mail programs do not tell capitals from small ones, and people neither.
    email         text not null unique
        check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and email = lower(email)),
    name          text not null check (is_line(name, 100)),
    administrator boolean not null,
    made_at       timestamptz not null,
    ended_at      timestamptz
);

create table account_boroughs (
    account_id uuid not null references accounts on delete cascade,
    borough    text not null references boroughs,
    -- Else they only read.
    decides    boolean not null,
    primary key (account_id, borough)
);

-- Somebody asked for a link to sign in. Of an address that nobody signs in with, no account.
create table sign_ins (
    id         uuid primary key,
    account_id uuid references accounts on delete cascade,
    -- SHA-256 of what the browser that asked was given: the link is good in no other. None where a console asked.
    browser    bytea check (length(browser) = 32),
    -- Where they wanted to go.
    leads_to   text not null check (leads_to ~ '^/desk[/?a-z0-9=&-]*$' and length(leads_to) <= 300),
    made_at    timestamptz not null
);
create index on sign_ins (made_at);

create table sessions (
    id         uuid primary key,
    -- SHA-256 of the cookie.
    hash       bytea not null unique check (length(hash) = 32),
    account_id uuid not null references accounts on delete cascade,
    -- "Firefox on Linux", as the browser says.
    device     text not null check (is_line(device, 100)),
    made_at    timestamptz not null,
    seen_at    timestamptz not null,
    ended_at   timestamptz
);
create index on sessions (account_id);

alter table links drop constraint links_purpose_check;
alter table links add constraint links_purpose_check
    check (purpose in ('draft', 'confirm', 'mine', 'invitation', 'sign_in'));

alter table outbox drop constraint outbox_link_purpose_check;
alter table outbox add constraint outbox_link_purpose_check
    check (link_purpose in ('draft', 'confirm', 'mine', 'invitation', 'sign_in'));

-- Every act at the desk. Only added to, also by us.
create table desk_acts (
    number     bigint generated always as identity primary key,
    at         timestamptz not null,
    -- None where a console acted. Accounts end but are never deleted, so that this stays true.
    account_id uuid references accounts,
    by         text not null check (is_line(by, 100)),
    -- "published", "signed in".
    act        text not null check (act ~ '^[a-z_]+$'),
    subject    uuid,
    words      text check (is_line(words, 500))
);
create index on desk_acts (subject);

create function desk_act_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the log of the desk is only added to'
        using errcode = 'check_violation', constraint = 'desk_log_is_append_only';
end $$;
create trigger stays before update or delete on desk_acts for each row execute function desk_act_stays();
create trigger stays_whole before truncate on desk_acts for each statement execute function desk_act_stays();
