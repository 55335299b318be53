-- A short number for each offer: few enough digits to be copied from paper by hand. A number is never given
-- again, so that what was printed stays right.
create table short_addresses (
    number   integer generated always as identity primary key,
    offer_id uuid not null unique references offers on delete cascade
);

insert into short_addresses (offer_id) select id from offers order by id;

create function give_short_addresses() returns trigger language plpgsql as $$
begin
    insert into short_addresses (offer_id) select id from fresh order by id;
    return null;
end
$$;

-- For each statement, so that many offers at once cost little.
create trigger give_short_addresses after insert on offers
    referencing new table as fresh for each statement execute function give_short_addresses();
