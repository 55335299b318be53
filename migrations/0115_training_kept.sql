-- What stays of training: answers that lead to nobody, certificates as they were given, and what was held before.

-- Each answer writes all cells of its cohort and moment anew, those with nobody too: so that neither the order of
-- rows nor which of them changed last says what somebody answered.
alter table training_answers drop constraint training_answers_people_check;
alter table training_answers add constraint training_answers_people_check check (people >= 0);

-- A certificate says for ever what it said when it was given, whatever becomes of the cohort's page.
alter table certificates
    add programme    text not null check (is_line(programme, 120)),
    add module_count smallint not null check (module_count >= modules),
    add titles       text[] not null check (cardinality(titles) = modules),
    add facilitators text[] not null,
    add first_on     date not null,
    add last_on      date not null check (last_on >= first_on),
    add constraint mark_with_the_name check ((name is null) = (name_mark is null));
-- What names on certificates are hashed with.
insert into keys (name, key)
values ('certificates', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
create index on certificates (made_on) where name is not null;

-- Changes of a past cohort stand in the log under its title, where those of its boroughs read them.
do $$
begin
    execute 'create or replace view desk_subjects as '
        || rtrim(pg_get_viewdef('desk_subjects'::regclass), ';')
        || ' union all
             select p.id, ''/desk/training/past/'' || p.id, p.title,
                    array(select borough from past_cohort_boroughs b where b.past_cohort_id = p.id)
             from past_cohorts p';
end $$;
