-- What somebody chose with others, and was left out since it had moved on when the rest was done.
create table desk_batch_left (
    batch_id uuid not null references desk_batches,
    offer_id uuid not null references offers on delete cascade,
    -- "Somebody has changed it meanwhile".
    why      text not null check (is_line(why, 200)),
    primary key (batch_id, offer_id)
);

-- Pages of the listings begin after the last one of the page before, in one direction: both columns the same way.
drop index desk_listings_changed_at_offer_id_idx;
create index on desk_listings (changed_at, offer_id);
