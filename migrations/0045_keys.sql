-- Secrets that the program makes for itself, so that every copy of it on this database signs alike.
create table keys (
    name text primary key check (is_line(name, 40)),
    key  bytea not null check (length(key) = 32)
);
-- 244 random bits from the server's generator of secrets.
insert into keys (name, key)
values ('stamps', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
