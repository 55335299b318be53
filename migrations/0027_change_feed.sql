-- What changed since somebody last looked, for the catalogue in memory. Each offer keeps the number of
-- the transaction that changed it last: itself, a part of it, its provider or its venue. Who reads keeps
-- the snapshot he read with, and next time takes what that snapshot did not see. So transactions that
-- commit in another order than they began are never missed, which a clock or a sequence would do. A
-- notice on `catalogue` only wakes the reader up.
create function this_transaction() returns bigint language sql as $$
    select pg_current_xact_id()::text::bigint
$$;

create function offer_changes() returns trigger language plpgsql as $$
begin
    new.changed_in := this_transaction();
    return new;
end $$;
create trigger changes before insert or update on offers for each row execute function offer_changes();
create index on offers (changed_in);

create function tell_catalogue() returns trigger language plpgsql as $$
begin
    perform pg_notify('catalogue', '');
    return null;
end $$;
create trigger tell after insert or update on offers for each statement execute function tell_catalogue();

-- A part that changes touches its offer, once a transaction.
create function offer_part_changes() returns trigger language plpgsql as $$
begin
    update offers set changed_in = this_transaction()
    where id in (select offer_id from changed) and changed_in <> this_transaction();
    return null;
end $$;

do $$
declare
    part text;
begin
    foreach part in array array[
        'offer_schedules', 'offer_notices', 'offer_access_notes', 'offer_prices', 'offer_contacts', 'offer_images'
    ] loop
        execute format('create trigger added after insert on %I referencing new table as changed
                        for each statement execute function offer_part_changes()', part);
        execute format('create trigger changed after update on %I referencing new table as changed
                        for each statement execute function offer_part_changes()', part);
        execute format('create trigger taken after delete on %I referencing old table as changed
                        for each statement execute function offer_part_changes()', part);
    end loop;
end $$;

create function provider_changes() returns trigger language plpgsql as $$
begin
    update offers set changed_in = this_transaction() where provider = new.id;
    return null;
end $$;
create trigger changes after update on providers
    for each row when (old is distinct from new) execute function provider_changes();

create function venue_changes() returns trigger language plpgsql as $$
begin
    update offers set changed_in = this_transaction() where venue = new.id;
    return null;
end $$;
create trigger changes after update on venues
    for each row when (old is distinct from new) execute function venue_changes();
