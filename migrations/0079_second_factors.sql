-- A second factor for who signs in: time-based codes (RFC 6238), and codes for whoever loses the device.
insert into keys (name, key)
values ('second factors', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

create table second_factors (
    account_id   uuid primary key references accounts on delete cascade,
    -- Enciphered with the key above, so that this table alone gives no codes.
    seed         bytea not null check (length(seed) = 20),
    made_at      timestamptz not null,
    -- From then on it is asked for: a first code was right.
    confirmed_at timestamptz,
    -- The time step of the last code that was taken: none is taken twice.
    last_step    bigint not null default 0
);

create table recovery_codes (
    account_id uuid not null references second_factors on delete cascade,
    -- Hashed with the same key.
    hash       bytea not null check (length(hash) = 32),
    used_at    timestamptz,
    primary key (account_id, hash)
);

-- Begun by a mailed link, and waiting for the second factor: nobody is signed in by it.
alter table sessions add column half boolean not null default false;
