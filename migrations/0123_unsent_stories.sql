-- What the teller of a story has typed since they sent it is nobody else's before they send it again: publishing what was
-- sent does not replace it.
alter table stories add column unsent boolean not null default false;

-- What was kept so far may have been typed since.
update stories set unsent = true where email is not null and state <> 'draft';
