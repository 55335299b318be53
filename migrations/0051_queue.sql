-- What was sent to the desk, with the boroughs whose coordinators it belongs to: those the offer names; for a
-- provider's profile those of its offers.
create view desk_submissions as
    select s.id, s.stage, s.stage_since as since, s.provider_id, p.name as provider,
           case s.kind when 'offer' then 'new' else s.kind end as kind,
           case s.kind
               when 'profile' then array(
                   select distinct borough from offers o, unnest(o.boroughs) borough where o.provider = s.provider_id)
               else array(select jsonb_array_elements_text(s.content -> 'boroughs'))
           end as boroughs,
           case s.kind when 'profile' then s.content ->> 'name' else s.content ->> 'title' end as title
    from submissions s
    left join providers p on p.id = s.provider_id
    where s.stage not in ('draft', 'unconfirmed', 'withdrawn') and s.sent > 0;

-- Who looks at a submission now, so that two do not read the same. It binds nobody.
create table desk_claims (
    submission_id uuid primary key references submissions on delete cascade,
    account_id    uuid not null references accounts,
    at            timestamptz not null
);
