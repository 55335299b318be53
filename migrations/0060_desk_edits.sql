-- What is written at the desk in the artists' own form: a change of a listing, an offer of the borough's own, and
-- what a coordinator makes of something that waits. Nobody is mailed, and nothing is sent: it is published, or
-- thrown away.
alter table submissions
    alter column email drop not null,
    -- Who writes it at the desk.
    add column account_id uuid references accounts,
    -- What waits, where this is what the coordinators make of it. That itself stays as it was sent.
    add column edits uuid references submissions on delete cascade,
    add constraint somebody_writes check ((email is null) = (account_id is not null)),
    add constraint edited_at_the_desk check (edits is null or account_id is not null),
    add constraint the_desk_sends_nothing check (
        account_id is null or stage in ('draft', 'published', 'withdrawn')),
    drop constraint seen_only_when_confirmed,
    add constraint seen_only_when_confirmed check (
        stage in ('draft', 'unconfirmed', 'withdrawn') or email_confirmed_at is not null or account_id is not null),
    drop constraint sent_says_something,
    add constraint sent_says_something check (
        stage in ('draft', 'withdrawn') or account_id is not null or (sent > 0 and content is not null));

-- Artists have one change of an offer, or of a profile, in hand at a time; each account has one of its own; and
-- coordinators who edit the same thing that waits write in the same.
drop index one_change_at_a_time;
create unique index one_change_at_a_time on submissions (offer_id)
    where kind = 'change' and account_id is null
      and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked');
drop index one_profile_at_a_time;
create unique index one_profile_at_a_time on submissions (provider_id)
    where kind = 'profile' and account_id is null
      and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked');
create unique index one_change_of_an_account on submissions (offer_id, account_id)
    where kind = 'change' and account_id is not null and edits is null and stage = 'draft';
create unique index one_edit_at_a_time on submissions (edits) where stage = 'draft';
create index on submissions (account_id, changed_at) where stage = 'draft';
