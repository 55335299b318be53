-- Words that administrators keep: what the coach says instead of its own list, and every change of any word.
create table coach_words (
    -- In small letters, its words parted by single spaces.
    form  text primary key check (is_line(form, 60) and form = lower(form) and form !~ '  '),
    -- 'word' may stand in its place, 'say' tells what to say instead, 'fine' needs no other.
    kind  text not null check (kind in ('word', 'say', 'fine')),
    words text check (is_line(words, 200)),
    constraint words_unless_fine check ((kind = 'fine') = (words is null))
);
create trigger words_changed after insert or update or delete or truncate on coach_words
    for each statement execute function say_that_words_changed();

create table word_revisions (
    number     bigint generated always as identity primary key,
    -- Everyday words, descriptions of topics, or what the coach says.
    list       text not null check (list in ('everyday', 'topics', 'coach')),
    -- The phrase, or the topic's group and code.
    key        text not null check (is_line(key, 100)),
    -- What it said before and after, in the spelling of its list; none where it stood in no list.
    before     text,
    after      text,
    why        text not null check (is_line(why, 500)),
    account_id uuid references accounts,
    by         text not null check (is_line(by, 100)),
    at         timestamptz not null,
    constraint something_changed check (before is distinct from after)
);
create index on word_revisions (list, key);
create function word_revision_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the history of words is only added to'
        using errcode = 'check_violation', constraint = 'word_history_is_append_only';
end $$;
create trigger stays before update or delete or truncate on word_revisions
    for each statement execute function word_revision_stays();
