-- All that the public may see: offers that are published and whose last day has not passed. Public
-- queries read these views, never the tables. Where the address is private, no address comes out: the
-- middle of the outward code stands for the place, or that of the borough.
create view running_offers as
    select * from offers
    where state = 'published'
      and (ends_on is null or ends_on >= (now() at time zone 'Europe/London')::date);

create view published_offers as
    select o.id, o.slug, o.state_since, o.revision, o.first_published, o.changed_in,
           o.title, o.summary, o.provider, o.activities, o.needs, o.kind, o.therapist,
           o.description, o.first_visit, o.bring, o.afterwards, o.keywords,
           o.audience_for, o.audience_welcome, o.audience_only, o.ages_stated, o.age_from, o.age_to,
           o.not_suitable_for, o.who_may_come, o.residents_of, o.patients_of,
           o.by_arrangement, o.pause_from, o.pause_to, o.ends_on,
           o.delivery, o.venue, o.address_private, o.travel, o.outreach,
           o.access_yes, o.access_no, o.access_more, o.languages, o.interpreter,
           o.cost, o.cost_note, o.concessions, o.cost_help,
           o.residents_routes, o.residents_how, o.residents_link,
           o.professionals_routes, o.professionals_how, o.professionals_link,
           o.places, o.places_on, o.reply_days,
           o.experience, o.lived_experience, o.training, o.safeguarding_policy, o.dbs_checked, o.insured, o.support,
           o.testimonial, o.testimonial_by, o.boroughs,
           o.confirmed_at, o.confirmed_by, o.confirmed_how, o.confirm_every, o.completeness,
           p.slug as provider_slug, p.name as provider_name,
           case when o.address_private then 'private-address' else v.slug end as venue_slug,
           case when o.address_private then 'Private address' else v.name end as venue_name,
           case when o.address_private then 'The address is given when you join' else v.address end as venue_address,
           case when o.address_private then null else v.postcode end as venue_postcode,
           case when o.address_private then coalesce(area.lat, b.lat) else v.lat end as venue_lat,
           case when o.address_private then coalesce(area.lon, b.lon) else v.lon end as venue_lon,
           v.borough as venue_borough
    from running_offers o
    join providers p on p.id = o.provider
    left join venues v on v.id = o.venue
    left join boroughs b on o.address_private and b.gss = v.borough
    left join outcodes area on o.address_private and area.code = split_part(v.postcode, ' ', 1);

create view published_schedules as
    select part.* from offer_schedules part where offer_id in (select id from running_offers);
create view published_notices as
    select part.* from offer_notices part where offer_id in (select id from running_offers);
create view published_access_notes as
    select part.* from offer_access_notes part where offer_id in (select id from running_offers);
create view published_prices as
    select part.* from offer_prices part where offer_id in (select id from running_offers);
create view published_contacts as
    select part.* from offer_contacts part where offer_id in (select id from running_offers);
create view published_images as
    select part.* from offer_images part where offer_id in (select id from running_offers);
create view published_providers as
    select p.* from providers p
    where exists (select from running_offers o where o.provider = p.id);
