-- What is shown outlives the booking's person: once that is erased, nothing leads from a page to the booking.
alter table training_shown alter column booking_id drop not null;
update training_shown set booking_id = null
where booking_id in (select id from bookings where erased_at is not null);
