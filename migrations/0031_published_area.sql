-- The area of a venue, as its outward code, also of a private address: some thousands of households have
-- one outward code, and nobody can plan a journey without knowing the area.
create or replace view published_offers as
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
           v.borough as venue_borough,
           split_part(v.postcode, ' ', 1) as venue_outcode
    from running_offers o
    join providers p on p.id = o.provider
    left join venues v on v.id = o.venue
    left join boroughs b on o.address_private and b.gss = v.borough
    left join outcodes area on o.address_private and area.code = split_part(v.postcode, ' ', 1);
