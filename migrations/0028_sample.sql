-- Whether this is a sample directory, so that every page can say so. One row when it is.
create table sample_directory (
    is_sample boolean primary key default true check (is_sample),
    loaded_at timestamptz not null
);

-- Whoever runs meanwhile should say so too.
create trigger sample_changed after insert or delete on sample_directory
    for each statement execute function say_that_places_changed();
