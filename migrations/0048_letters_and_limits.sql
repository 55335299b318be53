-- What a limit's doer is hashed with. Network addresses are few enough that a hash without a key could be
-- found again by trying each. 244 random bits from the server's generator of secrets.
insert into keys (name, key)
values ('limits', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
-- What was hashed without it counts no more.
delete from limits;

-- The case of an e-mail address tells nobody apart: whoever began as Dele@… may ask as dele@….
delete from provider_owners a using provider_owners b
where a.provider_id = b.provider_id and lower(a.email) = lower(b.email) and a.email > b.email;
update provider_owners set email = lower(email) where email <> lower(email);
update invitations a set ended_at = now()
where ended_at is null and exists (
    select from invitations b where b.provider_id = a.provider_id and b.ended_at is null
      and lower(b.email) = lower(a.email) and b.id > a.id);
update invitations set email = lower(email), by_email = lower(by_email);
update submissions set email = lower(email) where email <> lower(email);
update outbox set recipient = lower(recipient) where recipient <> lower(recipient);
update links set email = lower(email) where email <> lower(email);
alter table provider_owners add constraint small_letters check (email = lower(email));
alter table invitations add constraint small_letters
    check (email = lower(email) and by_email = lower(by_email));
alter table submissions add constraint small_letters check (email = lower(email));
alter table links add constraint small_letters check (email = lower(email));
