-- What becomes of a network. One that no practice in the country belongs to any more has closed; it stays,
-- as an address that somebody kept, and where its practices went says what came after it.
alter table networks add column closed_on date;

-- Practices that left a network for another, or for none, and when: the date of the file that first said so.
create table network_leavers (
    network  text not null references networks on delete cascade,
    practice text not null references practices on delete cascade,
    left_on  date not null,
    primary key (network, practice, left_on)
);

-- The site keeps practices and networks in memory, and follows an import as it does for postcodes.
create trigger places_changed after insert or update or delete or truncate on practices
    for each statement execute function say_that_places_changed();
create trigger places_changed after insert or update or delete or truncate on networks
    for each statement execute function say_that_places_changed();
create trigger places_changed after insert or update or delete or truncate on network_boards
    for each statement execute function say_that_places_changed();
create trigger places_changed after insert or update or delete or truncate on network_leavers
    for each statement execute function say_that_places_changed();
