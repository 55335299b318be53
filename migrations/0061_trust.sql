-- Providers whose small changes pass at once: said borough by borough, since each coordinator answers for their own.
create table trusted_providers (
    provider_id uuid not null references providers on delete cascade,
    borough     text not null references boroughs,
    account_id  uuid not null references accounts,
    -- "the Southwark coordinator".
    by          text not null check (is_line(by, 100)),
    since       timestamptz not null,
    primary key (provider_id, borough)
);

-- Changes that passed at once, for a later look.
create table passed_changes (
    submission_id uuid primary key references submissions on delete cascade,
    at            timestamptz not null,
    looked_at     timestamptz,
    looked_by     uuid references accounts,
    constraint looked_at_by_somebody check ((looked_at is null) = (looked_by is null))
);
create index on passed_changes (at) where looked_at is null;
