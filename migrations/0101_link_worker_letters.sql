-- Private links of the local picture: link workers, bookings, stories.
alter table links drop constraint links_purpose_check;
alter table links add constraint links_purpose_check
    check (purpose in ('draft', 'confirm', 'mine', 'invitation', 'sign_in', 'link_worker', 'booking', 'story'));
alter table outbox drop constraint outbox_link_purpose_check;
alter table outbox add constraint outbox_link_purpose_check
    check (link_purpose in ('draft', 'confirm', 'mine', 'invitation', 'sign_in', 'link_worker', 'booking', 'story'));
create index on outbox (link_subject) where link_purpose = 'link_worker';

-- Letters that were erased, by their number alone: where letters are files, who empties the outbox removes those
-- files. Kept for a day, so that several programs with a folder each all learn of it.
create table erased_letters (
    id uuid primary key,
    at timestamptz not null
);
