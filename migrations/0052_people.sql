-- When somebody signed in last, read from the log for every account on a page.
create index on desk_acts (account_id, at) where act = 'signed_in';
