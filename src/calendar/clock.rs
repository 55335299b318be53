//! The clock.
use jiff::Timestamp;

/// The one place that reads it: for `web::Now`, and for what nobody asks for, the program's own loops and its
/// commands. All else is told what time it is.
#[expect(clippy::disallowed_methods, reason = "wrapped here, so nowhere else")]
pub fn clock() -> Timestamp {
    Timestamp::now()
}
