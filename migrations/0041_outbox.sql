-- Letters to be sent: written in the transaction of what they tell, sent soon after by whoever is free.
create table outbox (
    id           uuid primary key,
    -- What happened, such as `received:` and a submission's id and number. One event, one letter.
    event        text not null unique check (is_line(event, 200)),
    recipient    text not null
        check (length(recipient) <= 254 and recipient ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    subject      text not null check (is_line(subject, 200)),
    plain        text not null,
    html         text not null,
    -- The private link that stands where `{link}` is written. It is made when the letter is sent, so that
    -- no secret is kept here.
    link_purpose text check (link_purpose in ('draft', 'confirm', 'mine', 'invitation')),
    link_subject uuid,
    put_at       timestamptz not null,
    tries        smallint not null default 0 check (tries >= 0),
    next_try     timestamptz not null,
    sent_at      timestamptz,
    -- Given up.
    dead_at      timestamptz,
    -- What the post said last, without addresses.
    trouble      text,
    constraint one_end check (sent_at is null or dead_at is null)
);
create index on outbox (next_try) where sent_at is null and dead_at is null;

create function outbox_wakes() returns trigger language plpgsql as $$
begin
    notify outbox;
    return null;
end $$;
create trigger wakes after insert on outbox for each statement execute function outbox_wakes();
