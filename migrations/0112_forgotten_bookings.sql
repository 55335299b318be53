-- Letters are erased with what their links are for.
create index on outbox (link_subject) where link_purpose in ('booking', 'story');

-- What was left of bookings that are gone, or whose names are.
with gone as (
    delete from outbox o
    where link_purpose = 'booking'
      and not exists (select from bookings b where b.id = o.link_subject and b.erased_at is null)
    returning id
)
insert into erased_letters (id, at) select id, now() from gone;
delete from links l
where purpose = 'booking' and not exists (select from bookings b where b.id = l.subject and b.erased_at is null);
