-- Looking after a provider together: invitations, and links that open the things of one provider only.
create table invitations (
    id          uuid primary key,
    provider_id uuid not null references providers on delete cascade,
    -- Who is invited, and who invites.
    email       text not null check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    by_email    text not null check (length(by_email) <= 254 and by_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    -- Whoever invites looks after it no more from the moment it is accepted.
    hand_over   boolean not null,
    made_at     timestamptz not null,
    -- Accepted or taken back.
    ended_at    timestamptz
);
create unique index one_invitation_at_a_time on invitations (provider_id, email) where ended_at is null;

-- `mine` without a subject opens all that is this person's; with one, what belongs to that provider.
alter table links drop constraint mine_has_no_subject;
alter table links add constraint only_mine_opens_all check (purpose = 'mine' or subject is not null);

-- A profile has one change in hand at a time, as a live offer has.
create unique index one_profile_at_a_time on submissions (provider_id)
    where kind = 'profile' and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked');
