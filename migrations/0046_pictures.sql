-- Pictures: made smaller and cleaned when they arrive, and never changed after that. An offer names them;
-- one that nothing names any more goes after a day.
create table pictures (
    id      uuid primary key,
    -- Of the large size, in pixels; the others follow from these.
    width   integer not null check (width between 1 and 1600),
    height  integer not null check (height between 1 and 3200),
    made_at timestamptz not null
);

-- The sizes as WebP. None here for a picture that is kept in a folder.
create table picture_files (
    picture_id uuid not null references pictures on delete cascade,
    size       text not null check (size in ('small', 'medium', 'large')),
    bytes      bytea not null check (length(bytes) between 1 and 10000000),
    primary key (picture_id, size)
);
-- They are as small as they get: trying again would only cost time.
alter table picture_files alter column bytes set storage external;

-- Until now this table was to hold the pictures themselves, and never held any.
drop view published_images;
alter table offer_images
    drop column media_type,
    drop column bytes,
    add column picture_id uuid not null references pictures,
    drop constraint offer_images_alt_check,
    add constraint offer_images_alt_check check (is_line(alt, 250)),
    drop constraint offer_images_credit_check,
    add constraint offer_images_credit_check check (is_line(credit, 120)),
    add constraint offer_images_once unique (offer_id, picture_id);
create index on offer_images (picture_id);
create view published_images as
    select part.offer_id, part.position, part.picture_id, part.alt, part.credit, p.width, p.height
    from offer_images part
    join pictures p on p.id = part.picture_id
    where part.offer_id in (select id from running_offers);

-- Few revisions have pictures: looking for those that are named somewhere reads only these.
create index offer_revisions_with_pictures on offer_revisions (offer_id) where content ? 'images';
create index submissions_with_pictures on submissions (id) where content ? 'images' or answers ? 'picture-1-id';
