-- What may become of an offer: the steps that `src/offers/lifecycle.rs` has, and no others. An offer
-- that is brought in from elsewhere may begin in any state.
create function offer_step() returns trigger language plpgsql as $$
begin
    if new.state <> old.state and (old.state, new.state) not in (
        ('draft', 'submitted'),
        ('submitted', 'published'), ('submitted', 'draft'),
        ('published', 'paused'), ('published', 'archived'),
        ('paused', 'published'), ('paused', 'archived'),
        ('archived', 'submitted')
    ) then
        raise exception 'an offer that is % cannot become %', old.state, new.state
            using errcode = 'check_violation', constraint = 'lifecycle';
    end if;
    if old.first_published is not null and new.first_published is distinct from old.first_published then
        raise exception 'the day of first publication stays'
            using errcode = 'check_violation', constraint = 'first_published_stays';
    end if;
    if new.revision not in (old.revision, old.revision + 1) then
        raise exception 'revision % cannot follow %', new.revision, old.revision
            using errcode = 'check_violation', constraint = 'one_revision_at_a_time';
    end if;
    if new.revision = old.revision and to_jsonb(new) - offer_outside_history() <> to_jsonb(old) - offer_outside_history() then
        raise exception 'a change needs a revision'
            using errcode = 'check_violation', constraint = 'change_needs_revision';
    end if;
    return new;
end $$;

-- What changes without a line in the history of what the offer said.
create function offer_outside_history() returns text[] immutable language sql as $$
    select array['slug', 'source', 'foreign_id', 'changed_in', 'confirmed_at', 'confirmed_by', 'confirmed_how',
                 'confirm_every', 'completeness']
$$;

create trigger step before update on offers for each row execute function offer_step();

-- Who has seen an offer must be able to find out what became of it.
create function offer_stays() returns trigger language plpgsql as $$
begin
    if old.first_published is not null then
        raise exception 'an offer that was published is archived, never deleted'
            using errcode = 'check_violation', constraint = 'published_offers_stay';
    end if;
    return old;
end $$;
create trigger stays before delete on offers for each row execute function offer_stays();

-- Boroughs named in a list are boroughs we keep.
create function offer_boroughs_known() returns trigger language plpgsql as $$
begin
    if exists (
        select from unnest(new.boroughs || new.outreach || new.residents_of) as named (gss)
        where not exists (select from boroughs where boroughs.gss = named.gss)
    ) then
        raise exception 'a borough is not known'
            using errcode = 'foreign_key_violation', constraint = 'known_boroughs';
    end if;
    return new;
end $$;
create trigger boroughs_known before insert or update of boroughs, outreach, residents_of on offers
    for each row execute function offer_boroughs_known();

-- A name in an address that once led to one offer never leads to another; an offer may take its own back.
create function offer_slug_kept() returns trigger language plpgsql as $$
begin
    if exists (select from offer_slugs where slug = new.slug and offer_id <> new.id) then
        raise exception 'the name % belongs to another offer', new.slug
            using errcode = 'unique_violation', constraint = 'offer_slugs_pkey';
    end if;
    if tg_op = 'UPDATE' then
        delete from offer_slugs where slug = new.slug;
        insert into offer_slugs (slug, offer_id) values (old.slug, old.id);
    end if;
    return null;
end $$;
create trigger slug_taken after insert on offers for each row execute function offer_slug_kept();
create trigger slug_kept after update of slug on offers for each row when (new.slug <> old.slug)
    execute function offer_slug_kept();

-- At the end of the transaction its parts must fit together. A change of a part touches its offer (next
-- migration), so that looking here is enough.
create function offer_is_whole() returns trigger language plpgsql as $$
declare
    offer record;
    problem text;
begin
    select state, cost, by_arrangement into offer from offers where id = new.id;
    if not found or offer.state = 'draft' then
        return null;
    end if;
    problem := case
        when not exists (select from offer_contacts where offer_id = new.id) then 'contact_needed'
        when offer.by_arrangement is null
            and not exists (select from offer_schedules where offer_id = new.id) then 'when_needed'
        when (offer.cost = 'paid')
            and not exists (select from offer_prices where offer_id = new.id) then 'price_needed'
        when offer.cost = 'free'
            and exists (select from offer_prices where offer_id = new.id) then 'free_has_no_price'
    end;
    if problem is not null then
        raise exception 'offer % is not whole: %', new.id, problem
            using errcode = 'check_violation', constraint = problem;
    end if;
    return null;
end $$;
create constraint trigger whole after insert or update on offers
    deferrable initially deferred for each row execute function offer_is_whole();
