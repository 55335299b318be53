-- A session at which people were noted cannot go: who was there is not lost with a date.
alter table attendance
    drop constraint attendance_session_id_fkey,
    add constraint attendance_session_id_fkey foreign key (session_id) references cohort_sessions on delete restrict;
