//! The log of the desk: every act, read by person, by act and by day, and taken out as a file.
pub mod store;

use jiff::{Timestamp, civil::Date};

use crate::accounts::{AccountId, Scope};

/// A line of the log.
#[derive(Clone, Debug)]
pub struct Act {
    /// Rises with time.
    pub number: i64,
    pub at: Timestamp,
    /// "published", "signed_in".
    pub act: String,
    pub by: String,
    /// Where what it is about is read.
    pub address: Option<String>,
    /// What that is called.
    pub title: Option<String>,
    pub words: Option<String>,
}

/// Whose log it is: an account sees what it did itself, and what was done within its scope.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub account: AccountId,
    pub scope: &'a Scope,
}

/// What somebody wants to see of the log.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub act: Option<String>,
    pub by: Option<AccountId>,
    pub from: Option<Date>,
    /// That day, too.
    pub to: Option<Date>,
    /// Only what came before this line.
    pub before: Option<i64>,
}

/// Acts as people read them, in the order of the filter.
const WORDS: &[(&str, &str)] = &[
    ("signed_in", "signed in"),
    ("recovery_code_used", "used a recovery code"),
    ("second_factor_on", "switched on a second factor"),
    ("second_factor_off", "switched off their second factor"),
    ("recovery_codes_renewed", "made new recovery codes"),
    ("second_factor_reset", "took away the second factor of"),
    ("signed_out", "signed out"),
    ("session_ended", "ended a session of their own"),
    ("claimed", "claimed"),
    ("let_go", "let go"),
    ("published", "published"),
    ("added", "added"),
    ("edited", "edited"),
    ("changes_asked", "asked for changes"),
    ("refused", "refused"),
    ("passed_at_once", "had a change pass at once:"),
    ("looked_at", "looked at"),
    ("trusted", "trusted"),
    ("trust_ended", "stopped trusting"),
    ("asked_to_confirm", "asked whether it is true:"),
    ("paused", "paused"),
    ("resumed", "said it runs again"),
    ("last_day_said", "said the last day of"),
    ("archived", "archived"),
    ("brought_back", "brought back"),
    ("restored", "restored"),
    ("changed_together", "changed several offers"),
    ("merged", "merged two offers"),
    ("imported", "imported"),
    ("undone", "undid"),
    ("feed_followed", "began to follow a feed"),
    ("feed_given_up", "stopped following a feed"),
    ("kept_though_gone", "kept, though its feed has it no more,"),
    ("put_aside", "put aside the task about"),
    ("told_apart", "told apart from another:"),
    ("report_taken", "took a report of"),
    ("report_let_go", "let go a report of"),
    ("report_answered", "answered a report of"),
    ("report_done", "settled a report of"),
    ("report_not_a_mistake", "found no mistake in a report of"),
    ("report_opened_again", "opened again a report of"),
    ("team_changed", "changed the team of a borough"),
    ("link_worker_proposed", "proposed"),
    ("link_worker_checked", "checked and listed"),
    ("link_worker_asked", "asked again"),
    ("link_worker_taken_off", "took off the list"),
    ("link_worker_taken_back", "took back the proposal of"),
    ("training_created", "planned a training:"),
    ("training_changed", "changed a training:"),
    ("training_opened", "opened for booking"),
    ("training_closed", "closed the booking of"),
    ("training_called_off", "called off"),
    ("booking_added", "added a booking to"),
    ("booking_cancelled", "cancelled a booking of"),
    ("booking_moved", "moved a booking to another group of"),
    ("booking_placed", "gave a place out of turn on"),
    ("bookings_exported", "took out the bookings of"),
    ("programme_changed", "wrote the training programme"),
    ("story_written", "wrote down"),
    ("story_published", "published"),
    ("story_edited", "edited"),
    ("story_changes_asked", "asked for changes in"),
    ("story_refused", "refused"),
    ("story_withdrawn", "took back"),
    ("words_changed", "changed words"),
    ("invited", "invited"),
    ("rights_changed", "changed the rights of"),
    ("account_ended", "ended the account of"),
    ("account_let_in", "let in again"),
    ("sessions_ended", "ended sessions of"),
    ("attendance_noted", "noted who came to"),
    ("certificates_given", "gave certificates of"),
    ("name_corrected", "put right a name among the bookings of"),
    ("training_shown", "let a page show that its owner took part in"),
    ("training_not_shown", "did not let a page show that its owner took part in"),
    ("training_taken_off", "took off a page that its owner took part in"),
    ("past_cohort_recorded", "recorded a past cohort:"),
    ("past_cohort_changed", "changed a past cohort:"),
    ("past_cohort_removed", "took away a past cohort:"),
    ("log_exported", "took out the log"),
];

/// "signed in", "settled a report of"; one that has no words of its own yet says its name.
pub fn in_words(act: &str) -> String {
    let known = WORDS.iter().find(|(code, _)| *code == act);
    known.map_or_else(|| act.replace('_', " "), |(_, words)| (*words).to_owned())
}
