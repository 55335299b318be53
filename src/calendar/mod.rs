//! Schedules and the sessions they make, in civil time of Europe/London.
