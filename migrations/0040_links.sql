-- Private links: what a letter, or a page once, gives one person so that they may open one thing.
-- Only the hash of the secret is kept, so nobody who reads this table can open anything.
create table links (
    -- SHA-256 of the secret.
    hash       bytea primary key check (length(hash) = 32),
    purpose    text not null check (purpose in ('draft', 'confirm', 'mine', 'invitation')),
    -- What it opens: a submission, an offer or a provider. None for `mine`: all that is this person's.
    subject    uuid,
    email      text not null check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    -- It went out in a letter, so that whoever holds it reads that mailbox.
    mailed     boolean not null,
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    revoked_at timestamptz,
    constraint for_a_while check (expires_at > made_at),
    constraint mine_has_no_subject check ((purpose = 'mine') = (subject is null))
);
create index on links (subject);
create index on links (expires_at);
