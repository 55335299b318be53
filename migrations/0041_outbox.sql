-- Letters to be sent: written in the transaction of what they tell, sent soon after by whoever is free.
create table outbox (
    id           uuid primary key,
    -- What happened, such as `received:` and a submission's id and number; never an address. One event,
    -- one letter.
    event        text not null unique check (is_line(event, 200) and event !~ '@'),
    -- What it says, and to whom: cleared a while after its end. The event stays, so that it is not told twice.
    recipient    text
        check (length(recipient) <= 254 and recipient ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    subject      text check (is_line(subject, 200)),
    plain        text,
    html         text,
    -- The private link that stands where `{link}` is written. It is made when the letter is sent, so that
    -- no secret is kept here.
    link_purpose text check (link_purpose in ('draft', 'confirm', 'mine', 'invitation')),
    link_subject uuid,
    put_at       timestamptz not null,
    -- How often somebody took it to send it.
    tries        smallint not null default 0 check (tries >= 0),
    -- Nobody takes it before then. Whoever takes it moves this on, and so has it alone until then.
    next_try     timestamptz not null,
    in_hand      boolean not null default false,
    -- How often it was handed over whole and no answer came: it may have arrived.
    unanswered   smallint not null default 0 check (unanswered >= 0),
    sent_at      timestamptz,
    -- Given up.
    dead_at      timestamptz,
    -- What the post said last, without addresses.
    trouble      text check (is_line(trouble, 300)),
    constraint one_end check (sent_at is null or dead_at is null),
    constraint whole_until_its_end check (
        sent_at is not null or dead_at is not null
        or (recipient is not null and subject is not null and plain is not null and html is not null))
);
create index on outbox (next_try) where sent_at is null and dead_at is null;
create index on outbox (coalesce(sent_at, dead_at)) where recipient is not null;

create function outbox_wakes() returns trigger language plpgsql as $$
begin
    notify outbox;
    return null;
end $$;
create trigger wakes after insert on outbox for each statement execute function outbox_wakes();
