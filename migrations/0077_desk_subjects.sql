-- What acts at the desk are about: where each is read, what it is called, and whose coordinators may know of it.
create view desk_subjects as
    select id, '/desk/submissions/' || id as address, title, boroughs from desk_submissions
    union all
    select id, '/desk/offers/' || id, title, boroughs from offers
    union all
    select r.id, '/desk/reports/' || r.id, o.title, o.boroughs
    from reports r join offers o on o.id = r.offer_id
    union all
    -- What was done together is told in the words of the act.
    select b.id, '/desk/batches/' || b.id, null, array(
        select distinct borough from desk_batch_offers t, unnest(t.boroughs) borough where t.batch_id = b.id)
    from desk_batches b
    union all
    select p.id, null, p.name, array(
        select distinct borough from offers o, unnest(o.boroughs) borough where o.provider = p.id)
    from providers p
    union all
    select id, '/desk/people/' || id, name, '{}' from accounts;
create index on desk_acts (at);
