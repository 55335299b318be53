-- A link worker shows that they took part, beside providers. Their entry takes it along when it is erased.
alter table training_shown
    add foreign key (link_worker) references link_workers on delete cascade;

-- Who may show something, and on which page: providers by those who look after them, link workers while they are listed.
create view training_showers as
    select 'provider' as kind, p.id, p.name, o.email
    from provider_owners o join providers p on p.id = o.provider_id
    union all
    select 'link-worker', id, said ->> 'name', email from link_workers where state = 'listed';
