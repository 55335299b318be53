-- What private links are for, stories among them. All that are known and all that are about to come are named, so that
-- it does not matter which migration comes first.
alter table links drop constraint links_purpose_check;
alter table links add constraint links_purpose_check check (purpose in (
    'draft', 'confirm', 'mine', 'invitation', 'sign_in', 'link_worker', 'booking', 'story'));

alter table outbox drop constraint outbox_link_purpose_check;
alter table outbox add constraint outbox_link_purpose_check check (link_purpose in (
    'draft', 'confirm', 'mine', 'invitation', 'sign_in', 'link_worker', 'booking', 'story'));
